import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { exclusive } from './exclusive.mjs';
import { CACHE } from './paths.mjs';
import { runCommand } from './run-command.mjs';
import { Refusal, say } from './say.mjs';

const FOLDER = join(CACHE, 'nats-server');
/** Durable pull consumers with compare-and-set, direct get and key-value: all there since 2.9. */
const OLDEST = [2, 9];
const DOCKER_IMAGE = 'nats:2.12-alpine';

/** Folders that hold servers but are often missing from a person's PATH. */
const MORE_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin', '/snap/bin'];

const isExecutable = (file) => existsSync(file);

const onPath = (name) => {
  const names = process.platform === 'win32' ? [`${name}.exe`] : [name];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...(process.platform === 'win32' ? [] : MORE_FOLDERS)];
  return folders
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((file) => join(folder, file)))
    .find(isExecutable);
};

const versionOf = async (binary) => {
  const { code, output } = await runCommand(binary, ['--version'], { capture: true });
  const version = /v?(\d+)\.(\d+)\.(\d+)/.exec(output);
  return code === 0 && version !== null ? version.slice(1).map(Number) : undefined;
};

const isNewEnough = ([major, minor]) => major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);

/** A server at this path that runs and is new enough, or undefined. */
const usable = async (binary, source) => {
  if (binary === undefined || !existsSync(binary)) return undefined;
  const version = await versionOf(binary);
  if (version === undefined || !isNewEnough(version)) {
    say(`Passing over ${binary}: ${version === undefined ? 'it does not start' : `version ${version.join('.')} is older than ${OLDEST.join('.')}`}.`);
    return undefined;
  }
  return { kind: 'binary', binary, source, version: version.join('.') };
};

const unpacked = () => [join(FOLDER, 'root/usr/sbin/nats-server'), join(FOLDER, 'root/usr/bin/nats-server')].find(isExecutable);

const newestPackage = () =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.deb'))
    .sort()
    .map((name) => join(FOLDER, name))
    .at(-1);

/** apt's own lists, or lists of ours where nobody has ever run `apt-get update`. */
const privateLists = () => {
  const state = join(FOLDER, 'apt');
  for (const folder of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(state, folder), { recursive: true });
  return [
    '-o',
    `Dir::State::Lists=${join(state, 'lists')}`,
    '-o',
    `Dir::Cache=${join(state, 'cache')}`,
    '-o',
    'Debug::NoLocking=1',
    '-o',
    'APT::Sandbox::User=',
  ];
};

/** Unpacks the distribution's package into the cache; nothing is installed, so no root is needed. */
const unpackDebianPackage = async () => {
  if (onPath('apt-get') === undefined || onPath('dpkg') === undefined) return undefined;
  return exclusive(join(CACHE, 'nats.lock'), async () => {
    if (unpacked() !== undefined) return unpacked();
    say('Fetching nats-server from the distribution into .cache (nothing is installed) …');
    mkdirSync(FOLDER, { recursive: true });
    const options = privateLists();
    const download = (more) => runCommand('apt-get', [...more, 'download', 'nats-server'], { cwd: FOLDER, capture: true });
    let got = await download(['-o', 'APT::Sandbox::User=']);
    if (got.code !== 0 && (await runCommand('apt-get', [...options, 'update'], { capture: true })).code === 0) got = await download(options);
    const file = got.code === 0 ? newestPackage() : undefined;
    if (file === undefined) return undefined;
    await runCommand('dpkg', ['-x', file, join(FOLDER, 'root')], { capture: true });
    rmSync(join(FOLDER, 'apt'), { recursive: true, force: true });
    return unpacked();
  });
};

const docker = async () => {
  const binary = onPath('docker');
  if (binary === undefined) return undefined;
  const { code } = await runCommand(binary, ['info', '--format', '{{.ServerVersion}}'], { capture: true });
  return code === 0 ? { kind: 'docker', binary, image: DOCKER_IMAGE, source: 'docker' } : undefined;
};

export const NATS_ADVICE = [
  'No nats-server was found, and none could be fetched. Install one (it is a single small program) and run the command again:',
  '  Debian, Ubuntu:  sudo apt-get install nats-server',
  '  macOS:           brew install nats-server',
  '  Windows:         winget install NATSAuthors.NATSServer',
  '  anything else:   https://github.com/nats-io/nats-server/releases',
  'or start Docker, or set NATS_URL to a server with JetStream that runs already.',
].join('\n');

/** A server program on this machine: NATS_SERVER_BIN, PATH, the unpacked copy, or the distribution's package. */
export const findNatsBinary = async () =>
  (await usable(process.env['NATS_SERVER_BIN'], 'NATS_SERVER_BIN')) ??
  (await usable(onPath('nats-server'), 'PATH')) ??
  (await usable(unpacked(), '.cache')) ??
  (await usable(await unpackDebianPackage(), '.cache'));

/**
 * The first rung that holds: a server that NATS_URL names, a program on this machine, Docker. Throws a Refusal with
 * the install line of each system when there is none.
 */
export const findNats = async () => {
  const url = process.env['NATS_URL'];
  if (url !== undefined && url !== '') return { kind: 'url', url, source: 'NATS_URL' };
  const found = (await findNatsBinary()) ?? (await docker());
  if (found === undefined) throw new Refusal(NATS_ADVICE);
  return found;
};

/** As `findNats`, for tests, bench and drill: they start and kill servers of their own, so it must be a program. */
export const requireNatsBinary = async () => {
  const found = await findNatsBinary();
  if (found === undefined) throw new Refusal(NATS_ADVICE);
  return found.binary;
};
