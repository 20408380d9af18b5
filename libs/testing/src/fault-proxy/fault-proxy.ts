import { connect, createServer, type Server, type Socket } from 'node:net';

/** What the proxy does to the bytes of every connection, both ways. Changeable while it runs. */
export interface Toxics {
  /** Each piece waits this long, and up to `jitterMs` longer. */
  readonly latencyMs?: number;
  readonly jitterMs?: number;
  /** Bytes a second. */
  readonly bandwidth?: number;
  /** Pieces of at most so many bytes. */
  readonly sliceBytes?: number;
  /** Nothing gets through and nothing is closed: the peer is there and silent. */
  readonly blackhole?: boolean;
  /** Closes the connection after so many bytes. */
  readonly limitBytes?: number;
}

export interface FaultProxy {
  readonly port: number;
  /** Replaces the toxics of running and new connections. */
  set(toxics: Toxics): void;
  /** Tears every connection with a reset. */
  reset(): void;
  /** Refuses connections and tears running ones, until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** A TCP proxy on loopback that makes the network bad. */
export const startFaultProxy = async (target: { readonly host?: string; readonly port: number }): Promise<FaultProxy> => {
  let toxics: Toxics = {};
  let server: Server | undefined;
  let port = 0;
  const sockets = new Set<Socket>();

  const accept = (client: Socket): void => {
    const upstream = connect(target.port, target.host ?? '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => sockets.delete(socket));
      // The other side learns of it by its own close below.
      socket.on('error', () => undefined);
    }
    carry(client, upstream);
    carry(upstream, client);
  };

  const carry = (from: Socket, to: Socket): void => {
    let carried = 0;
    let queue = Promise.resolve();
    from.on('data', (data) => {
      from.pause();
      queue = queue.then(() => pass(data)).finally(() => from.resume());
    });
    from.once('close', () => void queue.finally(() => to.destroy()));
    from.once('end', () => void queue.finally(() => to.end()));
    const pass = async (data: Buffer): Promise<void> => {
      const step = toxics.sliceBytes ?? data.length;
      for (let start = 0; start < data.length && !to.destroyed; start += step) {
        const piece = data.subarray(start, start + step);
        while (toxics.blackhole === true && !to.destroyed) await wait(20);
        const { latencyMs = 0, jitterMs = 0, bandwidth, limitBytes } = toxics;
        const delayMs = latencyMs + Math.random() * jitterMs + (bandwidth === undefined ? 0 : (piece.length / bandwidth) * 1000);
        if (delayMs > 0) await wait(delayMs);
        carried += piece.length;
        if (limitBytes !== undefined && carried > limitBytes) return void to.destroy();
        to.write(piece);
        if (step < data.length) await wait(0);
      }
    };
  };

  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server = createServer(accept);
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server?.address();
        port = typeof address === 'object' && address !== null ? address.port : 0;
        resolve();
      });
    });
  const reset = (): void => sockets.forEach((socket) => socket.resetAndDestroy());
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      reset();
      if (server === undefined) return resolve();
      server.close(() => resolve());
      server = undefined;
    });

  await listen();
  return {
    get port() {
      return port;
    },
    set: (next) => {
      toxics = next;
    },
    reset,
    down: stop,
    up: listen,
    close: stop,
  };
};

const wait = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));
