import { connect, createServer, type Server, type Socket } from 'node:net';
import { carry, type Toxics } from './carry';

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
  const toward = (side: 'client' | 'server') => (): Toxics => (toxics.toward === undefined || toxics.toward === side ? toxics : {});

  const accept = (client: Socket): void => {
    // One side may end its half and still wait for the answer.
    const upstream = connect({ port: target.port, host: target.host ?? '127.0.0.1', allowHalfOpen: true });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => sockets.delete(socket));
      // `carry` passes it on; a socket without a listener would end the process.
      socket.on('error', () => undefined);
    }
    carry(client, upstream, toward('server'));
    carry(upstream, client, toward('client'));
  };

  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      if (server !== undefined) return resolve();
      const next = createServer({ allowHalfOpen: true }, accept);
      server = next;
      next.once('error', (error) => {
        server = undefined;
        reject(error);
      });
      next.listen(port, '127.0.0.1', () => {
        const address = next.address();
        port = typeof address === 'object' && address !== null ? address.port : 0;
        resolve();
      });
    });
  const reset = (): void => sockets.forEach((socket) => socket.resetAndDestroy());
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      const last = server;
      server = undefined;
      if (last === undefined) return resolve();
      last.close(() => resolve());
      reset();
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
