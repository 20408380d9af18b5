import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { step } from './step.mjs';

const summaryOf = (results) => {
  const url = pathToFileURL(join(ROOT, 'libs/workspace/check/step.mjs')).href;
  const script = `import { summarise } from ${JSON.stringify(url)}; console.log = ((log) => (...all) => log(...all))(console.log); process.exitCode = summarise(${JSON.stringify(results)});`;
  try {
    return { code: 0, output: execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }) };
  } catch (error) {
    return { code: error.status, output: error.stdout };
  }
};

test('the last line counts everything, and a failure is the exit code', () => {
  const { code, output } = summaryOf([
    { name: 'lint', passed: 1, failed: 0, seconds: 1 },
    { name: 'tests', passed: 40, failed: 2, seconds: 9 },
  ]);
  assert.equal(output.trimEnd().split('\n').at(-1), '41 passed, 2 failed');
  assert.equal(code, 1);
});

test('all passed is exit code 0, nothing at all is not', () => {
  assert.equal(summaryOf([{ name: 'lint', passed: 1, failed: 0, seconds: 1 }]).code, 0);
  assert.equal(summaryOf([{ name: 'lint', passed: 0, failed: 0, seconds: 1 }]).code, 1);
});

test('a step that throws is one failure', async () => {
  const { passed, failed } = await step('planted', () => Promise.reject(new Error('planted')));
  assert.deepEqual({ passed, failed }, { passed: 0, failed: 1 });
});
