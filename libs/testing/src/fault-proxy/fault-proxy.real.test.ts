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

  test('a limit ends the connection, a reset tears it, down refuses new ones', async () => {
    proxy.set({ limitBytes: 3 });
    expect((await say(await open(), 'abcdef')).join('').length).toBeLessThan(6);
    proxy.set({});
    const socket = await open();
    const torn = new Promise<Error>((resolve) => socket.once('error', resolve));
    proxy.reset();
    expect(await torn).toMatchObject({ code: 'ECONNRESET' });
    await proxy.down();
    await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.up();
    expect((await say(await open(), 'back')).join('')).toBe('back');
  });
});
