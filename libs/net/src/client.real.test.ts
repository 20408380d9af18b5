import { createServer } from 'node:net';
import { createHttpClient, networkError, readBody, type HttpClientOptions, type HttpRequest } from './index';
import { TEST_CERTIFICATE } from './testing/certificate';
import { startConnectProxy } from './testing/connect-proxy';
import { startSocks } from './testing/socks-server';
import { listen, startHttp } from './testing/test-server';

const opened: (() => Promise<void>)[] = [];
const keep = <T extends { close(): Promise<void> }>(value: T): T => {
  opened.push(() => value.close());
  return value;
};
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const clientOf = (options: HttpClientOptions = {}) => keep(createHttpClient(options));
const echo = async (secure = false) => keep(await startHttp((request, response) => request.pipe(response.setHeader('x-path', request.url ?? '')), secure));

const fetchText = async (options: HttpClientOptions, request: HttpRequest) => {
  const response = await clientOf(options).request(request);
  const body = await readBody(response.body, { maxBytes: 1_000_000, subject: 'test' });
  return { status: response.status, headers: response.headers, text: body.toString() };
};

const failure = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    return networkError(error, { subject: 'test' }).code;
  }
  return 'no failure';
};

describe('requests', () => {
  it('carries method, path, headers and body, and gives the status and bytes back', async () => {
    const server = await echo();
    const answer = await fetchText({}, { method: 'POST', url: `http://127.0.0.1:${server.port}/a/b?c=1`, headers: { 'x-one': '1' }, body: 'hello 世界' });
    expect(answer).toMatchObject({ status: 200, text: 'hello 世界', headers: { 'x-path': '/a/b?c=1' } });
    expect(server.requests[0]?.headers['x-one']).toBe('1');
  });

  it('keeps its connections for requests one after the other', async () => {
    const server = await echo();
    const client = clientOf();
    for (let index = 0; index < 20; index++) {
      const response = await client.request({ method: 'POST', url: `http://127.0.0.1:${server.port}/`, body: 'x' });
      await readBody(response.body, { maxBytes: 10, subject: 'test' });
    }
    expect(server.requests).toHaveLength(20);
    // The next request may start an instant before the connection of the last one is free.
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  it('opens no more connections than it may', async () => {
    const server = await echo();
    const client = clientOf({ maxConnections: 3 });
    await Promise.all(
      Array.from({ length: 30 }, async () =>
        readBody((await client.request({ method: 'POST', url: `http://127.0.0.1:${server.port}/`, body: 'x' })).body, { maxBytes: 10, subject: 'test' }),
      ),
    );
    expect(server.requests).toHaveLength(30);
    expect(server.connections()).toBeLessThanOrEqual(3);
  });

  it('refuses a body that is larger than allowed, announced or not', async () => {
    const server = keep(
      await startHttp((request, response) =>
        request.url === '/announced' ? response.end(Buffer.alloc(5000)) : (response.write(Buffer.alloc(3000)), response.end(Buffer.alloc(2000))),
      ),
    );
    const url = `http://127.0.0.1:${server.port}`;
    expect(await failure(clientOf().request({ method: 'GET', url: `${url}/announced`, maxBytes: 4999 }))).toBe('payload_too_large');
    const { body } = await clientOf().request({ method: 'GET', url: `${url}/chunked` });
    expect(await failure(readBody(body, { maxBytes: 4999, subject: 'test' }))).toBe('payload_too_large');
  });

  it('speaks TLS with a certificate authority of its own, and resolves through its cache', async () => {
    const server = await echo(true);
    const answer = await fetchText(
      { ca: TEST_CERTIFICATE, dnsCache: { enabled: true, maxTtlMs: 1000 } },
      { method: 'POST', url: `https://localhost:${server.port}/tls`, body: 'x' },
    );
    expect(answer).toMatchObject({ status: 200, headers: { 'x-path': '/tls' } });
  });
});

describe('failures', () => {
  const closedPort = async (): Promise<number> => {
    const server = await listen(createServer());
    await server.close();
    return server.port;
  };

  it('names a host without an address', async () => {
    expect(await failure(clientOf().request({ method: 'GET', url: 'http://nothing-here.invalid/' }))).toBe('upstream_dns');
  });

  it('names a refused connection, also of a host with several addresses', async () => {
    const port = await closedPort();
    expect(await failure(clientOf().request({ method: 'GET', url: `http://127.0.0.1:${port}/` }))).toBe('upstream_connect_refused');
    expect(await failure(clientOf().request({ method: 'GET', url: `http://localhost:${port}/` }))).toBe('upstream_connect_refused');
  });

  it('names a certificate that cannot be trusted, and a server without TLS', async () => {
    const secure = await echo(true);
    const plain = await echo();
    expect(await failure(clientOf().request({ method: 'GET', url: `https://127.0.0.1:${secure.port}/` }))).toBe('upstream_tls');
    expect(await failure(clientOf().request({ method: 'GET', url: `https://127.0.0.1:${plain.port}/` }))).toBe('upstream_tls');
  });

  it('names a connection that is closed before or inside the answer', async () => {
    const server = keep(
      await startHttp((request, response) => {
        if (request.url === '/at-once') return void request.socket.destroy();
        response.writeHead(200, { 'content-length': '100' }).write('half');
        request.socket.end();
      }),
    );
    const url = `http://127.0.0.1:${server.port}`;
    expect(await failure(clientOf().request({ method: 'GET', url: `${url}/at-once` }))).toBe('upstream_reset');
    const { body } = await clientOf().request({ method: 'GET', url: `${url}/inside` });
    expect(await failure(readBody(body, { maxBytes: 1000, subject: 'test' }))).toBe('upstream_reset');
  });

  it('names a server that sends no status, and one that stops in the middle', async () => {
    const server = keep(await startHttp((request, response) => (request.url === '/stall' ? response.write('some') : undefined)));
    const url = `http://127.0.0.1:${server.port}`;
    expect(await failure(clientOf().request({ method: 'GET', url: `${url}/silent`, headersTimeoutMs: 100 }))).toBe('timeout_headers');
    const { body } = await clientOf().request({ method: 'GET', url: `${url}/stall`, bodyTimeoutMs: 100 });
    expect(await failure(readBody(body, { maxBytes: 1000, subject: 'test' }))).toBe('timeout_idle');
  });

  it('names a server that does not speak HTTP', async () => {
    const server = keep(await listen(createServer((socket) => void socket.end('SSH-2.0-OpenSSH\r\n'))));
    expect(await failure(clientOf().request({ method: 'GET', url: `http://127.0.0.1:${server.port}/` }))).toBe('upstream_error');
  });

  it('tells an abort by the caller from a time limit, before and inside the answer, and closes the connection', async () => {
    let gone: () => void = () => undefined;
    const left = new Promise<void>((resolve) => (gone = resolve));
    const server = keep(
      await startHttp((request, response) => {
        request.socket.on('close', gone);
        if (request.url === '/stream') response.write('begun');
      }),
    );
    const url = `http://127.0.0.1:${server.port}`;
    expect(await failure(clientOf().request({ method: 'GET', url, signal: AbortSignal.timeout(50) }))).toBe('timeout_total');
    const controller = new AbortController();
    const { body } = await clientOf().request({ method: 'GET', url: `${url}/stream`, signal: controller.signal });
    body.once('data', () => controller.abort());
    expect(await failure(readBody(body, { maxBytes: 1000, subject: 'test', signal: controller.signal }))).toBe('client_closed');
    await left;
  });

  it('refuses what is no HTTP URL', async () => {
    expect(await failure(clientOf().request({ method: 'GET', url: 'nonsense' }))).toBe('config_invalid');
    expect(await failure(clientOf().request({ method: 'GET', url: 'ftp://example.com/' }))).toBe('config_invalid');
  });
});

describe('proxies', () => {
  it('tunnels https through an HTTP proxy by name, with credentials', async () => {
    const server = await echo(true);
    const proxy = keep(await startConnectProxy('user:p@ss'));
    const settings = { https: `http://user:p%40ss@127.0.0.1:${proxy.port}` };
    const answer = await fetchText({ proxy: settings, ca: TEST_CERTIFICATE }, { method: 'POST', url: `https://secure.test:${server.port}/x`, body: 'through' });
    expect(answer).toMatchObject({ status: 200, text: 'through' });
    expect(proxy.asked).toEqual([`CONNECT secure.test:${server.port}`]);
  });

  it('forwards http through an HTTP proxy by its whole URL', async () => {
    const server = await echo();
    const proxy = keep(await startConnectProxy('user:secret'));
    const answer = await fetchText(
      { proxy: { http: `http://user:secret@127.0.0.1:${proxy.port}` } },
      { method: 'POST', url: `http://plain.test:${server.port}/x?y=1`, body: 'through' },
    );
    expect(answer).toMatchObject({ status: 200, text: 'through', headers: { 'x-path': '/x?y=1' } });
    expect(proxy.asked).toEqual([`POST http://plain.test:${server.port}/x?y=1`]);
    expect(server.requests[0]?.headers).toMatchObject({ host: `plain.test:${server.port}` });
    expect(server.requests[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  it('goes through SOCKS5 by name, with and without credentials, for http and https', async () => {
    const plain = await echo();
    const secure = await echo(true);
    const open = keep(await startSocks());
    const locked = keep(await startSocks({ user: 'user', password: 'p:w' }));
    const first = await fetchText(
      { proxy: { http: `socks5://127.0.0.1:${open.port}` } },
      { method: 'POST', url: `http://plain.test:${plain.port}/`, body: 'one' },
    );
    const second = await fetchText(
      { proxy: { https: `socks5://user:p%3Aw@127.0.0.1:${locked.port}` }, ca: TEST_CERTIFICATE },
      { method: 'POST', url: `https://secure.test:${secure.port}/`, body: 'two' },
    );
    expect([first.text, second.text]).toEqual(['one', 'two']);
    expect([...open.asked, ...locked.asked]).toEqual([`CONNECT plain.test:${plain.port}`, `CONNECT secure.test:${secure.port}`]);
  });

  it('carries a stream and an abort through the tunnel', async () => {
    let gone: () => void = () => undefined;
    const left = new Promise<void>((resolve) => (gone = resolve));
    const server = keep(
      await startHttp((request, response) => {
        request.socket.on('close', gone);
        response.write('first');
      }, true),
    );
    const proxy = keep(await startConnectProxy());
    const controller = new AbortController();
    const { body } = await clientOf({ proxy: { https: `http://127.0.0.1:${proxy.port}` }, ca: TEST_CERTIFICATE }).request({
      method: 'GET',
      url: `https://secure.test:${server.port}/`,
      signal: controller.signal,
    });
    const first = await new Promise<string>((resolve) => body.once('data', (chunk: Buffer) => resolve(chunk.toString())));
    body.on('error', () => undefined);
    controller.abort();
    await left;
    expect(first).toBe('first');
  });

  it('names every failure of the proxy as one of the proxy', async () => {
    const locked = keep(await startConnectProxy('user:right'));
    const socks = keep(await startSocks({ user: 'a', password: 'b' }));
    const silent = keep(await listen(createServer(() => undefined)));
    const babble = keep(await listen(createServer((socket) => void socket.write('220 mail\r\n\r\n'))));
    const closed = await listen(createServer());
    await closed.close();
    const through = (https: string) =>
      failure(clientOf({ proxy: { https, http: https }, connectTimeoutMs: 300 }).request({ method: 'GET', url: 'https://secure.test:1/' }));
    expect(await through(`http://user:wrong@127.0.0.1:${locked.port}`)).toBe('upstream_proxy');
    expect(await through(`http://user:right@127.0.0.1:${locked.port}`)).toBe('upstream_proxy');
    expect(await through(`socks5://a:wrong@127.0.0.1:${socks.port}`)).toBe('upstream_proxy');
    expect(await through(`socks5://127.0.0.1:${socks.port}`)).toBe('upstream_proxy');
    expect(await through(`socks5://a:b@127.0.0.1:${socks.port}`)).toBe('upstream_proxy');
    expect(await through(`http://127.0.0.1:${silent.port}`)).toBe('upstream_proxy');
    expect(await through(`socks5://127.0.0.1:${silent.port}`)).toBe('upstream_proxy');
    expect(await through(`http://127.0.0.1:${babble.port}`)).toBe('upstream_proxy');
    expect(await through(`socks5://127.0.0.1:${babble.port}`)).toBe('upstream_proxy');
    expect(await through(`http://127.0.0.1:${closed.port}`)).toBe('upstream_proxy');
    const plain = (http: string) => failure(clientOf({ proxy: { http } }).request({ method: 'GET', url: 'http://plain.test/' }));
    expect(await plain(`http://127.0.0.1:${closed.port}`)).toBe('upstream_proxy');
    expect(await plain(`http://user:wrong@127.0.0.1:${locked.port}`)).toBe('upstream_proxy');
  });

  it("does not blame the proxy for the target's certificate", async () => {
    const server = await echo(true);
    const proxy = keep(await startConnectProxy());
    expect(
      await failure(clientOf({ proxy: { https: `http://127.0.0.1:${proxy.port}` } }).request({ method: 'GET', url: `https://secure.test:${server.port}/` })),
    ).toBe('upstream_tls');
  });

  it('reaches loopback and excepted hosts without the proxy, unless it is told otherwise', async () => {
    const server = await echo();
    const proxy = keep(await startConnectProxy());
    const http = `http://127.0.0.1:${proxy.port}`;
    const url = `http://127.0.0.1:${server.port}/`;
    await fetchText({ proxy: { http } }, { method: 'POST', url, body: 'x' });
    await fetchText({ proxy: { http, noProxy: '127.0.0.0/8', proxyPrivate: true } }, { method: 'POST', url, body: 'x' });
    expect(proxy.asked).toEqual([]);
    await fetchText({ proxy: { http, proxyPrivate: true } }, { method: 'POST', url, body: 'x' });
    expect(proxy.asked).toEqual([`POST ${url}`]);
  });
});
