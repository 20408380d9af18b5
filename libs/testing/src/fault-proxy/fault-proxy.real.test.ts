import { connect, createServer, type Server, type Socket } from 'node:net';
import { startFaultProxy, type FaultProxy } from './fault-proxy';

describe('the fault proxy before an echo server', () => {
  let echo: Server;
  let proxy: FaultProxy;

  beforeAll(async () => {
    echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    const address = echo.address();
    proxy = await startFaultProxy({ port: typeof address === 'object' && address !== null ? address.port : 0 });
  });
  afterEach(() => proxy.set({}));
  afterAll(async () => {
    await proxy.close();
    echo.close();
  });

  const open = (): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connect(proxy.port, '127.0.0.1', () => resolve(socket));
      socket.once('error', reject);
    });
  const say = async (socket: Socket, text: string): Promise<readonly string[]> => {
    const pieces: string[] = [];
    const whole = new Promise<void>((resolve) => {
      socket.on('data', (data) => {
        pieces.push(data.toString());
        if (pieces.join('').length >= text.length) resolve();
      });
      socket.once('close', () => resolve());
    });
    socket.write(text);
    await whole;
    return pieces;
  };

  test('without toxics bytes pass as they are', async () => {
    const socket = await open();
    expect((await say(socket, 'hello')).join('')).toBe('hello');
    socket.destroy();
  });

  test('latency holds bytes back and slices cut them, in order', async () => {
    proxy.set({ latencyMs: 30, sliceBytes: 2 });
    const socket = await open();
    const before = performance.now();
    const pieces = await say(socket, 'abcdef');
    expect(pieces.join('')).toBe('abcdef');
    expect(pieces.length).toBeGreaterThan(1);
    expect(performance.now() - before).toBeGreaterThanOrEqual(59);
    socket.destroy();
  });

  test('a black hole lets nothing through until it is gone', async () => {
    const socket = await open();
    proxy.set({ blackhole: true });
    let arrived = false;
    const said = say(socket, 'late').then((pieces) => {
      arrived = true;
      return pieces;
    });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(arrived).toBe(false);
    proxy.set({});
    expect((await said).join('')).toBe('late');
    socket.destroy();
  });

  test('a limit lets so many bytes through and then ends the connection', async () => {
    proxy.set({ toward: 'client', limitBytes: 3 });
    expect((await say(await open(), 'abcdef')).join('')).toBe('abc');
  });

  test('only one direction may be harmed', async () => {
    proxy.set({ toward: 'client', blackhole: true });
    const seen = new Promise<string>((resolve) => echo.once('connection', (peer) => peer.once('data', (data: Buffer) => resolve(data.toString()))));
    const socket = await open();
    socket.write('heard');
    expect(await seen).toBe('heard');
    expect(socket.bytesRead).toBe(0);
    socket.destroy();
  });

  test('a timeout lets nothing through and then closes', async () => {
    proxy.set({ timeoutMs: 40 });
    expect(await say(await open(), 'lost')).toEqual([]);
  });

  test('bandwidth spreads bytes over time', async () => {
    proxy.set({ bandwidth: 1000, toward: 'server', sliceBytes: 10 });
    const before = performance.now();
    expect((await say(await open(), 'x'.repeat(100))).join('')).toHaveLength(100);
    expect(performance.now() - before).toBeGreaterThanOrEqual(99);
  });

  test('a slow close reaches the other side later', async () => {
    proxy.set({ slowCloseMs: 80 });
    const peer = new Promise<Socket>((resolve) => echo.once('connection', resolve));
    const socket = await open();
    socket.write('x');
    const ended = new Promise<number>((resolve) => void peer.then((one) => one.once('end', () => resolve(performance.now()))));
    await peer;
    const before = performance.now();
    socket.end();
    expect((await ended) - before).toBeGreaterThanOrEqual(79);
  });

  test('an answer comes after the caller has ended its half', async () => {
    const late = createServer({ allowHalfOpen: true }, (socket) => {
      socket.resume();
      socket.once('end', () => setTimeout(() => socket.end('answer'), 20));
    });
    await new Promise<void>((resolve) => late.listen(0, '127.0.0.1', resolve));
    const address = late.address();
    const between = await startFaultProxy({ port: typeof address === 'object' && address !== null ? address.port : 0 });
    const socket = connect({ port: between.port, host: '127.0.0.1', allowHalfOpen: true });
    const answer = new Promise<string>((resolve) => socket.once('data', (data: Buffer) => resolve(data.toString())));
    socket.end('question');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    expect(await answer).toBe('answer');
    await closed;
    await between.close();
    late.close();
  });

  test('a receiver that does not read stops the sender: nothing piles up in the proxy', async () => {
    const deaf = createServer((socket) => socket.pause().on('error', () => undefined));
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    const address = deaf.address();
    const between = await startFaultProxy({ port: typeof address === 'object' && address !== null ? address.port : 0 });
    const socket = connect(between.port, '127.0.0.1').on('error', () => undefined);
    const block = Buffer.alloc(1 << 20);
    let written = 0;
    let stuck = false;
    // The kernel's own buffers on the way take a few mebibytes; a proxy that reads on would take everything.
    for (; written < 64 && !stuck; written++) {
      const flowing = new Promise<boolean>((resolve) => socket.write(block, () => resolve(true)));
      stuck = !(await Promise.race([flowing, new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 500))]));
    }
    expect(stuck).toBe(true);
    socket.destroy();
    await between.close();
    deaf.close();
  });

  test('a reset tears both sides, down refuses new ones, up takes them again', async () => {
    const socket = await open();
    const torn = new Promise<Error>((resolve) => socket.once('error', resolve));
    proxy.reset();
    expect(await torn).toMatchObject({ code: 'ECONNRESET' });
    await proxy.down();
    await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.up();
    expect((await say(await open(), 'back')).join('')).toBe('back');
  });

  test('a reset by the server reaches the client as a reset', async () => {
    const peer = new Promise<Socket>((resolve) => echo.once('connection', resolve));
    const socket = await open();
    const torn = new Promise<Error>((resolve) => socket.once('error', resolve));
    (await peer).resetAndDestroy();
    expect(await torn).toMatchObject({ code: 'ECONNRESET' });
  });
});
