// Dead letters: node libs/workspace/bin/dlq.mjs list | show <id> | replay <id> | drop <id>
import { join } from 'node:path';
import { ensureBuilt } from '../build/build.mjs';
import { runningNats } from '../setup/nats-process.mjs';
import { dataDirOf, ROOT } from '../setup/paths.mjs';
import { ready } from '../setup/ready.mjs';
import { runUntilEnd } from '../setup/run-command.mjs';
import { main, Refusal } from '../setup/say.mjs';

/** NATS_URL, or the broker of the assistant that runs here. */
const brokerUrl = async () => {
  const url = process.env['NATS_URL'] || (await runningNats(dataDirOf()))?.url;
  if (url === undefined)
    throw new Refusal(`No broker: nothing runs on the data in ${dataDirOf()}. Start the assistant (npm start), or set NATS_URL or ASSISTANT_DATA_DIR.`);
  return url;
};

await main(async () => {
  const { node, env } = await ready();
  await ensureBuilt({ node, env });
  return runUntilEnd(node, [join(ROOT, 'apps/core/dist/dlq.cjs'), ...process.argv.slice(2)], { cwd: ROOT, env: { ...env, NATS_URL: await brokerUrl() } });
});
