import { join, dirname } from 'node:path';
import { bundle } from '../build/bundle.mjs';
import { ensureBuilt } from '../build/build.mjs';
import { prependPath } from './environment.mjs';
import { requireNatsBinary } from './nats.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { ready } from './ready.mjs';
import { runUntilEnd } from './run-command.mjs';

/**
 * Builds the services and one of our own programs, and runs that on Node 24 with this command's arguments. It gets
 * NATS_SERVER_BIN and REPO_ROOT. Resolves with its exit code.
 */
export const runTool = async (name, entry) => {
  const runtime = await ready();
  await ensureBuilt(runtime);
  const nats = await requireNatsBinary();
  const outfile = join(CACHE, 'tools', `${name}.cjs`);
  await bundle({ entry: join(ROOT, entry), outfile });
  const env = { ...prependPath(runtime.env, dirname(nats)), NATS_SERVER_BIN: nats, REPO_ROOT: ROOT };
  return runUntilEnd(runtime.node, [outfile, ...process.argv.slice(2)], { cwd: ROOT, env });
};
