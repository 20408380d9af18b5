import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { exclusive, isAlive } from './exclusive.mjs';
import { askNats, freePort } from './nats-info.mjs';
import { runCommand } from './run-command.mjs';
import { Refusal, say } from './say.mjs';

const READY_LIMIT_MS = 60_000;
const POLL_MS = 25;
const STOP_LIMIT_MS = 10_000;
const RESTART_PAUSE_MS = 1000;

/** The file in a data directory that tells where its nats-server is: `{ port, url, pid, owner }`. */
export const natsFile = (dataDir) => join(dataDir, 'nats.json');

export const readNatsFile = (dataDir) => {
  try {
    return JSON.parse(readFileSync(natsFile(dataDir), 'utf8'));
  } catch {
    return undefined;
  }
};

const writeNatsFile = (dataDir, value) => {
  const draft = `${natsFile(dataDir)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value)}\n`);
  renameSync(draft, natsFile(dataDir));
};

/** The server's name tells one installation's server from another's on the same port. */
const serverName = (dataDir) => `assistant-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;

/** The server of this data directory, when it runs: its process lives and answers under our name. */
export const runningNats = async (dataDir) => {
  const known = readNatsFile(dataDir);
  if (known === undefined || !isAlive(known.pid)) return undefined;
  const info = await askNats(known.port);
  return info?.server_name === serverName(dataDir) && info.jetstream === true ? known : undefined;
};

/**
 * Acknowledged means written to disk: `sync_interval: always` where the server knows it (2.10). Debian's 2.9 has no
 * such setting; there a loss of power, not of the process, can take the newest writes.
 */
const configText = (dataDir, store, port, host, version) => {
  const [major = 0, minor = 0] = (version ?? '2.12').split('.').map(Number);
  const sync = major > 2 || minor >= 10 ? '  sync_interval: always\n' : '';
  return `server_name: ${serverName(dataDir)}\nhost: ${host}\nport: ${port}\njetstream {\n  store_dir: ${JSON.stringify(store)}\n${sync}}\n`;
};

const commandOf = (found, dataDir, store, port) => {
  const config = join(dataDir, 'nats.conf');
  if (found.kind === 'binary') {
    writeFileSync(config, configText(dataDir, store, port, '127.0.0.1', found.version));
    return { file: found.binary, args: ['-c', config] };
  }
  writeFileSync(config, configText(dataDir, '/data', 4222, '0.0.0.0'));
  const user = process.getuid === undefined ? [] : ['--user', `${process.getuid()}:${process.getgid()}`];
  const volumes = ['-v', `${store}:/data`, '-v', `${config}:/etc/assistant-nats.conf:ro`];
  return {
    file: found.binary,
    args: [
      'run',
      '--rm',
      '--name',
      `${serverName(dataDir)}-${port}`,
      ...user,
      '-p',
      `127.0.0.1:${port}:4222`,
      ...volumes,
      found.image,
      '-c',
      '/etc/assistant-nats.conf',
    ],
  };
};

const untilReady = async (child, port, log) => {
  const deadline = Date.now() + READY_LIMIT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    const info = await askNats(port, { timeoutMs: 500 });
    if (info?.jetstream === true) return;
    await wait(POLL_MS);
  }
  const tail = readFileSync(log, 'utf8').trim().split('\n').slice(-8).join('\n');
  throw new Refusal(`nats-server did not start; the end of ${log}:\n${tail}`);
};

/** A process group of its own: Ctrl-C in a terminal must reach the services first, and the broker last. */
const launch = (found, dataDir, port) => {
  const store = join(dataDir, 'nats');
  const log = join(dataDir, 'nats.log');
  mkdirSync(store, { recursive: true });
  const { file, args } = commandOf(found, dataDir, store, port);
  const output = openSync(log, 'w');
  const child = spawn(file, args, { stdio: ['ignore', output, output], detached: true });
  closeSync(output);
  return { child, log };
};

const endOf = (pid, limitMs) =>
  (async () => {
    const deadline = Date.now() + limitMs;
    while (isAlive(pid) && Date.now() < deadline) await wait(POLL_MS);
    return !isAlive(pid);
  })();

const stopProcess = async (pid) => {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGTERM');
  if (!(await endOf(pid, STOP_LIMIT_MS)) && isAlive(pid)) process.kill(pid, 'SIGKILL');
};

/**
 * The nats-server of a data directory: reused when it runs, else started with its store there, on a free port of
 * 127.0.0.1. Whoever started it stops it; one whose starter died is stopped first. A server that ends by itself is
 * started again on the same port. `onChange` hears the pid of each new process.
 */
export const provideNats = async (found, dataDir, onChange = () => undefined) => {
  if (found.kind === 'url') return { url: found.url, stop: async () => undefined };
  mkdirSync(dataDir, { recursive: true });
  return exclusive(join(dataDir, 'nats.lock'), async () => {
    const running = await runningNats(dataDir);
    if (running !== undefined && running.owner !== process.pid && isAlive(running.owner)) return { url: running.url, stop: async () => undefined };
    if (running !== undefined) {
      say(`Stopping the nats-server that an ended run left behind (process ${running.pid}).`);
      await stopProcess(running.pid);
    }
    return own(found, dataDir, onChange);
  });
};

const own = async (found, dataDir, onChange) => {
  if (found.kind === 'docker') await prepareDocker(found);
  const port = await freePort();
  const url = `nats://127.0.0.1:${port}`;
  let stopping = false;
  let current;
  const start = async () => {
    const { child, log } = launch(found, dataDir, port);
    current = child;
    child.on('error', () => undefined);
    await untilReady(child, port, log).catch((error) => {
      if (child.exitCode === null) child.kill('SIGKILL');
      throw error;
    });
    writeNatsFile(dataDir, { port, url, pid: child.pid, owner: process.pid });
    onChange(child.pid);
    child.once('exit', again);
    if (child.exitCode !== null || child.signalCode !== null) again(child.exitCode, child.signalCode);
  };
  const again = (code, signal) => {
    if (stopping) return;
    say(`nats-server ended (${signal ?? code}); starting it again.`);
    setTimeout(() => void (stopping ? undefined : start().catch(() => again(current?.exitCode, current?.signalCode))), RESTART_PAUSE_MS);
  };
  try {
    await start();
  } catch (error) {
    stopping = true;
    throw error;
  }
  return {
    url,
    stop: async () => {
      stopping = true;
      if (current?.pid !== undefined && current.exitCode === null && current.signalCode === null) {
        const ended = new Promise((resolve) => current.once('exit', resolve));
        current.kill('SIGTERM');
        const late = setTimeout(() => current.kill('SIGKILL'), STOP_LIMIT_MS);
        await ended;
        clearTimeout(late);
      }
      rmSync(natsFile(dataDir), { force: true });
    },
  };
};

const prepareDocker = async ({ binary, image }) => {
  if ((await runCommand(binary, ['image', 'inspect', image], { capture: true })).code === 0) return;
  say(`Pulling ${image} …`);
  const { code, output } = await runCommand(binary, ['pull', '--quiet', image], { capture: true });
  if (code !== 0) throw new Refusal(`docker could not pull ${image}: ${output.trim()}\nInstall nats-server instead, or set NATS_URL.`);
};
