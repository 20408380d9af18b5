import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'node:net';

/** What the proxy does to the bytes of every connection. Changeable while it runs. */
export interface Toxics {
  /** Only bytes that go this way are harmed; both ways unless told. */
  readonly toward?: 'client' | 'server';
  /** Each piece waits this long, and up to `jitterMs` longer. */
  readonly latencyMs?: number;
  readonly jitterMs?: number;
  /** Bytes a second. */
  readonly bandwidth?: number;
  /** Pieces of at most so many bytes. */
  readonly sliceBytes?: number;
  /** Nothing gets through and nothing is closed: the peer is there and silent. */
  readonly blackhole?: boolean;
  /** Nothing gets through, and the connection is closed this long after the first byte that should have. */
  readonly timeoutMs?: number;
  /** Closes the connection after so many bytes; they still arrive. */
  readonly limitBytes?: number;
  /** The end of one side reaches the other this much later. */
  readonly slowCloseMs?: number;
}

const LOOK_EVERY_MS = 10;

/**
 * Carries bytes from one socket to another until either ends, in order, harmed as `toxicsNow` says at that moment. At
 * most one piece is held, and no more is read while the receiver does not keep up.
 */
export const carry = (from: Socket, to: Socket, toxicsNow: () => Toxics): void => {
  const gone = new AbortController();
  const open = (): boolean => !gone.signal.aborted;
  const wait = (delayMs: number): Promise<void> => sleep(delayMs, undefined, { signal: gone.signal, ref: false }).catch(() => undefined);
  let carried = 0;
  let work = Promise.resolve();
  let torn = false;

  const send = async (piece: Buffer): Promise<void> => {
    const { limitBytes } = toxicsNow();
    const fits = limitBytes === undefined ? piece : piece.subarray(0, Math.max(0, limitBytes - carried));
    carried += fits.length;
    if (fits.length < piece.length) return void to.end(fits, () => [from, to].forEach((socket) => socket.destroy()));
    if (!to.write(fits)) await drained(to);
  };
  const pass = async (data: Buffer): Promise<void> => {
    for (let start = 0; start < data.length && open();) {
      while (toxicsNow().blackhole === true && open()) await wait(LOOK_EVERY_MS);
      const { latencyMs = 0, jitterMs = 0, bandwidth, sliceBytes, timeoutMs } = toxicsNow();
      if (timeoutMs !== undefined) {
        await wait(timeoutMs);
        return [from, to].forEach((socket) => socket.destroy());
      }
      const piece = data.subarray(start, start + (sliceBytes ?? data.length));
      const delayMs = latencyMs + Math.random() * jitterMs + (bandwidth === undefined ? 0 : (piece.length / bandwidth) * 1000);
      if (delayMs > 0) await wait(delayMs);
      if (!open()) return;
      await send(piece);
      start += piece.length;
      // Without a turn of the event loop the kernel glues the slices together again.
      if (start < data.length) await new Promise((resolve) => setImmediate(resolve));
    }
  };

  const close = async (end: () => void): Promise<void> => {
    await work;
    await wait(toxicsNow().slowCloseMs ?? 0);
    end();
  };

  from.on('data', (data: Buffer) => {
    from.pause();
    work = work.then(() => pass(data)).finally(() => from.resume());
  });
  from.once('error', () => (torn = true));
  from.once('end', () => void close(() => to.end()));
  from.once('close', () => void (torn ? to.resetAndDestroy() : close(() => to.destroy())));
  to.once('close', () => gone.abort());
};

const drained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
