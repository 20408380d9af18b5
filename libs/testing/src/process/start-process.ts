import { connect } from 'node:net';
import { ServiceProcess, type ServiceProcessOptions } from './service-process';

export interface StartOptions extends ServiceProcessOptions {
  /** Asked every few milliseconds until it says true. `started` is the process: its `lastLines` may be the answer. */
  readonly readyWhen: (started: ServiceProcess) => boolean | Promise<boolean>;
  /** How long it may take, milliseconds. */
  readonly readyWithinMs?: number;
}

const READY_MS = 15_000;
const LOOK_EVERY_MS = 20;

/**
 * Starts a process and waits until it is ready. Throws its last lines when it ends before that or takes too long; then
 * it no longer runs.
 */
export const startProcess = async ({ readyWhen, readyWithinMs = READY_MS, ...options }: StartOptions): Promise<ServiceProcess> => {
  const started = new ServiceProcess(options);
  const deadline = performance.now() + readyWithinMs;
  // A port may be answered by somebody else: only a process that still runs afterwards has answered itself.
  while (!((await readyWhen(started)) && started.alive)) {
    const over = started.ending ?? (performance.now() > deadline ? `is not ready after ${readyWithinMs} ms` : undefined);
    if (over !== undefined) {
      await started.kill9();
      throw new Error([`${options.name} ${over}`, ...started.lastLines.slice(-10)].join('\n'));
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return started;
};

/** True when something accepts connections on this port of loopback. */
export const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
