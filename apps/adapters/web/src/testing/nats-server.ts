import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** A nats-server of our own with an empty store, for tests. */
export interface NatsProcess {
  readonly url: string;
  /** Stops answering without closing its connections, as a hanging machine would; `false` lets it go on. */
  freeze(frozen: boolean): void;
  stop(): Promise<void>;
}

export const startNats = async (): Promise<NatsProcess> => {
  const port = await freePort();
  const store = await mkdtemp(join(tmpdir(), 'web-nats-'));
  const server = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', store], { stdio: 'ignore' });
  const exited = once(server, 'exit');
  return {
    url: `nats://127.0.0.1:${port}`,
    freeze: (frozen) => void server.kill(frozen ? 'SIGSTOP' : 'SIGCONT'),
    stop: async () => {
      server.kill('SIGCONT');
      server.kill('SIGKILL');
      await exited;
      await rm(store, { recursive: true, force: true });
    },
  };
};
