import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../process/free-port';
import type { ServiceProcess } from '../process/service-process';
import { accepts, startProcess } from '../process/start-process';

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
  /** Starts it again on the same port and store, ending it first where it still runs. */
  restart(): Promise<void>;
  /** Freezes and thaws it. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
}

/** Printed once the server takes clients, after JetStream has read its store. */
const READY = /Server is ready/;

/**
 * Starts a real nats-server with JetStream on loopback: NATS_SERVER_BIN, or the one on PATH. Throws the server's own
 * last lines when it does not start.
 */
export const startNats = async (options: NatsOptions = {}): Promise<NatsServer> => {
  const port = options.port ?? (await freePort());
  const storeDir = options.storeDir ?? mkdtempSync(join(tmpdir(), 'nats-'));
  const command = process.env['NATS_SERVER_BIN'] ?? 'nats-server';
  const args = ['-js', '-sd', storeDir, '-a', '127.0.0.1', '-p', String(port), ...(options.config === undefined ? [] : ['-c', options.config])];
  const removeStore = (): void => {
    if (options.storeDir === undefined) rmSync(storeDir, { recursive: true, force: true });
  };
  const start = (): Promise<ServiceProcess> =>
    startProcess({
      name: 'nats-server',
      command,
      args,
      env: process.env,
      // A configuration may send the log into a file.
      readyWhen: ({ lastLines }) => lastLines.some((line) => READY.test(line)) || (options.config !== undefined && lastLines.length === 0 && accepts(port)),
    });
  let server = await start().catch((cause: unknown) => {
    removeStore();
    throw new Error(`${command} does not start; install nats-server or set NATS_SERVER_BIN: ${String(cause)}`, { cause });
  });
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    get pid() {
      return server.pid;
    },
    stop: async () => {
      await server.kill9();
      removeStore();
    },
    kill9: () => server.kill9(),
    restart: async () => {
      await server.kill9();
      server = await start();
    },
    signal: (name) => server.signal(name),
  };
};
