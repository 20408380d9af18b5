import type { Socket } from 'node:net';
import { AssistantError } from '@assistant/contracts';
import type { Proxy } from './proxy';

/** Where a tunnel ends. */
export interface Target {
  readonly hostname: string;
  readonly port: number;
}

/** Asks the proxy at the other end of a fresh socket for a tunnel; afterwards the socket belongs to the target. */
export type OpenTunnel = (socket: Socket, target: Target, proxy: Proxy, signal: AbortSignal) => Promise<void>;

/** What was understood, and how many bytes it took. */
export interface Understood<T> {
  readonly value: T;
  readonly used: number;
}

/**
 * Sends bytes, if any, and reads until `understand` makes something of what came. Bytes beyond it stay in the socket.
 * Throws `upstream_proxy` when the other side closes, sends too much, or the signal aborts.
 */
export const exchange = <T>(
  socket: Socket,
  send: Uint8Array | undefined,
  understand: (bytes: Buffer) => Understood<T> | undefined,
  maxBytes: number,
  signal: AbortSignal,
): Promise<T> =>
  new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const done = (): void => {
      socket.off('data', take);
      socket.off('error', fail);
      socket.off('close', closed);
      signal.removeEventListener('abort', late);
      socket.pause();
    };
    const fail = (error: unknown): void => {
      done();
      reject(error);
    };
    const closed = (): void => fail(new AssistantError('upstream_proxy', 'The proxy closed the connection during its handshake.'));
    const late = (): void => fail(new AssistantError('upstream_proxy', 'The proxy did not answer in time.'));
    const take = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      try {
        const understood = understand(received);
        if (understood !== undefined) {
          done();
          if (understood.used < received.length) socket.unshift(received.subarray(understood.used));
          resolve(understood.value);
        } else if (received.length > maxBytes) {
          fail(new AssistantError('upstream_proxy', 'The proxy answered with something that is no handshake.'));
        }
      } catch (error) {
        fail(error);
      }
    };
    if (signal.aborted) return late();
    socket.on('data', take);
    socket.once('error', fail);
    socket.once('close', closed);
    signal.addEventListener('abort', late, { once: true });
    // The exchange before this one left the socket paused.
    socket.resume();
    if (send !== undefined) socket.write(send);
  });
