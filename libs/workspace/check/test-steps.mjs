import { dirname } from 'node:path';
import { buildAll } from '../build/build.mjs';
import { lintSteps } from './lint.mjs';
import { runJest } from './jest.mjs';
import { python } from './python.mjs';
import { typecheck } from './typecheck.mjs';
import { workspaceTests } from './workspace.mjs';
import { prependPath } from '../setup/environment.mjs';
import { requireNatsBinary } from '../setup/nats.mjs';
import { ROOT } from '../setup/paths.mjs';

/** Tests that start real servers get the program by name and on PATH. */
const realTests = async (runtime) => {
  const nats = await requireNatsBinary();
  const env = { ASSISTANT_TEST: 'real', NATS_SERVER_BIN: nats, REPO_ROOT: ROOT };
  return runJest({ ...runtime, env: prependPath(runtime.env, dirname(nats)) }, 'real', { args: ['-w', '2'], env });
};

/** What `npm test` does, in order. Loaded after the installation: checks use installed packages. */
export const testSteps = (runtime) => [
  ['build', () => buildAll(runtime).then(() => true)],
  ...lintSteps(runtime),
  ['types', () => typecheck(runtime)],
  ['tests of the tooling', () => workspaceTests(runtime)],
  ['tests', () => runJest(runtime, 'tests', { args: ['-w', '2'] })],
  ['python', () => python(runtime)],
  ['tests on real servers', () => realTests(runtime)],
];
