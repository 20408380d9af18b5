import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { targetsOf } from './targets.mjs';

/**
 * Our Nx plugin: a project is a folder with a package.json, and what can be done with it follows from the files it
 * has. No project carries a configuration of its own for building, checking, linting or testing.
 */
export const name = 'workspace';

/**
 * Whoever does not say that it talks to the broker must not: the boundary rule bans `nats` by this tag.
 * @param {string} file
 */
const tagsOf = (file) => (JSON.parse(readFileSync(file, 'utf8')).nx?.tags?.includes('broker:yes') ? [] : ['broker:no']);

/** @type {[string, (files: readonly string[], options: unknown, context: { workspaceRoot: string }) => [string, object][]]} */
export const createNodesV2 = [
  '{apps,libs}/**/package.json',
  (files, _options, { workspaceRoot }) =>
    files
      .filter((file) => !file.includes('/dist/'))
      .map((file) => {
        const root = dirname(file);
        return [file, { projects: { [root]: { root, targets: targetsOf(workspaceRoot, root), tags: tagsOf(join(workspaceRoot, file)) } } }];
      }),
];
export const createNodes = createNodesV2;
