/** The text of a file that must be there. */
export const textOf = (tree, file) => {
  const text = tree.read(file, 'utf-8');
  if (text === null) throw new Error(`${file} is missing; run the generator from the root of the repository`);
  return text;
};

/** Writes a file that must not be there yet: a generator never overwrites anybody's work. */
export const create = (tree, file, text) => {
  if (tree.exists(file)) throw new Error(`${file} exists already`);
  tree.write(file, text);
};

/** Replaces one place of a list. Throws when the place is not there: a list that changed its shape is no list we know. */
export const edit = (tree, file, pattern, replacement) => {
  const before = textOf(tree, file);
  if (!pattern.test(before)) throw new Error(`${file} no longer has the place where its list grows (${pattern})`);
  tree.write(file, before.replace(pattern, replacement));
};

/** An import after the last one that matches `beside`, or before all. */
export const addImport = (tree, file, line, beside) => {
  const lines = textOf(tree, file).split('\n');
  const last = lines.findLastIndex((one) => beside.test(one));
  lines.splice(last + 1, 0, line);
  tree.write(file, lines.join('\n'));
};

/** A line before the closing marker `</generated:name>`; the marker's own comment sign and indentation are kept. */
export const addAtMarker = (tree, file, name, lines) =>
  edit(
    tree,
    file,
    new RegExp(`^([ \\t]*)((?://|#) </generated:${name}>)`, 'm'),
    (_all, indent, marker) => `${lines.map((line) => `${indent}${line}\n`).join('')}${indent}${marker}`,
  );
