// Builds what is stale: every app through Nx, or only what `npm start` runs.
import { spawnSync } from 'node:child_process';
import { isFresh, markFresh, sourceStamp } from './freshness.mjs';
import { root, say } from './root.mjs';
import { nodeEnvironment } from './runtime.mjs';

const SETS = {
  standalone: { projects: 'standalone,console', outputs: ['apps/standalone/dist/main.cjs', 'apps/console/dist/index.html'] },
  all: { projects: '', outputs: ['apps/core/dist/main.cjs', 'apps/standalone/dist/main.cjs', 'apps/console/dist/index.html'] },
};

/** Builds a set of apps when a source is newer than the last build. Ends the process when the build fails. */
export const ensureBuilt = async (node, set, { force = false } = {}) => {
  const { projects, outputs } = SETS[set];
  const stamp = sourceStamp();
  if (!force && (isFresh(set, stamp, outputs) || isFresh('all', stamp, outputs))) return;
  say('building');
  const args = ['nx', 'run-many', '-t', 'build', ...(projects === '' ? [] : ['-p', projects]), '--outputStyle=static', '--parallel=2'];
  const result = spawnSync('npx', args, { cwd: root, stdio: ['ignore', 2, 2], env: nodeEnvironment(node), shell: process.platform === 'win32' });
  if (result.status !== 0) {
    process.stderr.write('the build failed; see its lines above.\n');
    process.exit(1);
  }
  markFresh(set, stamp);
};
