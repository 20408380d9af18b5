import { connect } from 'node:net';
import { once } from 'node:events';
import { Visitor } from './testing/client';
import { startWebServer, type WebServer } from './testing/web-server';

describe('bad input', () => {
  let server: WebServer;
  let visitor: Visitor;
  let path: string;

  beforeAll(async () => {
    server = await startWebServer();
    visitor = new Visitor(server.url);
    path = `/conversations/${await visitor.createConversation()}/messages`;
  });
  afterAll(() => server.close());

  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    visitor.fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

  it.each([
    ['broken JSON', '{"id":', 400, 'bad_request'],
    ['JSON of 100,000 levels', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400, 'bad_request'],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400, 'bad_request'],
    ['a message without content', '{"id":"a","text":"   "}', 400, 'bad_request'],
    ['an id that could not stand in a log', '{"id":"a b\\n","text":"x"}', 400, 'bad_request'],
    ['an attachment nobody uploaded', '{"id":"a","text":"x","attachments":[{"ref":"blob:other"}]}', 400, 'bad_request'],
    ['a declared length above the limit', JSON.stringify({ id: 'a', text: 'x'.repeat(300_000) }), 413, 'payload_too_large'],
  ])('refuses %s and publishes nothing', async (_what, body, status, code) => {
    const before = await server.bus.spine.lastSequence('IN');
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
    expect(await server.bus.spine.lastSequence('IN')).toBe(before);
  });

  it('refuses every other content type and compressed bodies', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      expect((await post('{"id":"a","text":"x"}', { 'content-type': type })).status).toBe(415);
    }
    expect((await post('{"id":"a","text":"x"}', { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it('refuses writes of a page of another site', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }]) {
      const response = await post('{"id":"a","text":"x"}', headers);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ error: { code: 'forbidden' } });
    }
    expect((await post('{"id":"own","text":"x"}', { origin: server.url })).status).toBe(202);
  });

  it('answers unknown paths with JSON', async () => {
    for (const unknown of ['/nothing', '/conversations/x/y/z', '/conversations/%zz/messages']) {
      const response = await visitor.fetch(unknown);
      expect([400, 404]).toContain(response.status);
      expect(await response.json()).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
    }
  });

  it('refuses an endless chunked body after the limit, while it is still being sent, with flat memory', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    let answer = '';
    let sent = 0;
    const answered = new Promise<void>((resolve) => {
      socket.on('data', (data) => {
        answer += data.toString();
        if (answer.includes('\r\n\r\n')) resolve();
      });
    });
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const heapBefore = process.memoryUsage().rss;
    socket.write('POST /api/chat HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000, 0x20), Buffer.from('\r\n')]);
    const pump = (): void => {
      while (!socket.destroyed && sent < 1024 ** 3) {
        sent += chunk.length;
        if (!socket.write(chunk)) {
          socket.once('drain', pump);
          return;
        }
      }
    };
    pump();
    await answered;
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    await closed;
    expect(sent).toBeLessThan(200 * 1024 ** 2);
    expect(process.memoryUsage().rss - heapBefore).toBeLessThan(150 * 1024 ** 2);
  });

  it('lets a caller that sends first and reads afterwards see the refusal', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.pause();
    const write = (data: string | Buffer): Promise<void> =>
      new Promise((resolve, reject) => socket.write(data, (error) => (error instanceof Error ? reject(error) : resolve())));
    await write('POST /api/chat HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000, 0x20), Buffer.from('\r\n')]);
    for (let sent = 0; sent < 100; sent++) await write(chunk);
    await write('0\r\n\r\n');
    let answer = '';
    for await (const data of socket) {
      answer += String(data);
      if (answer.includes('payload_too_large')) break;
    }
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('keeps answering after a caller that hangs up in the middle of its body', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write('POST /api/chat HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"text"');
    socket.destroy();
    await once(socket, 'close');
    expect((await visitor.fetch('/conversations')).status).toBe(200);
  });
});

describe('the switch platforms.web.enabled', () => {
  it('turns every path off', async () => {
    const server = await startWebServer({ settings: { enabled: false } });
    try {
      expect((await new Visitor(server.url).fetch('/conversations')).status).toBe(404);
    } finally {
      await server.close();
    }
  });
});
