import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CACHE, ROOT } from './paths.mjs';

const STAMP = join(CACHE, 'build.json');
const SKIPPED = new Set(['node_modules', 'dist', '.cache', '.nx', '.data', '.git', '__pycache__']);

/** Every file below these decides what a build gives. */
const SOURCES = ['apps', 'libs', 'package-lock.json', 'package.json', 'tsconfig.base.json', 'nx.json'];

const isTest = (name) => name.includes('.test.');

function* filesBelow(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) {
    yield [path, stat];
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const below = join(path, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) yield* filesBelow(below);
    } else if (!isTest(entry.name)) {
      const stat = statSync(below, { throwIfNoEntry: false });
      if (stat !== undefined) yield [below, stat];
    }
  }
}

/** Names, sizes and times of the sources: cheap to compute, and any edit changes it. */
export const sourcesStamp = (folders = SOURCES) => {
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const [file, { size, mtimeMs }] of filesBelow(join(ROOT, folder))) hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
};

const readStamp = () => {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Whether every output of the last build is there and no source has changed since. */
export const isBuilt = () => {
  const last = readStamp();
  return last !== undefined && last.outputs.every((file) => existsSync(join(ROOT, file))) && last.sources === sourcesStamp();
};

/** Remembers a build: the stamp taken before it began, and the files it gave. */
export const rememberBuild = (sources, outputs) => {
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, JSON.stringify({ sources, outputs }));
};
