import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server as TcpServer, Socket } from 'node:net';
import { TEST_CERTIFICATE, TEST_KEY } from './certificate';

export interface TestServer {
  readonly port: number;
  /** Every request that arrived. */
  readonly requests: IncomingMessage[];
  /** Every connection that was ever accepted. */
  readonly connections: () => number;
  close(): Promise<void>;
}

export const portOf = (server: TcpServer): number => {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** Listens on a free port of an address, loopback unless told; counts and ends connections on close. */
export const listen = async (
  server: TcpServer,
  host = '127.0.0.1',
): Promise<{ readonly port: number; readonly connections: () => number; close(): Promise<void> }> => {
  const sockets = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    count += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    port: portOf(server),
    connections: () => count,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
};

export const startHttp = async (handler: RequestListener, secure = false, host?: string): Promise<TestServer> => {
  const requests: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    handler(request, response);
  };
  const server = secure ? createTlsServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }, listener) : createServer(listener);
  return { requests, ...(await listen(server, host)) };
};
