// The whole assistant on this machine: node libs/workspace/bin/start.mjs
import { ensureBuilt } from '../build/build.mjs';
import { dataDirOf } from '../setup/paths.mjs';
import { findNats } from '../setup/nats.mjs';
import { ready } from '../setup/ready.mjs';
import { main } from '../setup/say.mjs';
import { runStandalone } from '../setup/standalone.mjs';

await main(async () => {
  const runtime = await ready();
  await ensureBuilt(runtime);
  return runStandalone({ runtime, nats: await findNats(), dataDir: dataDirOf() });
});
