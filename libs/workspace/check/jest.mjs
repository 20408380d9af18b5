import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, ROOT, packageFile } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';

/**
 * Runs the tests of the whole workspace and counts them. A test file that cannot even start counts as one failure.
 * @param {{ node: string, env: NodeJS.ProcessEnv }} runtime
 * @param {string} name of the report
 * @param {{ args?: readonly string[], env?: Record<string, string> }} [options]
 */
export const runJest = async ({ node, env }, name, { args = [], env: more = {} } = {}) => {
  const report = join(CACHE, 'reports', `${name}.json`);
  mkdirSync(join(CACHE, 'reports'), { recursive: true });
  rmSync(report, { force: true });
  const { code } = await runCommand(node, [packageFile('jest/bin/jest.js'), '--json', `--outputFile=${report}`, ...args], {
    cwd: ROOT,
    env: { ...env, ...more },
    // The report goes to the file; jest prints it to standard output as well, where nobody wants it.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return countsOf(report, code);
};

const countsOf = (report, code) => {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    return {
      passed: numPassedTests,
      failed: code !== 0 && failed === 0 ? 1 : failed,
      ...(numPendingTests === 0 ? {} : { note: `${numPendingTests} skipped` }),
    };
  } catch {
    return { passed: 0, failed: 1, note: 'jest ended without a report' };
  }
};
