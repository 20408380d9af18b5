import { createServer, request as forward } from 'node:http';
import { connect } from 'node:net';
import { listen } from './test-server';

export interface TestProxy {
  readonly port: number;
  /** What clients asked for: `CONNECT host:port` or `GET http://…`. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** An HTTP proxy that tunnels and forwards. Names ending in `.test` are on this machine. */
export const startConnectProxy = async (credentials?: string): Promise<TestProxy> => {
  const asked: string[] = [];
  const hostFor = (name: string): string => (name.endsWith('.test') ? '127.0.0.1' : name);
  const allowed = (header: string | undefined): boolean => credentials === undefined || header === `Basic ${Buffer.from(credentials).toString('base64')}`;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (!allowed(request.headers['proxy-authorization'])) return void response.writeHead(407).end();
    const url = new URL(request.url ?? '');
    const { 'proxy-authorization': _own, ...headers } = request.headers;
    const onward = forward({ host: hostFor(url.hostname), port: url.port, path: `${url.pathname}${url.search}`, method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on('connect', (request, socket, head) => {
    asked.push(`CONNECT ${request.url}`);
    if (!allowed(request.headers['proxy-authorization'])) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const [host = '', port] = (request.url ?? '').split(':');
    const upstream = connect({ host: hostFor(host), port: Number(port) }, () => {
      socket.write('HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n');
      upstream.write(head);
      upstream.pipe(socket);
      socket.pipe(upstream);
    });
    upstream.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    socket.on('error', () => upstream.destroy());
    socket.on('close', () => upstream.destroy());
  });
  return { asked, ...(await listen(server)) };
};
