import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, ROOT, packageFile } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { checkPlanted } from './planted.mjs';
import { checkShape } from '../shape/check.mjs';
import { checkDocs } from '../docs/generate.mjs';

const succeeds = async ({ node, env }, args) => (await runCommand(node, args, { cwd: ROOT, env })).code === 0;

/** Types and style, one cached Nx target a project. Nx makes the project graph that the boundary rule needs. */
export const eslint = (runtime) => succeeds(runtime, [packageFile('nx/dist/bin/nx.js'), 'run-many', '-t', 'lint', '--output-style=static']);

/** Directions between files of one project. */
export const directions = (runtime) =>
  succeeds(runtime, [packageFile('dependency-cruiser/bin/dependency-cruiser.mjs'), '--config', '.dependency-cruiser.cjs', 'apps', 'libs']);

/** Code; prose and its tables keep the shape their author gave them. */
const FORMATTED = ['{apps,libs,sdk}/**/*.{ts,tsx,mts,mjs,cjs,css}', '*.{mjs,cjs}'];

export const prettier = (runtime) => {
  mkdirSync(CACHE, { recursive: true });
  return succeeds(runtime, [
    packageFile('prettier/bin/prettier.cjs'),
    '--check',
    '--log-level',
    'warn',
    '--cache',
    '--cache-location',
    join(CACHE, 'prettier'),
    ...FORMATTED,
  ]);
};

export const protos = (runtime) => succeeds(runtime, ['libs/workspace/bin/protos.mjs', '--check']);

/** The steps of linting, in the order in which a person wants to hear of them. */
export const lintSteps = (runtime) => [
  ['generated protos', () => protos(runtime)],
  ['lint', () => eslint(runtime)],
  ['directions', () => directions(runtime)],
  ['planted mistakes are found', () => checkPlanted(runtime)],
  ['shape', () => checkShape(runtime)],
  ['generated docs', () => checkDocs(runtime)],
  ['formatting', () => prettier(runtime)],
];
