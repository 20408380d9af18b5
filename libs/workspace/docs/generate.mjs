import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';
import { filesBelow } from '../shape/sources.mjs';
import { generatedTables } from './tables.mjs';

const MARKED = /<!-- generated:([a-z-]+) -->\n[\s\S]*?<!-- \/generated:\1 -->/g;
const between = (name, text) => `<!-- generated:${name} -->\n\n${text}\n\n<!-- /generated:${name} -->`;

/** The documents as they are and as they must be. */
const documents = async () => {
  const tables = await generatedTables();
  return [...filesBelow(ROOT, 'docs')]
    .filter((file) => file.endsWith('.md'))
    .map((file) => {
      const now = readFileSync(join(ROOT, file), 'utf8');
      return { file, now, wanted: now.replace(MARKED, (all, name) => (tables[name] === undefined ? all : between(name, tables[name]))) };
    })
    .filter(({ now }) => /<!-- generated:/.test(now));
};

/** Writes each table between its markers. */
export const writeDocs = async () => {
  for (const { file, now, wanted } of await documents()) {
    if (now !== wanted) writeFileSync(join(ROOT, file), wanted);
    say(`${now === wanted ? 'is right' : 'written '}  ${file}`);
  }
};

/** Whether every table says what the code says. */
export const checkDocs = async () => {
  const stale = (await documents()).filter(({ now, wanted }) => now !== wanted);
  for (const { file } of stale) say(`${file} does not say what the code says. Run: npm run docs`);
  return stale.length === 0;
};
