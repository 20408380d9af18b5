// Every check that reads the sources without running them: node libs/workspace/bin/lint.mjs
import { step, summarise } from '../check/step.mjs';
import { ready } from '../setup/ready.mjs';
import { main } from '../setup/say.mjs';

await main(async () => {
  const runtime = await ready();
  // Checks use installed packages: they are loaded after the installation.
  const { lintSteps } = await import('../check/lint.mjs');
  const results = [];
  for (const [name, work] of lintSteps(runtime)) results.push(await step(name, work));
  return summarise(results);
});
