import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { problemsIn } from '../shape/check.mjs';
import { copyWorkspace, linkProjects } from '../testing/workspace-copy.mjs';

let copy;
let problemsBefore;

/** Runs a tool of the workspace inside the copy; what it printed stands in the error. */
const run = (script, ...args) => {
  try {
    return execFileSync(process.execPath, [join(copy.root, 'node_modules', script), ...args], {
      cwd: copy.root,
      encoding: 'utf8',
      env: { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true' },
    });
  } catch (error) {
    throw new Error(`${script} ${args.join(' ')} failed:\n${error.stdout}${error.stderr}`, { cause: error });
  }
};
const generate = (...args) => run('nx/dist/bin/nx.js', 'g', ...args);
const read = (file) => readFileSync(join(copy.root, file), 'utf8');

describe('the generators, in a copy of the workspace', () => {
  before(() => {
    copy = copyWorkspace();
    problemsBefore = problemsIn(copy.root);
  });
  after(() => copy.remove());

  test('write a platform, a provider, a tool and a command', () => {
    generate('workspace:platform', 'matrix');
    generate('workspace:provider', 'acme', '--apiBase', 'https://api.acme.example/v1');
    generate('workspace:tool', 'sample/count-words');
    generate('workspace:command', 'ping');
    linkProjects(copy.root);
    assert.ok(existsSync(join(copy.root, 'apps/adapters/matrix/src/main.ts')));
    assert.match(
      read('apps/model-gateway/src/providers/openai/presets.ts'),
      /acme: \{ apiBase: 'https:\/\/api\.acme\.example\/v1', keyVariable: 'ACME_API_KEY' \}/,
    );
  });

  test('leave no list behind', () => {
    const fresh = problemsIn(copy.root).filter((problem) => !problemsBefore.includes(problem));
    assert.deepEqual(fresh, []);
  });

  test('write what the compiler takes', () => {
    for (const project of ['apps/adapters/matrix', 'apps/toolbox', 'apps/core', 'apps/model-gateway']) run('typescript/bin/tsc', '-b', project);
  });

  test('write what the linter takes', () => {
    run('nx/dist/bin/nx.js', 'graph', '--file=graph.json');
    run('eslint/bin/eslint.js', '--max-warnings', '0', 'apps/adapters/matrix', 'apps/toolbox/src/tools/sample', 'apps/core/src/commands/ping.ts');
    run('prettier/bin/prettier.cjs', '--check', 'apps/adapters/matrix/src', 'apps/toolbox/src/tools/sample', 'apps/core/src/commands/ping.ts');
  });

  test('write tests that pass', () => {
    const output = join(copy.root, 'report.json');
    run('jest/bin/jest.js', '-w', '1', '--json', `--outputFile=${output}`, 'apps/adapters/matrix/', 'apps/toolbox/src/tools/sample/');
    assert.ok(JSON.parse(readFileSync(output, 'utf8')).numPassedTests >= 6);
  });

  test('never overwrite what is there', () => {
    assert.throws(() => generate('workspace:platform', 'matrix'), /exists already/);
    assert.throws(() => generate('workspace:provider', 'glm', '--apiBase', 'https://api.acme.example/v1'), /has glm already/);
    assert.throws(() => generate('workspace:command', 'TwoWords'), /one lower-case word/);
  });
});
