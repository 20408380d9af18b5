import { createServer, request as httpRequest, type Server } from 'node:http';
import { conversationToken, type InboundEvent } from '@assistant/contracts';
import { connectBus, type Bus } from '@assistant/bus';
import { metrics, silentLogger } from '@assistant/telemetry';
import { startNats } from '@assistant/testing';
import express from 'express';
import type { PlatformManifest, RawRequest, Received } from '../platform';
import { intake } from './intake';
import { Pressure } from './pressure';

const manifest: PlatformManifest = {
  name: 'fake',
  title: { en: 'Fake', zh: '假' },
  senderClass: 'none',
  onUnknown: 'resend',
  text: { limit: 100, unit: 'utf16' },
  bodyLimit: 1000,
  contentTypes: ['application/json'],
  capabilities: {
    edit: false,
    streaming: 'none',
    typing: false,
    threads: false,
    replyQuote: false,
    buttons: false,
    groups: false,
    mediaIn: false,
    mediaOut: false,
  },
};

const event = (id: string, addressed: boolean): InboundEvent => ({
  v: 1,
  id: `fake:bot:${id}`,
  type: 'message.created',
  sentAt: '',
  receivedAt: '',
  from: { tenant: 'default', platform: 'fake', account: 'bot', conversation: conversationToken(['bot', id]), chatId: id, kind: 'direct' },
  sender: { id, kind: 'user' },
  message: { id, parts: [], text: '', addressed },
});

const receive = ({ headers, body }: RawRequest): Received => {
  if (headers['x-secret'] !== 'right') return { kind: 'refused', status: 401, reason: 'wrong secret' };
  try {
    const { id, addressed = true }: { id: string; addressed?: boolean } = JSON.parse(body.toString());
    return { kind: 'events', events: [event(id, addressed)] };
  } catch {
    return { kind: 'unreadable', reason: 'broken JSON' };
  }
};

describe('a webhook on a real nats-server', () => {
  let nats: Awaited<ReturnType<typeof startNats>>;
  let bus: Bus;
  let secondBus: Bus;
  let server: Server;
  let url = '';
  let draining = false;

  beforeAll(async () => {
    nats = await startNats();
    bus = await connectBus({ url: nats.url, name: 'test', log: silentLogger, leaseTtlMs: 1000 });
    secondBus = await connectBus({ url: nats.url, name: 'second', log: silentLogger, leaseTtlMs: 1000 });
    const app = express();
    const replica = (own: Bus) =>
      intake({
        manifest,
        bus: own,
        log: silentLogger,
        pressure: new Pressure(),
        draining: () => draining,
        account: (id) => (id === '' || id === 'bot' ? { id: 'bot', receive } : undefined),
      });
    app.use('/api/fake', replica(bus));
    app.use('/second/api/fake', replica(secondBus));
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/api/fake` : '';
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await bus.close();
    await secondBus.close();
    await nats.stop();
  });

  const post = (body: string, headers: Readonly<Record<string, string>> = {}, path = '') =>
    fetch(`${url}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-secret': 'right', ...headers } });
  const stored = () => bus.spine.lastSequence('IN');

  test('what is accepted is stored, once, however often it comes', async () => {
    const before = await stored();
    const answers = await Promise.all(Array.from({ length: 5 }, () => post('{"id":"1"}')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await stored()).toBe(before + 1);
  });

  test('a delivery that comes five times at once to two replicas is stored once', async () => {
    const before = await stored();
    const first = Array.from({ length: 5 }, () => post('{"id":"two replicas"}'));
    const second = Array.from({ length: 5 }, () =>
      fetch(url.replace('/api/fake', '/second/api/fake'), {
        method: 'POST',
        body: '{"id":"two replicas"}',
        headers: { 'content-type': 'application/json', 'x-secret': 'right' },
      }),
    );
    expect((await Promise.all([...first, ...second])).map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(await stored()).toBe(before + 1);
  });

  test('what becomes of each webhook is counted', async () => {
    const counted = async (): Promise<ReadonlyMap<unknown, number>> => {
      const { values } = await metrics.inbound.get();
      return new Map(values.filter(({ labels }) => labels.platform === 'fake').map(({ labels, value }) => [labels.result, value]));
    };
    const before = await counted();
    await post('{"id":"counted"}');
    await post('{"id":"counted"}');
    await post('{"id":"counted"}', { 'x-secret': 'wrong' });
    await post('{"id":"quiet","addressed":false}');
    await post('{"id":');
    const after = await counted();
    const results = ['accepted', 'duplicate', 'refused', 'not-addressed', 'unreadable'];
    expect(results.map((result) => [result, (after.get(result) ?? 0) - (before.get(result) ?? 0)])).toEqual(results.map((result) => [result, 1]));
  });

  test.each([
    ['a wrong secret', '{"id":"2"}', { 'x-secret': 'wrong' }, '', 401],
    ['a wrong content type', '{"id":"2"}', { 'content-type': 'text/plain' }, '', 415],
    ['a body over the limit', JSON.stringify({ id: 'x'.repeat(2000) }), {}, '', 413],
    ['an unknown account', '{"id":"2"}', {}, '/other', 404],
  ])('%s is refused and nothing is stored', async (_name, body, headers, path, status) => {
    const before = await stored();
    expect((await post(body, headers, path)).status).toBe(status);
    expect(await stored()).toBe(before);
  });

  test('a body without end is cut off at the limit', async () => {
    const status = await new Promise<number>((resolve) => {
      const request = httpRequest(
        url,
        { method: 'POST', headers: { 'content-type': 'application/json', 'x-secret': 'right', 'transfer-encoding': 'chunked' } },
        (response) => {
          resolve(response.statusCode ?? 0);
          response.resume();
        },
      );
      request.on('error', () => undefined);
      const feed = (): void => {
        while (request.writable && request.write('x'.repeat(500)));
        if (request.writable) request.once('drain', feed);
      };
      feed();
    });
    expect(status).toBe(413);
  });

  test('what is not meant for the assistant is neither stored nor refused', async () => {
    const before = await stored();
    expect((await post('{"id":"3","addressed":false}')).status).toBe(200);
    expect(await stored()).toBe(before);
  });

  test('a genuine but unreadable body is kept as a dead letter and not asked for again', async () => {
    expect((await post('{"id":')).status).toBe(200);
    const [letter] = await bus.dead.list({ stage: 'edge', limit: 1 });
    expect(new TextDecoder().decode(letter?.data)).toBe('{"id":');
  });

  test('while draining and without the store the platform is told to come again', async () => {
    draining = true;
    const drained = await post('{"id":"4"}');
    expect([drained.status, Number(drained.headers.get('retry-after')) > 0]).toEqual([503, true]);
    draining = false;
    await nats.kill9();
    const unstored = await post('{"id":"5"}');
    expect([unstored.status, Number(unstored.headers.get('retry-after')) > 0]).toEqual([503, true]);
    await nats.restart();
    const again = async (): Promise<number> => {
      for (;;) {
        const { status } = await post('{"id":"5"}');
        if (status !== 503) return status;
      }
    };
    expect(await again()).toBe(200);
  });
});
