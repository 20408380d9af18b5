import { existsSync } from 'node:fs';
import { join } from 'node:path';

const TOOLS = '{workspaceRoot}/libs/workspace/**/*';

/** @typedef {{ command: string, options?: object, cache: boolean, inputs?: readonly unknown[], outputs?: readonly string[], dependsOn?: readonly string[] }} Target */

/**
 * A service: one esbuild bundle, its worker threads beside it.
 * @param {string} root
 * @returns {Target}
 */
const bundle = (root) => ({
  command: `node libs/workspace/build/bundle-app.mjs ${root}`,
  cache: true,
  inputs: ['production', '^production', '{workspaceRoot}/libs/workspace/build/**/*', { externalDependencies: ['esbuild'] }],
  outputs: ['{projectRoot}/dist/*.cjs', '{projectRoot}/dist/*.cjs.map'],
});

/**
 * A page: built by Vite.
 * @returns {Target}
 */
const page = () => ({
  command: 'vite build --emptyOutDir --logLevel warn',
  options: { cwd: '{projectRoot}', env: { NODE_ENV: 'production' } },
  cache: true,
  inputs: ['production', '^production', { externalDependencies: ['vite', '@vitejs/plugin-react'] }],
  outputs: ['{projectRoot}/dist'],
});

/**
 * @param {string} types where the declarations and the build record go
 * @returns {Target}
 */
const typecheck = (types) => ({
  command: 'tsc -b',
  options: { cwd: '{projectRoot}' },
  cache: true,
  dependsOn: ['^typecheck'],
  inputs: ['default', '^default', { externalDependencies: ['typescript'] }],
  outputs: [`{projectRoot}/${types}`],
});

/**
 * Linted by path from the root: the boundary rule finds its project graph there.
 * @param {string} root
 * @returns {Target}
 */
const lint = (root) => ({
  command: `eslint --max-warnings 0 --no-error-on-unmatched-pattern ${root}`,
  cache: true,
  inputs: [
    'default',
    '^default',
    '{workspaceRoot}/eslint.config.mjs',
    TOOLS,
    { externalDependencies: ['eslint', 'typescript-eslint', '@nx/eslint-plugin', 'typescript'] },
  ],
});

/**
 * @param {string} root
 * @returns {Target}
 */
const test = (root) => ({
  command: `jest --passWithNoTests ${root}/`,
  cache: true,
  inputs: ['default', '^default', '{workspaceRoot}/jest.config.cjs', { externalDependencies: ['jest', '@swc/jest', '@swc/core'] }],
});

/**
 * Real servers, real time: a pass is no promise about the next run, so nothing is cached.
 * @param {string} root
 * @returns {Target}
 */
const testReal = (root) => ({ command: `jest --passWithNoTests ${root}/`, options: { env: { ASSISTANT_TEST: 'real' } }, cache: false });

/**
 * The targets of one project, from the files it has.
 * @param {string} workspaceRoot
 * @param {string} root the project's folder, relative
 * @returns {Record<string, Target>}
 */
export const targetsOf = (workspaceRoot, root) => {
  const has = (/** @type {string} */ file) => existsSync(join(workspaceRoot, root, file));
  const isPage = has('vite.config.mts');
  /** @type {Record<string, Target>} */
  const targets = {};
  if (isPage) targets['build'] = page();
  else if (has('src/main.ts')) targets['build'] = bundle(root);
  if (has('tsconfig.json')) targets['typecheck'] = typecheck(isPage ? '.cache/types' : 'dist/types');
  if (has('src') || has('bin')) targets['lint'] = lint(root);
  if (has('src')) Object.assign(targets, { test: test(root), 'test-real': testReal(root) });
  return targets;
};
