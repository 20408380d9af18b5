import { startFakeOpenAi } from '../openai';
import { answering } from '../openai/script';
import { freePort } from '../process/free-port';
import { ServiceProcess } from '../process/service-process';
import { startPassThrough } from './pass-through';

/** Parts of the benchmark that need a process of their own; the same program plays them. */
export type Role = 'upstream' | 'streaming-upstream' | 'pass-through';

const STREAM = Array.from({ length: 100 }, (_, index) => `word${index}`).join(' ');

/** Plays a role in this process until it is killed. */
export const playRole = async (role: string, port: number, upstream: string): Promise<void> => {
  switch (role) {
    case 'upstream':
      await startFakeOpenAi({ port, instant: true });
      return;
    case 'streaming-upstream':
      await startFakeOpenAi({ port, script: answering(STREAM) });
      return;
    case 'pass-through':
      return startPassThrough(upstream, port);
    default:
      throw new Error(`there is no role ${role}`);
  }
};

export interface Actor {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Starts a process that plays a role and waits until it listens. */
export const startRole = async (role: Role, upstream = ''): Promise<Actor> => {
  const port = await freePort();
  const child = new ServiceProcess({
    name: role,
    command: process.execPath,
    args: [process.argv[1] ?? '', '--role', role, '--port', String(port), '--upstream', upstream],
    env: { PATH: process.env['PATH'] },
  });
  const origin = `http://127.0.0.1:${port}`;
  await untilAnswers(origin);
  return { origin, stop: () => child.kill9() };
};

const untilAnswers = async (origin: string): Promise<void> => {
  for (const deadline = Date.now() + 15_000; ;) {
    try {
      const response = await fetch(origin, { method: 'POST', body: '{}', signal: AbortSignal.timeout(1000) });
      await response.body?.cancel();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`nothing answers at ${origin}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
};
