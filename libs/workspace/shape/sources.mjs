import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const SKIPPED = new Set(['node_modules', 'dist', '.cache', '.git', '.nx', '.data', 'planted', '__pycache__']);

/** Every file below a folder, relative to `root`, with forward slashes. */
export function* filesBelow(root, folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) yield* filesBelow(root, join(folder, entry.name));
    } else {
      yield relative(root, join(path, entry.name)).split('\\').join('/');
    }
  }
}

export const read = (root, file) => readFileSync(join(root, file), 'utf8');
export const has = (root, ...path) => existsSync(join(root, ...path));

export const foldersIn = (root, folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name))
        .map((entry) => entry.name)
        .sort()
    : [];

/** Every project of ours: its folder and what its package.json says. */
export const projects = (root) =>
  ['libs', 'apps', 'apps/adapters']
    .flatMap((parent) => foldersIn(root, parent).map((name) => `${parent}/${name}`))
    .filter((folder) => has(root, folder, 'package.json'))
    .map((folder) => ({ folder, ...JSON.parse(read(root, join(folder, 'package.json'))) }));

/** Only in one of two lists, told apart. */
export const difference = (what, [firstName, first], [secondName, second]) => [
  ...first.filter((name) => !second.includes(name)).map((name) => `${what}: ${name} is in ${firstName} but not in ${secondName}`),
  ...second.filter((name) => !first.includes(name)).map((name) => `${what}: ${name} is in ${secondName} but not in ${firstName}`),
];
