// Our Nx plugin: every project's targets follow from what its folder holds, so no project states them.
const { existsSync } = require('node:fs');
const { dirname, join } = require('node:path');

const run = (command, extra = {}) => ({ executor: 'nx:run-commands', options: { command, cwd: '{workspaceRoot}' }, ...extra });

/** @param {string} folder relative to the root  @param {string} root */
const targetsOf = (folder, root) => {
  const has = (name) => existsSync(join(root, folder, name));
  const targets = {};
  if (has('src/main.ts') && !has('vite.config.ts')) {
    targets.build = run(`node libs/workspace/bin/bundle.mjs ${folder}/src/main.ts ${folder}/dist/main.cjs`, {
      cache: true,
      inputs: ['production', '^production', '{workspaceRoot}/libs/workspace/setup/bundle.mjs'],
      outputs: [`{workspaceRoot}/${folder}/dist/main.cjs`, `{workspaceRoot}/${folder}/dist/main.cjs.map`],
    });
  }
  if (has('vite.config.ts')) {
    targets.build = run(`vite build ${folder} --logLevel warn`, { cache: true, inputs: ['production', '^production'], outputs: [`{workspaceRoot}/${folder}/dist`] });
  }
  if (has('tsconfig.json')) {
    targets.typecheck = run(`tsc -b ${folder}`, {
      cache: true,
      dependsOn: ['^typecheck'],
      inputs: ['default', '^default'],
      outputs: [`{workspaceRoot}/${folder}/dist/types`],
    });
    targets.lint = run(`eslint --max-warnings 0 ${folder}/src`, { cache: true, inputs: ['default', '^production'] });
    targets.test = run(`jest --passWithNoTests ${folder}/`, { cache: true, inputs: ['default', '^default'] });
  }
  return targets;
};

/** @type {import('@nx/devkit').CreateNodesV2} */
exports.createNodesV2 = [
  '{apps,libs}/**/package.json',
  (files, _options, context) =>
    files
      .filter((file) => !file.includes('node_modules'))
      .map((file) => [file, { projects: { [dirname(file)]: { targets: targetsOf(dirname(file), context.workspaceRoot) } } }]),
];
