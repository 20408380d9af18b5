// The whole test: node libs/workspace/bin/test.mjs. The last line is `N passed, N failed`.
import { dirname } from 'node:path';
import { buildAll } from '../build/build.mjs';
import { lintSteps } from '../check/lint.mjs';
import { runJest } from '../check/jest.mjs';
import { python } from '../check/python.mjs';
import { step, summarise } from '../check/step.mjs';
import { typecheck } from '../check/typecheck.mjs';
import { workspaceTests } from '../check/workspace.mjs';
import { prependPath } from '../setup/environment.mjs';
import { requireNatsBinary } from '../setup/nats.mjs';
import { ROOT } from '../setup/paths.mjs';
import { ready } from '../setup/ready.mjs';
import { main } from '../setup/say.mjs';

/** Tests that start real servers get the program by name and on PATH. */
const realTests = async (runtime) => {
  const nats = await requireNatsBinary();
  const env = { ASSISTANT_TEST: 'real', NATS_SERVER_BIN: nats, REPO_ROOT: ROOT };
  return runJest({ ...runtime, env: prependPath(runtime.env, dirname(nats)) }, 'real', { args: ['-w', '2'], env });
};

const STEPS = (runtime) => [
  ['build', () => buildAll(runtime).then(() => true)],
  ...lintSteps(runtime),
  ['types', () => typecheck(runtime)],
  ['tests of the tooling', () => workspaceTests(runtime)],
  ['tests', () => runJest(runtime, 'tests', { args: ['-w', '2'] })],
  ['python', () => python(runtime)],
  ['tests on real servers', () => realTests(runtime)],
];

await main(async () => {
  const runtime = await ready();
  const results = [];
  for (const [name, work] of STEPS(runtime)) results.push(await step(name, work));
  return summarise(results);
});
