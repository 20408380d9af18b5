import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isListening } from './nats-info.mjs';
import { provideNats } from './nats-process.mjs';
import { ROOT } from './paths.mjs';
import { signalCode } from './run-command.mjs';
import { say } from './say.mjs';
import { startWatchdog } from './watchdog.mjs';

const BUNDLE = join(ROOT, 'apps/standalone/dist/main.cjs');
const STOP_LIMIT_MS = 30_000;
/** Ctrl-C reaches us twice: from the terminal and from npm. A real second wish comes later. */
const SAME_WISH_MS = 1000;
const POLL_MS = 50;
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'];

const httpPort = () => Number(process.env['ASSISTANT_HTTP_PORT'] ?? 8080);

/** Says once where the console is, as soon as the service answers. */
const announce = async (running, began) => {
  const port = httpPort();
  while (running()) {
    const answer = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined);
    if (answer?.ok && running()) {
      say(`The assistant is ready after ${((Date.now() - began) / 1000).toFixed(1)} s: http://127.0.0.1:${port}/console`);
      return;
    }
    await wait(POLL_MS);
  }
};

/** A session of its own: only we pass signals on, so that a Ctrl-C arrives once, and the broker outlives the service. */
const launch = ({ node, env }, dataDir, url) => {
  const paths = process.env['ASSISTANT_CONFIG'] === undefined ? {} : { ASSISTANT_CONFIG: resolve(process.env['ASSISTANT_CONFIG']) };
  return spawn(node, [BUNDLE, ...process.argv.slice(2)], {
    cwd: ROOT,
    env: { ...env, ...paths, NODE_ENV: 'production', ASSISTANT_DATA_DIR: dataDir, NATS_URL: url },
    stdio: 'inherit',
    detached: process.platform !== 'win32',
  });
};

/** Passes SIGTERM and SIGINT on; a service that is not gone 30 s later is killed. Gives the service's exit code. */
const untilEnd = (child) =>
  new Promise((resolve) => {
    let asked = 0;
    let late;
    const forward = (signal) => {
      if (Date.now() - asked < SAME_WISH_MS) return;
      asked = Date.now();
      child.kill(signal);
      late ??= setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    };
    for (const signal of SIGNALS) process.on(signal, () => forward(signal === 'SIGHUP' ? 'SIGTERM' : signal));
    const end = (code) => {
      clearTimeout(late);
      resolve(code);
    };
    child.once('error', (error) => {
      say(error.message);
      end(1);
    });
    child.once('exit', (code, signal) => end(code ?? signalCode(signal)));
  });

/** Broker first, service second; backwards at the end. Resolves with the exit code of the service. */
export const runStandalone = async ({ runtime, nats, dataDir, began = Date.now() - process.uptime() * 1000 }) => {
  mkdirSync(dataDir, { recursive: true });
  const watchdog = startWatchdog();
  let stoppedEarly;
  for (const signal of SIGNALS) process.once(signal, () => (stoppedEarly = signal));
  let broker;
  try {
    broker = await provideNats(nats, dataDir, (pid) => watchdog.watch({ broker: pid }));
    const portWasTaken = await isListening(httpPort());
    if (stoppedEarly !== undefined) return signalCode(stoppedEarly);
    const child = launch(runtime, dataDir, broker.url);
    watchdog.watch({ service: child.pid ?? 0 });
    const ended = untilEnd(child);
    if (!portWasTaken) void announce(() => child.exitCode === null && child.signalCode === null, began);
    return await ended;
  } finally {
    await broker?.stop();
    watchdog.stop();
  }
};
