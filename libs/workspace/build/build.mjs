import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exclusive } from '../setup/exclusive.mjs';
import { isBuilt, rememberBuild, sourcesStamp } from '../setup/freshness.mjs';
import { CACHE, ROOT, packageFile } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { Refusal, say } from '../setup/say.mjs';
import { sizeText } from './size.mjs';

/** Every app's folder, relative to the root. */
export const appFolders = () =>
  ['apps', 'apps/adapters'].flatMap((parent) =>
    readdirSync(join(ROOT, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, parent, entry.name, 'package.json')))
      .map((entry) => `${parent}/${entry.name}`),
  );

/** What a build gives, as it lies there now. */
const outputs = () =>
  appFolders().flatMap((folder) => {
    const dist = join(ROOT, folder, 'dist');
    if (!existsSync(dist)) return [];
    return readdirSync(dist)
      .filter((name) => name.endsWith('.cjs') || name === 'index.html')
      .map((name) => ({ file: `${folder}/dist/${name}`, bytes: statSync(join(dist, name)).size }));
  });

const runNx = ({ node, env }, args, options) => runCommand(node, [packageFile('nx/dist/bin/nx.js'), ...args], { cwd: ROOT, env, ...options });

/** Builds every app through Nx: what has not changed comes from its cache. Throws a Refusal with the output on failure. */
export const buildAll = async (runtime, { quiet = false } = {}) =>
  exclusive(join(CACHE, 'build.lock'), async () => {
    if (quiet && isBuilt()) return;
    const started = Date.now();
    say('Building …');
    const stamp = sourcesStamp();
    const { code, output } = await runNx(runtime, ['run-many', '-t', 'build', '--output-style=stream'], { capture: true });
    if (code !== 0) throw new Refusal(`${output}\nThe build failed; the lines above say where.`);
    const written = outputs();
    rememberBuild(
      stamp,
      written.map(({ file }) => file),
    );
    if (!quiet) for (const { file, bytes } of written) console.log(`${sizeText(bytes).padStart(8)}  ${file}`);
    say(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  });

/** Builds where a source is newer than the last build. */
export const ensureBuilt = async (runtime) => {
  if (!isBuilt()) await buildAll(runtime, { quiet: true });
};
