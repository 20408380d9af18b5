import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../process/free-port';
import { reap } from '../process/reaper';

export interface NatsOptions {
  /** Where JetStream keeps its files; a new temporary folder, removed on `stop`, unless told. */
  readonly storeDir?: string;
  readonly port?: number;
  /** A configuration file. */
  readonly config?: string;
}

export interface NatsServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it and removes a store of its own making. */
  stop(): Promise<void>;
  /** As a power cut for the process: nothing is flushed. */
  kill9(): Promise<void>;
  /** Starts it again on the same port and store. */
  restart(): Promise<void>;
  /** Freezes and thaws it. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
}

const READY_MS = 15_000;

/** Starts a real nats-server with JetStream on loopback: NATS_SERVER_BIN, or the one on PATH. */
export const startNats = async (options: NatsOptions = {}): Promise<NatsServer> => {
  const port = options.port ?? (await freePort());
  const storeDir = options.storeDir ?? mkdtempSync(join(tmpdir(), 'nats-'));
  const binary = process.env['NATS_SERVER_BIN'] ?? 'nats-server';
  const args = ['-js', '-sd', storeDir, '-a', '127.0.0.1', '-p', String(port), ...(options.config === undefined ? [] : ['-c', options.config])];
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    child = spawn(binary, args, { stdio: 'ignore' });
    reap(child);
    const failed = new Promise<never>((_resolve, reject) =>
      child.once('error', (cause) => reject(new Error(`${binary} does not start; install nats-server or set NATS_SERVER_BIN`, { cause }))),
    );
    await Promise.race([failed, listening(port, Date.now() + READY_MS)]);
  };
  const end = (signal: NodeJS.Signals): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    get pid() {
      return child.pid ?? 0;
    },
    stop: async () => {
      await end('SIGKILL');
      if (options.storeDir === undefined) rmSync(storeDir, { recursive: true, force: true });
    },
    kill9: () => end('SIGKILL'),
    restart: start,
    signal: (name) => void child.kill(name),
  };
};

const listening = async (port: number, deadline: number): Promise<void> => {
  while (!(await accepts(port))) {
    if (Date.now() > deadline) throw new Error(`nats-server does not listen on ${port} after ${READY_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
