import { connect, createServer, type Socket } from 'node:net';
import type { TestProxy } from './connect-proxy';
import { listen } from './test-server';

/** A SOCKS5 server (CONNECT only), with user and password if given. Names ending in `.test` are on this machine. */
export const startSocks = async (credentials?: { readonly user: string; readonly password: string }): Promise<TestProxy> => {
  const asked: string[] = [];
  const server = createServer((socket) => {
    void serve(socket, asked, credentials).catch(() => socket.destroy());
  });
  return { asked, ...(await listen(server)) };
};

const take = async (socket: Socket, length: number): Promise<Buffer> => {
  for (;;) {
    const bytes: unknown = socket.read(length);
    if (Buffer.isBuffer(bytes)) return bytes;
    if (socket.destroyed) throw new Error('closed');
    await new Promise<void>((resolve) => {
      socket.once('readable', resolve);
      socket.once('close', resolve);
    });
  }
};

const serve = async (socket: Socket, asked: string[], credentials: { readonly user: string; readonly password: string } | undefined): Promise<void> => {
  const [, count = 0] = await take(socket, 2);
  const methods = await take(socket, count);
  const method = credentials === undefined ? 0 : 2;
  if (!methods.includes(method)) return void socket.end(Buffer.from([5, 0xff]));
  socket.write(Buffer.from([5, method]));
  if (credentials !== undefined) {
    const [, userLength = 0] = await take(socket, 2);
    const user = (await take(socket, userLength)).toString();
    const [passwordLength = 0] = await take(socket, 1);
    const password = (await take(socket, passwordLength)).toString();
    const right = user === credentials.user && password === credentials.password;
    socket.write(Buffer.from([1, right ? 0 : 1]));
    if (!right) return void socket.end();
  }
  const [, , , type = 0] = await take(socket, 4);
  const host = await readHost(socket, type);
  const port = (await take(socket, 2)).readUInt16BE();
  asked.push(`CONNECT ${host}:${port}`);
  const upstream = connect({ host: host.endsWith('.test') ? '127.0.0.1' : host, port }, () => {
    // The bound address comes as a name: clients must not assume four bytes.
    socket.write(Buffer.concat([Buffer.from([5, 0, 0, 3, 4]), Buffer.from('test'), Buffer.from([0, 0])]));
    upstream.pipe(socket);
    socket.pipe(upstream);
  });
  upstream.on('error', () => socket.end(Buffer.from([5, 5, 0, 1, 0, 0, 0, 0, 0, 0])));
  socket.on('close', () => upstream.destroy());
};

const readHost = async (socket: Socket, type: number): Promise<string> => {
  if (type === 1) return [...(await take(socket, 4))].join('.');
  const [length = 0] = await take(socket, 1);
  return (await take(socket, length)).toString();
};
