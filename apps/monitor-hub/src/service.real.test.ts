import { mkdtempSync, rmSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectBus, type Bus } from '@assistant/bus';
import { healthSubject, type InboundEvent } from '@assistant/contracts';
import { startProcess, type RunningProcess } from '@assistant/service';
import { metrics, silentLogger } from '@assistant/telemetry';
import { freePort, startNats, type NatsServer } from '@assistant/testing';
import { z } from 'zod';
import { monitorHub } from './service';

let nats: NatsServer;
let bus: Bus;
let dataDir: string;
let hub: RunningProcess;
let base: string;

const startHub = async (): Promise<RunningProcess> => {
  const environment = {
    NATS_URL: nats.url,
    ASSISTANT_HTTP_PORT: String(await freePort()),
    ASSISTANT_INSTANCE: 'hub-1',
    ASSISTANT__SERVER__DRAIN_DELAY_MS: '0',
  };
  const started = await startProcess({ services: [monitorHub], environment, dataDir });
  if (started === undefined) throw new Error('the hub did not start');
  base = `http://127.0.0.1:${started.httpPort}`;
  return started;
};

beforeAll(async () => {
  nats = await startNats();
  dataDir = mkdtempSync(join(tmpdir(), 'hub-'));
  bus = await connectBus({ url: nats.url, name: 'test', log: silentLogger });
  hub = await startHub();
});
afterAll(async () => {
  await hub?.stop('the test is over');
  await bus?.close();
  await nats?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const PATIENCE_MS = 30_000;

const foundSchema = z.object({ lines: z.array(z.looseObject({ msg: z.string() })), next_cursor: z.string().nullable() });
const reportSchema = z.object({ services: z.record(z.string(), z.unknown()) });
const listedSchema = z.object({ services: z.array(z.looseObject({ name: z.string(), instances: z.array(z.unknown()) })) });

/** The messages of a search's answer; none when it is no such answer. */
const messagesOf = ({ body }: Answer): readonly string[] => foundSchema.safeParse(body).data?.lines.map(({ msg }) => msg) ?? [];
const isReported = ({ body }: Answer, service: string): boolean => reportSchema.safeParse(body).data?.services[service] !== undefined;

const call = async (method: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => {
  const response = await fetch(`${base}${path}`, { method, headers });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
};
const get = (path: string): Promise<Answer> => call('GET', path);

/** Asks again until the answer is as wanted. */
const until = async (path: string, wanted: (answer: Answer) => boolean): Promise<Answer> => {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await get(path);
    if (wanted(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`${path} still answers ${answer.status} ${JSON.stringify(answer.body)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const say = (service: string, level: 'info' | 'warn' | 'error', msg: string, more: Record<string, unknown> = {}): void =>
  bus.publishLog(service, level, JSON.stringify({ level, time: new Date().toISOString(), service, instance: `${service}-1`, ...more, msg }));

const beat = (service: string, instance: string, status: string, detail = ''): void =>
  bus.publishJson(healthSubject(service, instance), { service, instance, version: '0.1.0', at: Date.now(), status, detail });

interface TailStream {
  readonly status: number;
  readonly response: IncomingMessage;
  /** Everything until the text occurs. */
  reading(text: string): Promise<string>;
  close(): void;
}

const following = new Set<TailStream>();
afterEach(() => {
  for (const stream of following) stream.close();
  following.clear();
});

const follow = (query: string): Promise<TailStream> =>
  new Promise((resolve, reject) => {
    const outgoing = request(`${base}/api/v1/logs/tail?${query}`, (response) => {
      let heard = '';
      const waiting = new Set<() => void>();
      response.setEncoding('utf8').on('data', (text: string) => {
        heard += text;
        for (const look of waiting) look();
      });
      response.on('error', () => undefined);
      const stream: TailStream = {
        status: response.statusCode ?? 0,
        response,
        reading: (text) =>
          new Promise((found) => {
            const look = (): void => {
              if (!heard.includes(text)) return;
              waiting.delete(look);
              found(heard);
            };
            waiting.add(look);
            look();
          }),
        close: () => outgoing.destroy(),
      };
      following.add(stream);
      resolve(stream);
    });
    outgoing.once('error', reject);
    outgoing.end();
  });

describe('logs', () => {
  test('What services print is found over HTTP, newest first, page by page.', async () => {
    for (let index = 0; index < 5; index++) say('toolbox', 'warn', `tool number ${index} 工具失败`, { tenant: 'acme', platform: 'web' });
    say('toolbox', 'info', 'tool quiet 工具失败');
    const first = await until(
      '/api/v1/logs?service=toolbox&level=warn&q=工具&tenant=acme&platform=web&limit=3',
      (answer) => messagesOf(answer)[0]?.includes('number 4') === true,
    );
    expect(first.status).toBe(200);
    const numbers = (answer: Answer): readonly (string | undefined)[] => messagesOf(answer).map((message) => /\d/.exec(message)?.[0]);
    expect(numbers(first)).toEqual(['4', '3', '2']);
    const second = await get(`/api/v1/logs?service=toolbox&level=warn&q=工具&limit=3&cursor=${foundSchema.parse(first.body).next_cursor}`);
    expect(numbers(second)).toEqual(['1', '0']);
    expect(foundSchema.parse(second.body).next_cursor).toBeNull();
  });

  test('What is not a line is counted and left out.', async () => {
    const count = async (): Promise<number> => (await metrics.logMalformed.get()).values[0]?.value ?? 0;
    const before = await count();
    bus.publishLog('core', 'info', 'a plain text about marmots');
    bus.publishLog('core', 'info', '{"msg":"half a line about marmots"}');
    say('core', 'info', 'a real line about marmots');
    const answer = await until('/api/v1/logs?q=marmots', (found) => messagesOf(found).length > 0);
    expect(messagesOf(answer)).toHaveLength(1);
    expect(await count()).toBe(before + 2);
  });

  test.each(['level=loud', 'limit=0', 'limit=1001', 'start=yesterday', 'cursor=x', 'service=A%20B', 'trace=1', 'nonsense=1'])(
    '%s is refused by name.',
    async (query) => {
      const { status, body } = await get(`/api/v1/logs?${query}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({ error: { code: 'bad_request', param: query.split('=')[0], message: expect.stringContaining(query.split('=')[0] ?? '') } });
    },
  );

  test.each([`"`, `'; drop table line; --`, `a" OR "b`, `NEAR(a b)`, `body:abc`, `^abc*`, `%`, `\\`, `\u0000`, `{}`])(
    '%j is searched as it stands.',
    async (text) => {
      say('core', 'info', `strange: ${text} :end`);
      const answer = await until(
        `/api/v1/logs?limit=1&q=${encodeURIComponent(`"strange: ${text.replaceAll('"', '')}`)}`,
        (found) => found.status !== 200 || text.includes('"') || messagesOf(found).length > 0,
      );
      expect({ status: answer.status, lines: messagesOf(answer).length }).toEqual({ status: 200, lines: text.includes('"') ? expect.any(Number) : 1 });
    },
  );
});

describe('the tail', () => {
  test('shows lines as they come, by the same filters.', async () => {
    const stream = await follow('level=warn&service=core&q=marten');
    await stream.reading(': following');
    say('core', 'info', 'a quiet marten');
    say('toolbox', 'error', 'another marten');
    say('core', 'error', 'a weasel');
    say('core', 'error', 'the last marten 貂');
    const heard = await stream.reading('貂');
    expect(heard.match(/event: line\ndata: (.*)\n\n/g)).toHaveLength(1);
    expect(JSON.parse(/data: (.*)/.exec(heard)?.[1] ?? '')).toMatchObject({ service: 'core', level: 'error', msg: 'the last marten 貂' });
    expect(stream.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    stream.close();
  });

  test('tells a slow client how many lines it lost, and goes on with the newest.', async () => {
    const slow = await follow('q=lemming');
    await slow.reading(': following');
    slow.response.pause();
    const count = 12_000;
    const quick = await follow(`q=${encodeURIComponent(`"lemming ${count - 1} "`)}`);
    for (let index = 0; index < count; index++) say('core', 'info', `lemming ${index} ${'x'.repeat(1500)}`);
    await quick.reading('event: line');
    quick.close();
    slow.response.resume();
    const heard = await slow.reading(`lemming ${count - 1} `);
    const lost = [...heard.matchAll(/event: dropped\ndata: \{"lines":(\d+)\}\n/g)].reduce((sum, [, lines]) => sum + Number(lines), 0);
    const shown = heard.match(/event: line/g)?.length ?? 0;
    expect(lost).toBeGreaterThan(0);
    expect(lost + shown).toBe(count);
    slow.close();
  });

  test('refuses the 51st client with 503 and takes it when another has gone.', async () => {
    const streams = await Promise.all(Array.from({ length: 50 }, () => follow('')));
    expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await get('/api/v1/logs/tail')).toMatchObject({ status: 503, body: { error: { code: 'overloaded' } } });
    streams[0]?.close();
    for (;;) {
      const next = await follow('');
      next.close();
      if (next.status === 200) break;
    }
    for (const stream of streams) stream.close();
  });

  test('refuses a filter that it does not know.', async () =>
    expect(await get('/api/v1/logs/tail?limit=1')).toMatchObject({ status: 400, body: { error: { param: 'limit' } } }));
});

describe('health', () => {
  test('Alone, the hub answers as its own process does.', async () => {
    const { status, body } = await until('/health', (answer) => isReported(answer, 'monitor-hub'));
    expect({ status, body }).toEqual({
      status: 200,
      body: { status: 'ok', version: '0.1.0', services: { nats: { status: 'ok', detail: '' }, 'monitor-hub': { status: 'ok', detail: '' } } },
    });
  });

  test('With others, it answers for all of them.', async () => {
    beat('core', 'core-1', 'ok');
    beat('core', 'core-2', 'down', 'out of memory');
    beat('toolbox', 'toolbox-1', 'down', 'gone');
    const { status, body } = await until('/health', (answer) => isReported(answer, 'toolbox'));
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'degraded',
      version: '0.1.0',
      services: {
        nats: { status: 'ok', detail: '' },
        'monitor-hub': { status: 'ok', detail: '' },
        core: { status: 'degraded', detail: 'core-2: out of memory' },
        toolbox: { status: 'down', detail: 'gone' },
      },
    });
    const listed = listedSchema.parse((await get('/api/v1/services')).body);
    expect(listed.services.map(({ name }) => name)).toEqual(['core', 'monitor-hub', 'toolbox']);
    expect(listed.services[0]?.instances).toEqual([
      { instance: 'core-1', version: '0.1.0', status: 'ok', detail: '', last_beat: expect.stringMatching(/^\d{4}-.*Z$/) },
      { instance: 'core-2', version: '0.1.0', status: 'down', detail: 'out of memory', last_beat: expect.any(String) },
    ]);
  });
});

describe('dead letters', () => {
  const lane = { tenant: 'default', platform: 'web', conversation: 'c'.repeat(22) };
  const put = (stage: string, data: string, source = 0): Promise<number> =>
    bus.dead.put({
      stage,
      reason: 'three attempts failed',
      attempts: 3,
      source,
      lane,
      traceparent: '00-' + 'ab'.repeat(16) + '-' + 'cd'.repeat(8) + '-01',
      data: new TextEncoder().encode(data),
    });

  test('are listed, shown and dropped.', async () => {
    const id = await put('edge', '{"half":');
    const { body } = await get('/api/v1/dead-letters?stage=edge&limit=5');
    expect(body).toEqual({
      total: 1,
      dead_letters: [
        {
          id,
          stage: 'edge',
          reason: 'three attempts failed',
          attempts: 3,
          source: 0,
          ...lane,
          traceparent: expect.any(String),
          at: expect.stringMatching(/Z$/),
          bytes: 8,
        },
      ],
    });
    expect((await get(`/api/v1/dead-letters/${id}`)).body).toMatchObject({ id, content: { text: '{"half":' } });
    expect((await get('/api/v1/dead-letters?stage=turn')).body).toMatchObject({ dead_letters: [] });
    expect(await call('POST', `/api/v1/dead-letters/${id}/replay`)).toMatchObject({ status: 400, body: { error: { code: 'bad_request' } } });
    expect((await call('DELETE', `/api/v1/dead-letters/${id}`)).status).toBe(204);
    expect((await call('DELETE', `/api/v1/dead-letters/${id}`)).status).toBe(404);
    expect((await get(`/api/v1/dead-letters/${id}`)).status).toBe(404);
    expect(await bus.dead.count()).toBe(0);
  });

  test('go back on the road once.', async () => {
    const now = new Date().toISOString();
    const event: InboundEvent = {
      v: 1,
      id: 'web:default:one',
      type: 'message.created',
      sentAt: now,
      receivedAt: now,
      from: { tenant: 'default', platform: 'web', account: 'default', conversation: lane.conversation, chatId: 'room', kind: 'direct' },
      sender: { id: 'u', kind: 'user' },
      message: { id: 'one', parts: [{ type: 'text', text: 'hello', format: 'plain' }], text: 'hello', addressed: true },
    };
    const id = await put('turn', JSON.stringify(event), 1);
    expect(await call('POST', `/api/v1/dead-letters/${id}/replay`)).toMatchObject({ status: 200, body: { fresh: true, into: 'IN', sequence: 1 } });
    expect(await call('POST', `/api/v1/dead-letters/${id}/replay`)).toMatchObject({ status: 200, body: { fresh: false, into: 'IN', sequence: 1 } });
    expect((await get(`/api/v1/dead-letters/${id}`)).body).toMatchObject({ content: { json: { id: 'web:default:one' } } });
  });

  test.each([
    ['GET', '/api/v1/dead-letters/0', 400],
    ['GET', '/api/v1/dead-letters/abc', 400],
    ['GET', '/api/v1/dead-letters/999999', 404],
    ['GET', '/api/v1/dead-letters?limit=0', 400],
    ['GET', '/api/v1/dead-letters?stage=*', 400],
    ['GET', '/api/v1/dead-letters?stage=a.b', 400],
    ['POST', '/api/v1/dead-letters/999999/replay', 404],
    ['DELETE', '/api/v1/dead-letters/-1', 400],
  ])('%s %s → %d', async (method, path, status) => expect((await call(method, path)).status).toBe(status));

  test.each<Record<string, string>>([{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])(
    'are out of reach for pages of other sites: %j',
    async (headers) => {
      const id = await put('edge', 'x');
      expect(await call('POST', `/api/v1/dead-letters/${id}/replay`, headers)).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
      expect((await call('DELETE', `/api/v1/dead-letters/${id}`, headers)).status).toBe(403);
      expect((await call('DELETE', `/api/v1/dead-letters/${id}`, { origin: base, 'sec-fetch-site': 'same-origin' })).status).toBe(204);
    },
  );
});

describe('coming and going', () => {
  test('A hub that stops ends its tails at once, and the lines are there when it is back.', async () => {
    say('core', 'info', 'a dormouse before the stop');
    await until('/api/v1/logs?q=dormouse', (answer) => messagesOf(answer).length === 1);
    const stream = await follow('');
    const ended = new Promise((resolve) => stream.response.once('end', resolve));
    await hub.stop('a restart');
    await ended;
    say('core', 'info', 'nobody hears this one');
    hub = await startHub();
    expect(messagesOf(await get('/api/v1/logs?q=dormouse'))).toHaveLength(1);
  });

  test('Without NATS the report says down, dead letters answer 503, and the search goes on.', async () => {
    await nats.kill9();
    const { body } = await until('/health', ({ status }) => status === 503);
    expect(body).toMatchObject({ status: 'down', services: { nats: { status: 'down' }, 'monitor-hub': { status: 'ok' } } });
    expect((await get('/api/v1/dead-letters')).status).toBe(503);
    expect(messagesOf(await get('/api/v1/logs?q=dormouse'))).toHaveLength(1);
    await nats.restart();
    await until('/health', ({ status }) => status === 200);
    // A line is not repeated: whoever speaks must be connected as well.
    await until('/health', () => bus.status.connected);
    say('core', 'info', 'a dormouse after the fault');
    await until('/api/v1/logs?q=dormouse', (answer) => messagesOf(answer).length === 2);
  });
});
