import { filesBelow, read } from './sources.mjs';

const BANNED = /(?:^|-)(?:utils?|helpers?|managers?|common|misc|stuff)(?:-|$)/;
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const UNFINISHED = /\b(?:TODO|FIXME|XXX)\b/;
const sources = (root) =>
  ['apps', 'libs'].flatMap((folder) => [...filesBelow(root, folder)]).filter((file) => /\/src\/.*\.m?tsx?$/.test(file) && !file.includes('/src/gen/'));

const stemOf = (name) => name.replace(/(?:\.(?:real\.test|test|worker|case|d))?\.m?tsx?$/, '');

/** Names say the concept: kebab-case, and no word that could hold anything. */
export const names = (root) =>
  sources(root).flatMap((file) => {
    const parts = file.split('/').slice(file.split('/').indexOf('src') + 1);
    const words = [...parts.slice(0, -1), stemOf(parts.at(-1))];
    return words.flatMap((word) => {
      if (word.startsWith('__')) return [];
      if (!KEBAB.test(word)) return [`${file}: "${word}" is not kebab-case`];
      return BANNED.test(word) ? [`${file}: "${word}" says nothing; find the word of its concept`] : [];
    });
  });

/** What is not finished is not there. */
export const unfinished = (root) =>
  sources(root)
    .filter((file) => UNFINISHED.test(read(root, file)))
    .map((file) => `${file}: holds a mark of unfinished work`);

const linesOf = (text) => text.split('\n').length - 1;

/** For the eye, not a rule: how long files are. */
export const lengths = (root) => {
  const files = sources(root)
    .filter((file) => !file.includes('.test.'))
    .map((file) => [linesOf(read(root, file)), file])
    .sort(([one], [two]) => one - two);
  const at = (share) => files[Math.floor(files.length * share)]?.[0] ?? 0;
  const longest = files
    .slice(-3)
    .reverse()
    .map(([count, file]) => `${file} ${count}`);
  return `${files.length} source files: median ${at(0.5)} lines, nine in ten under ${at(0.9)}; longest: ${longest.join(', ')}`;
};
