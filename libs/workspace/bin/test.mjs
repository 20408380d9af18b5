// The whole test: node libs/workspace/bin/test.mjs. The last line is `N passed, N failed`.
import { step, summarise } from '../check/step.mjs';
import { ready } from '../setup/ready.mjs';
import { main } from '../setup/say.mjs';

await main(async () => {
  const runtime = await ready();
  const { testSteps } = await import('../check/test-steps.mjs');
  const results = [];
  for (const [name, work] of testSteps(runtime)) results.push(await step(name, work));
  return summarise(results);
});
