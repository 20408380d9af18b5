import { FAULTS, startFakeOpenAi, type FakeOpenAi, type FaultName } from '@assistant/testing';
import { request } from 'undici';
import { startGateway, type TestGateway } from './testing/start-gateway';

let fake: FakeOpenAi;
let gateway: TestGateway;

const timeouts = { connect_ms: 500, headers_ms: 400, first_token_ms: 400, idle_ms: 400, total_ms: 10_000 };

beforeAll(async () => {
  fake = await startFakeOpenAi();
  const common = { api_key: 'a-test-key', models: ['m'], timeouts };
  gateway = await startGateway({
    default: 'once',
    providers: [
      { name: 'once', api_base: fake.baseUrl, max_attempts: 1, ...common },
      { name: 'twice', api_base: fake.baseUrl, ...common },
      { name: 'nobody', api_base: 'http://127.0.0.1:9/v1', max_attempts: 1, ...common },
      { name: 'nowhere', api_base: 'http://no-such-host.invalid/v1', max_attempts: 1, ...common },
      { name: 'plain', api_base: fake.baseUrl.replace('http:', 'https:'), max_attempts: 1, ...common },
    ],
  });
});
afterAll(async () => {
  await gateway.close();
  await fake.close();
});

interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The error of the body, or of the last event of a stream. */
  readonly error: string | undefined;
  readonly message: string;
  readonly text: string;
}

const errorOf = (text: string): { readonly code?: string; readonly message?: string; readonly type?: string; readonly param?: unknown } => {
  const body: { readonly error?: { readonly code?: string; readonly message?: string } } = JSON.parse(text);
  return body.error ?? {};
};

const ask = async (content: string, { stream = false, model = 'once', headers = {} } = {}): Promise<Heard> => {
  const response = await request(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model, messages: [{ role: 'user', content }], ...(stream ? { stream: true } : {}) }),
  });
  const text = await response.body.text();
  const events = text
    .split('\n\n')
    .filter((block) => block.startsWith('data: {'))
    .map((block) => block.slice(6));
  const last = response.headers['content-type'] === 'application/json' ? text : (events.at(-1) ?? '{}');
  const { code, message = '' } = errorOf(last);
  return { status: response.statusCode, headers: response.headers, error: code, message, text };
};

type Expected = readonly [FaultName, number, string];

const BEFORE_THE_FIRST_BYTE: readonly Expected[] = [
  ['rate-limited', 429, 'upstream_rate_limited'],
  ['quota', 429, 'upstream_quota'],
  ['server-error', 502, 'upstream_error'],
  ['bad-key', 502, 'upstream_auth'],
  ['unknown-model', 502, 'upstream_not_found'],
  ['context-length', 400, 'upstream_context_length'],
  ['bad-gateway-html', 502, 'upstream_html_body'],
  ['html-200', 502, 'upstream_html_body'],
  ['broken-json', 502, 'upstream_bad_json'],
  ['empty-body', 502, 'upstream_empty'],
  ['reset-before-headers', 502, 'upstream_reset'],
  ['silent', 504, 'timeout_headers'],
];

describe.each([false, true])('a fault before the first byte (stream: %s) is a true status', (stream) => {
  test.each(BEFORE_THE_FIRST_BYTE)('%s: %d %s', async (fault, status, code) => {
    const heard = await ask(`fault:${fault}`, { stream });
    expect([heard.status, heard.error]).toEqual([status, code]);
    expect(heard.message).toMatch(/^provider once: /);
    expect(heard.headers['x-assistant-provider']).toBe('once');
    expect(heard.headers['x-request-id']).toBeDefined();
    expect(heard.text).not.toContain('a-test-key');
  });
});

test.each([
  ['empty-stream', 502, 'upstream_empty'],
  ['done-at-once', 502, 'upstream_empty'],
  ['reset-after-headers', 502, 'upstream_reset'],
  ['error-first', 502, 'upstream_error'],
  ['rate-limit-first', 429, 'upstream_rate_limited'],
  ['no-first-token', 504, 'timeout_first_token'],
  ['role-then-error', 502, 'upstream_error'],
  ['role-then-stall', 504, 'timeout_first_token'],
] satisfies readonly Expected[])('a stream that begins with %s is the status %d %s', async (fault, status, code) => {
  const heard = await ask(`fault:${fault}`, { stream: true });
  expect([heard.status, heard.error]).toEqual([status, code]);
});

test.each([
  ['reset-mid-stream', 'upstream_reset'],
  ['eof-mid-stream', 'upstream_truncated'],
  ['stall-mid-stream', 'timeout_idle'],
  ['error-mid-stream', 'upstream_error'],
  ['raw-error-mid-stream', 'upstream_error'],
  ['broken-json-mid-stream', 'upstream_bad_json'],
] satisfies readonly (readonly [FaultName, string])[])('a stream that breaks off by %s ends with one error event, %s, and no [DONE]', async (fault, code) => {
  const { status, text, error, message } = await ask(`fault:${fault}`, { stream: true });
  expect([status, error]).toEqual([200, code]);
  expect(message).toMatch(/^provider once: /);
  expect(text.match(/"error":/g)).toHaveLength(1);
  expect(text).toContain('"content":"one ');
  expect(text).not.toContain('[DONE]');
  expect(text).not.toContain('"finish_reason":"');
});

test.each(['eof-without-done', 'stall-after-finish'] satisfies readonly FaultName[])('a complete answer stays complete: %s', async (fault) => {
  const { status, text, error } = await ask(`fault:${fault}`, { stream: true });
  expect([status, error]).toEqual([200, undefined]);
  expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  expect(text.match(/\[DONE\]/g)).toHaveLength(1);
});

test.each([
  ['nobody', 502, 'upstream_connect_refused'],
  ['nowhere', 502, 'upstream_dns'],
  ['plain', 502, 'upstream_tls'],
])('provider %s: %d %s', async (model, status, code) => {
  const heard = await ask('x', { model });
  expect([heard.status, heard.error]).toEqual([status, code]);
  expect(heard.message).toContain(`provider ${model}`);
});

describe('a second try', () => {
  test.each(['server-error', 'reset-before-headers', 'rate-limited', 'bad-gateway-html'] satisfies readonly FaultName[])('mends %s', async (fault) => {
    fake.queue(FAULTS[fault]);
    const before = fake.requests.length;
    expect(await ask('hello', { model: 'twice' })).toMatchObject({ status: 200 });
    expect(fake.requests.length - before).toBe(2);
  });

  test.each(['quota', 'bad-key', 'context-length', 'broken-json', 'silent'] satisfies readonly FaultName[])('is not made after %s', async (fault) => {
    const before = fake.requests.length;
    await ask(`fault:${fault}`, { model: 'twice' });
    expect(fake.requests.length - before).toBe(1);
  });

  test('also mends a stream whose first event is an error', async () => {
    fake.queue(FAULTS['error-first']);
    const heard = await ask('hello', { model: 'twice', stream: true });
    expect([heard.status, heard.text.includes('[DONE]')]).toEqual([200, true]);
  });

  test('is not made when the provider asks for a longer wait than anybody has', async () => {
    fake.queue({ kind: 'raw', status: 429, headers: { 'retry-after': '3600', 'content-type': 'application/json' }, body: '{"error":{"message":"later"}}' });
    const heard = await ask('hello', { model: 'twice' });
    expect([heard.status, heard.headers['retry-after']]).toEqual([429, '3600']);
  });

  test('is never made after the caller has read something', async () => {
    const before = fake.requests.length;
    await ask('fault:reset-mid-stream', { model: 'twice', stream: true });
    expect(fake.requests.length - before).toBe(1);
  });

  test('is not made beyond the deadline of the caller', async () => {
    fake.queue(FAULTS['rate-limited']);
    const before = fake.requests.length;
    const heard = await ask('hello', { model: 'twice', headers: { 'x-stainless-timeout': '0.5' } });
    expect([heard.status, fake.requests.length - before]).toEqual([429, 1]);
  });
});

const raw = async (options: {
  readonly method?: 'GET' | 'POST';
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}) => {
  const { method = 'POST', path = '/chat/completions', headers = { 'content-type': 'application/json' }, body } = options;
  const response = await request(`${gateway.baseUrl}${path}`, { method, headers: { ...headers }, ...(body === undefined ? {} : { body }) });
  const text = await response.body.text();
  return { status: response.statusCode, headers: response.headers, ...errorOf(text) };
};

const MESSAGES = '"messages":[{"role":"user","content":"x"}]';

describe('a request that cannot be served is refused in the shape of OpenAI', () => {
  test.each([
    ['broken JSON', { body: '{"model": "once",\n "messages": }' }, 400, 'bad_request', null],
    ['a body that is no object', { body: '[]' }, 400, 'bad_request', null],
    ['an empty body', { body: '' }, 400, 'bad_request', null],
    ['no messages', { body: '{"model":"once"}' }, 400, 'bad_request', 'messages'],
    ['a message without a role', { body: '{"messages":[{"content":"x"}]}' }, 400, 'bad_request', 'messages[0].role'],
    ['a model that is no text', { body: `{"model":5,${MESSAGES}}` }, 400, 'bad_request', 'model'],
    ['stream options without a stream', { body: `{${MESSAGES},"stream_options":{"include_usage":true}}` }, 400, 'bad_request', 'stream_options'],
    ['an unknown model', { body: `{"model":"gpt-99",${MESSAGES}}` }, 404, 'model_not_found', 'model'],
    ['another content type', { body: 'x', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type', null],
    ['too large a body', { body: Buffer.alloc(20 * 1024 ** 2 + 1, 0x20) }, 413, 'payload_too_large', null],
    ['a wrong method', { method: 'GET' as const }, 405, 'method_not_allowed', null],
    ['a path of OpenAI that is not here', { path: '/files', body: '{}' }, 501, 'unsupported', null],
    ['a path that nobody has', { path: '/nonsense', body: '{}' }, 404, 'not_found', null],
  ])('%s', async (_what, options, status, code, param) => {
    const heard = await raw(options);
    expect([heard.status, heard.code, heard.param]).toEqual([status, code, param]);
    expect(heard.headers['x-request-id']).toBeDefined();
    expect(heard.type).toBe('invalid_request_error'.replace(/.*/, status === 501 ? 'server_error' : '$&'));
  });

  test('and broken JSON is told with its place', async () => {
    expect((await raw({ body: '{"model": "once",\n "messages": }' })).message).toBe('The body is not valid JSON: line 2, column 14 (position 31).');
  });

  test('and nesting without end is refused, not a crash', async () => {
    const deep = `{"model":"once",${MESSAGES},"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect(await raw({ body: deep })).toMatchObject({ status: 400, code: 'bad_request' });
  });
});
