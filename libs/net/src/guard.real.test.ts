import { gzipSync } from 'node:zlib';
import type { LookupAddress } from 'node:dns';
import { asAssistantError } from '@assistant/contracts';
import { createGuardedClient, type GuardedRequest, type GuardOptions } from './index';
import { startConnectProxy } from './testing/connect-proxy';
import { startHttp, type TestServer } from './testing/test-server';

let server: TestServer;
const later: (() => Promise<void>)[] = [];

beforeEach(async () => {
  server = await startHttp((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    const to = url.searchParams.get('to');
    if (to !== null) return void response.writeHead(Number(url.searchParams.get('status') ?? 302), { location: to }).end();
    if (url.pathname === '/bomb') return void response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(5_000_000)));
    if (url.pathname === '/gzip') return void response.setHeader('content-encoding', 'gzip').end(gzipSync('unpacked'));
    if (url.pathname === '/slow') return void response.write('never ends');
    response.end(JSON.stringify({ method: request.method, headers: request.headers }));
  });
});
afterEach(async () => {
  await server.close();
  for (const close of later.splice(0)) await close();
});

const address = (text: string): LookupAddress => ({ address: text, family: text.includes(':') ? 6 : 4 });

const failure = async (options: GuardOptions, request: GuardedRequest): Promise<string> => {
  try {
    await createGuardedClient(options).request({ timeoutMs: 3000, ...request });
    return 'reached';
  } catch (error) {
    return asAssistantError(error).code;
  }
};

/** Every port is open here, so that the address alone decides. */
const anyPort = (): GuardOptions => ({ ports: [server.port] });

describe('what must not be reached', () => {
  const literals = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0x7f.0.0.1',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '127.0.0.1.',
    '127.255.255.254',
  ];

  it.each(literals)('does not reach loopback written as %s', async (literal) => {
    expect(await failure(anyPort(), { url: `http://${literal}:${server.port}/` })).toBe('forbidden');
    expect(server.connections()).toBe(0);
  });

  it.each(['localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'metadata.google.internal', 'metadata', 'printer.local', 'redis'])(
    'does not reach the local name %s',
    async (name) => {
      const resolve = async () => [address('127.0.0.1')];
      expect(await failure({ ...anyPort(), resolve }, { url: `http://${name}:${server.port}/` })).toBe('forbidden');
      expect(server.connections()).toBe(0);
    },
  );

  it.each([
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.100.100.200',
    '198.18.0.1',
    '168.63.129.16',
    '224.0.0.1',
    '255.255.255.255',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '[fec0::1]',
    '[ff02::1]',
  ])('does not reach %s', async (literal) => {
    expect(await failure({ ports: [80] }, { url: `http://${literal}/` })).toBe('forbidden');
  });

  it('does not accept user names, IPv6 zones, other schemes or closed ports', async () => {
    expect(await failure(anyPort(), { url: `http://example.com@127.0.0.1:${server.port}/` })).toBe('forbidden');
    expect(await failure(anyPort(), { url: `http://a@127.0.0.1:${server.port}/` })).toBe('forbidden');
    expect(await failure({ allow: ['127.0.0.1'] }, { url: `http://user:pw@127.0.0.1:${server.port}/` })).toBe('forbidden');
    expect(await failure(anyPort(), { url: `http://[fe80::1%25lo]:${server.port}/` })).toBe('bad_request');
    expect(await failure(anyPort(), { url: `http://[::1%25lo]:${server.port}/` })).toBe('bad_request');
    expect(await failure({}, { url: 'file:///etc/passwd' })).toBe('forbidden');
    expect(await failure({}, { url: 'http://example.com:22/' })).toBe('forbidden');
    expect(server.connections()).toBe(0);
  });

  it('does not reach a public name that leads inside, not even with a public address beside it', async () => {
    const url = `http://rebind.example:${server.port}/`;
    expect(await failure({ ...anyPort(), resolve: async () => [address('127.0.0.1')] }, { url })).toBe('forbidden');
    expect(await failure({ ...anyPort(), resolve: async () => [address('93.184.216.34'), address('127.0.0.1')] }, { url })).toBe('forbidden');
    expect(await failure({ ...anyPort(), resolve: async () => [address('::ffff:127.0.0.1')] }, { url })).toBe('forbidden');
    expect(server.connections()).toBe(0);
  });

  it('asks the name server once a connection, so that a second answer changes nothing', async () => {
    let asked = 0;
    const resolve = async () => [address(++asked % 2 === 1 ? '192.0.2.1' : '127.0.0.1')];
    for (let round = 0; round < 20; round++) {
      await failure({ ...anyPort(), resolve, connectTimeoutMs: 20 }, { url: `http://flip.example:${server.port}/` });
    }
    expect(asked).toBe(20);
    expect(server.connections()).toBe(0);
  });

  it('looks at the address that was really connected to', async () => {
    // The first list is what is judged; an address that changes while it is read is what the socket gets.
    let reads = 0;
    const shifty: LookupAddress = {
      get address() {
        return ++reads === 1 ? '93.184.216.34' : '127.0.0.1';
      },
      family: 4,
    };
    expect(await failure({ ...anyPort(), resolve: async () => [shifty] }, { url: `http://shifty.example:${server.port}/` })).toBe('forbidden');
    expect(reads).toBeGreaterThan(1);
    expect(server.requests).toHaveLength(0);
  });

  it('follows no redirect to a place that must not be reached', async () => {
    const inside = await startHttp((_request, response) => response.end('inside'));
    later.push(() => inside.close());
    const options = { allow: [`127.0.0.1:${server.port}`], ports: [80, inside.port] };
    for (const target of [
      `http://127.0.0.1:${inside.port}/`,
      `http://localhost:${inside.port}/`,
      `http://[::1]:${inside.port}/`,
      `//0x7f.1:${inside.port}/`,
      'http://169.254.169.254/latest/meta-data/',
      'file:///etc/passwd',
      `http://a@127.0.0.1:${inside.port}/`,
    ]) {
      for (const status of [301, 302, 303, 307, 308]) {
        expect(await failure(options, { url: `http://127.0.0.1:${server.port}/?status=${status}&to=${encodeURIComponent(target)}` })).toBe('forbidden');
      }
    }
    expect(inside.connections()).toBe(0);
  });
});

describe('what may be reached', () => {
  const allowed = (): GuardOptions => ({ allow: [`127.0.0.1:${server.port}`] });
  const base = (): string => `http://127.0.0.1:${server.port}`;

  it.each(['127.0.0.1', '127.0.0.0/8', '::ffff:127.0.0.1'])('reaches what the allow list names as %s', async (rule) => {
    expect(await failure({ allow: [rule] }, { url: base() })).toBe('reached');
  });

  it('reaches an allowed name that leads to a private address', async () => {
    const options = { allow: [`wiki.internal:${server.port}`], resolve: async () => [address('127.0.0.1')] };
    expect(await failure(options, { url: `http://wiki.internal:${server.port}/` })).toBe('reached');
    expect(await failure(options, { url: `http://other.internal:${server.port}/` })).toBe('forbidden');
  });

  it('reaches an allowed range through a public name', async () => {
    const options = { ...anyPort(), allow: ['127.0.0.0/8'], resolve: async () => [address('127.0.0.1')] };
    expect(await failure(options, { url: `http://intranet.example:${server.port}/` })).toBe('reached');
  });

  it('keeps keys and cookies from another origin after a redirect, and with the same one', async () => {
    const other = await startHttp((request, response) => response.end(JSON.stringify(request.headers)));
    later.push(() => other.close());
    const client = createGuardedClient({ allow: ['127.0.0.1'] });
    const headers = { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Api-Key': 'k', 'User-Agent': 'test' };
    const away = await client.request({ url: `${base()}/?to=${encodeURIComponent(`http://127.0.0.1:${other.port}/`)}`, headers });
    expect(JSON.parse(away.body.toString())).toEqual({
      host: `127.0.0.1:${other.port}`,
      connection: 'keep-alive',
      'accept-encoding': 'gzip, deflate, br',
      'user-agent': 'test',
    });
    const home = await client.request({ url: `${base()}/?to=/again`, headers });
    expect(JSON.parse(home.body.toString())).toMatchObject({ headers: { authorization: 'Bearer x', cookie: 'a=b', 'x-api-key': 'k' } });
    expect(home.url).toBe(`${base()}/again`);
  });

  it('turns a redirected POST into a GET as browsers do, and keeps it for 307', async () => {
    const client = createGuardedClient(allowed());
    const post = { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } } as const;
    const method = async (status: number): Promise<unknown> =>
      JSON.parse((await client.request({ ...post, url: `${base()}/?status=${status}&to=/next` })).body.toString());
    expect(await method(302)).toMatchObject({ method: 'GET' });
    expect(await method(303)).toMatchObject({ method: 'GET' });
    expect(await method(307)).toMatchObject({ method: 'POST', headers: { 'content-type': 'text/plain' } });
  });

  it('stops at too many redirects, too many bytes and too much time', async () => {
    expect(await failure(allowed(), { url: `${base()}/?to=${encodeURIComponent('/?to=/?to=/')}`, maxRedirects: 0 })).toBe('reached');
    const endless = await startHttp((_request, response) => response.writeHead(302, { location: '/' }).end());
    later.push(() => endless.close());
    expect(await failure({ allow: ['127.0.0.1'] }, { url: `http://127.0.0.1:${endless.port}/` })).toBe('upstream_error');
    expect(endless.requests).toHaveLength(6);
    expect(await failure(allowed(), { url: base(), maxBytes: 10 })).toBe('payload_too_large');
    expect(await failure(allowed(), { url: `${base()}/bomb`, maxBytes: 1_000_000 })).toBe('payload_too_large');
    expect(await failure(allowed(), { url: `${base()}/slow`, timeoutMs: 100 })).toBe('timeout_total');
    expect((await createGuardedClient(allowed()).request({ url: `${base()}/gzip` })).body.toString()).toBe('unpacked');
  });
});

describe('behind a proxy', () => {
  it('hands names to the proxy unresolved, and still refuses what can be judged by its name', async () => {
    const proxy = await startConnectProxy();
    later.push(() => proxy.close());
    const resolve = async () => {
      throw new Error('nothing may be resolved here');
    };
    const options: GuardOptions = { ...anyPort(), proxy: { http: `http://127.0.0.1:${proxy.port}` }, resolve };
    expect(await failure(options, { url: `http://public.test:${server.port}/` })).toBe('reached');
    expect(proxy.asked).toEqual([`CONNECT public.test:${server.port}`]);
    for (const host of ['127.0.0.1', '[::ffff:7f00:1]', 'localhost', 'db.internal', '10.1.2.3']) {
      expect(await failure(options, { url: `http://${host}:${server.port}/` })).toBe('forbidden');
    }
    expect(proxy.asked).toHaveLength(1);
  });
});
