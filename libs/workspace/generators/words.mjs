/** `word-of-mouth` → `wordOfMouth`. */
export const camel = (name) => name.replace(/-([a-z0-9])/g, (_all, letter) => letter.toUpperCase());
/** `word-of-mouth` → `WordOfMouth`. */
export const pascal = (name) => camel(name).replace(/^./, (letter) => letter.toUpperCase());
/** `word-of-mouth` → `Word of mouth`. */
export const sentence = (name) => name.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());
/** `word-of-mouth` → `WORD_OF_MOUTH`. */
export const constant = (name) => name.replaceAll('-', '_').toUpperCase();

/** The name, when it is kebab-case. Throws with a sentence otherwise. */
export const kebab = (name, what) => {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name))
    throw new Error(`${name} is no name for a ${what}: write it in lower-case words with hyphens, for example my-${what}`);
  return name;
};
