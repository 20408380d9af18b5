import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { exclusive } from './exclusive.mjs';
import { CACHE, MODULES, ROOT } from './paths.mjs';
import { Refusal, say } from './say.mjs';

const STAMP = join(MODULES, '.assistant-install');
const LOCK = join(ROOT, 'package-lock.json');
const LOG = join(CACHE, 'logs/install.log');
const PROGRESS_MS = 15_000;

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

const workspaceFolders = () =>
  ['libs', 'apps', 'apps/adapters'].flatMap((parent) =>
    readdirSync(join(ROOT, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, parent, entry.name, 'package.json')))
      .map((entry) => join(parent, entry.name)),
  );

/** Changes with everything npm looks at; a script or a description does not count. */
const wanted = () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read(join(ROOT, 'package.json')));
  const names = workspaceFolders().map((folder) => JSON.parse(read(join(ROOT, folder, 'package.json'))).name);
  const facts = [dependencies, devDependencies, optionalDependencies, names.sort(), process.platform, process.arch];
  return createHash('sha256').update(JSON.stringify(facts)).update(read(LOCK)).digest('hex');
};

/** npm's own record of what it installed: an installation by hand counts as well. */
const installedByHand = () => {
  const record = join(MODULES, '.package-lock.json');
  const linked = workspaceFolders().every((folder) => existsSync(join(MODULES, JSON.parse(read(join(ROOT, folder, 'package.json'))).name)));
  return existsSync(record) && !existsSync(STAMP) && linked && statSync(record).mtimeMs >= statSync(LOCK).mtimeMs;
};

/** Whether `node_modules` is what package.json and the lock ask for. */
export const isInstalled = () => {
  if (!existsSync(MODULES)) return false;
  if (read(STAMP) === wanted()) return true;
  if (!installedByHand()) return false;
  writeFileSync(STAMP, wanted());
  return true;
};

/** npm as it runs us, or as found on PATH. */
export const npmCommand = () => {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('.js')) return { file: process.execPath, args: [script], shell: false };
  return { file: 'npm', args: [], shell: process.platform === 'win32' };
};

/** Runs npm with its output in a log file; a line every 15 s says that it is alive. */
export const runNpm = async (args, { cwd = ROOT, log = LOG } = {}) => {
  mkdirSync(join(log, '..'), { recursive: true });
  const { file, args: before, shell } = npmCommand();
  const started = Date.now();
  const output = createWriteStream(log);
  const ticker = setInterval(() => say(`  … still working, ${Math.round((Date.now() - started) / 1000)} s`), PROGRESS_MS);
  try {
    return await new Promise((resolve) => {
      const child = spawn(file, [...before, ...args], { cwd, shell, stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout.pipe(output, { end: false });
      child.stderr.pipe(output, { end: false });
      child.on('error', (error) => {
        output.write(`${error.message}\n`);
        resolve(127);
      });
      child.on('close', (code) => resolve(code ?? 1));
    });
  } finally {
    clearInterval(ticker);
    await new Promise((resolve) => output.end(resolve));
  }
};

/**
 * Installs the packages where they are missing or not what the lock names. `npm install`, not `npm ci`: `ci` refuses
 * a lock in which another platform's optional package is absent.
 */
export const ensureInstalled = async () => {
  if (isInstalled()) return;
  await exclusive(join(CACHE, 'install.lock'), async () => {
    if (isInstalled()) return;
    say(existsSync(MODULES) ? 'Installing packages: the list of packages has changed …' : 'Installing packages: the first time takes about a minute …');
    const started = Date.now();
    const code = await runNpm(['install', '--no-audit', '--no-fund']);
    if (code !== 0) {
      const tail = read(LOG).trim().split('\n').slice(-15).join('\n');
      throw new Refusal(
        `npm install failed (exit code ${code}); the end of ${LOG}:\n${tail}\nCheck the network and the registry (npm config get registry), then try again.`,
      );
    }
    writeFileSync(STAMP, wanted());
    say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
  });
};
