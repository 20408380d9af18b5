import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import type { ProtoChatEventOutput, ProtoChatRequest, ProtoChatResponseOutput } from '@assistant/contracts/grpc';
import { answering, calling, startFakeOpenAi, type FakeOpenAi } from '@assistant/testing';
import { startGateway, type TestGateway } from './testing/start-gateway';

let fake: FakeOpenAi;
let gateway: TestGateway;

beforeAll(async () => {
  fake = await startFakeOpenAi({ models: ['m', 'n'] });
  const common = { api_base: fake.baseUrl, api_key: 'a-test-key', max_attempts: 1, timeouts: { first_token_ms: 500, headers_ms: 60_000, idle_ms: 500 } };
  gateway = await startGateway({
    default: 'glm',
    providers: [
      { name: 'glm', models: ['m', { id: 'n', context_tokens: 9000, capabilities: ['vision'] }], ...common },
      { name: 'patient', models: ['m'], ...common, timeouts: {} },
    ],
  });
});
afterAll(async () => {
  await gateway.close();
  await fake.close();
});

const saying = (text: string, more: ProtoChatRequest = {}): ProtoChatRequest => ({ messages: [{ role: 'ROLE_USER', parts: [{ text }] }], ...more });

const chat = (request: ProtoChatRequest, options: { readonly deadline?: number } = {}, metadata = new Metadata()): Promise<ProtoChatResponseOutput> =>
  new Promise((resolve, reject) => {
    gateway.client.Chat(request, metadata, options, (error, response) =>
      error !== null ? reject(error) : response === undefined ? reject(new Error('no response')) : resolve(response),
    );
  });

const stream = (request: ProtoChatRequest): Promise<readonly ProtoChatEventOutput[]> =>
  new Promise((resolve, reject) => {
    const events: ProtoChatEventOutput[] = [];
    gateway.client
      .StreamChat(request)
      .on('data', (event: ProtoChatEventOutput) => events.push(event))
      .on('error', (error: ServiceError) => reject(Object.assign(error, { events })))
      .on('end', () => resolve(events));
  });

interface Failure {
  readonly code: number;
  readonly details: string;
  readonly metadata: Metadata;
}

const failed = async (promise: Promise<unknown>): Promise<Failure> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (
    error instanceof Error &&
    'code' in error &&
    'metadata' in error &&
    error.metadata instanceof Metadata &&
    typeof error.code === 'number' &&
    'details' in error &&
    typeof error.details === 'string'
  ) {
    return Object.assign(error, { code: error.code, metadata: error.metadata, details: error.details });
  }
  throw new Error('the call did not fail with a status', { cause: error });
};

const kinds = (events: readonly ProtoChatEventOutput[]) => events.map(({ event }) => event);
const textOf = (events: readonly ProtoChatEventOutput[]) => events.map(({ textDelta }) => textDelta?.text ?? '').join('');

test('Chat answers as a whole', async () => {
  const answer = await chat(saying('hello'));
  expect(answer).toMatchObject({
    provider: 'glm',
    model: 'm',
    choices: [{ finishReason: 'FINISH_REASON_STOP', message: { parts: [{ text: 'echo: hello' }] } }],
  });
  expect(answer.usage?.outputTokens).toBeGreaterThan(0);
});

test('StreamChat tells the same as events, started first', async () => {
  const events = await stream(saying('one two three'));
  expect(kinds(events)[0]).toBe('started');
  expect(kinds(events).slice(-2)).toEqual(['finish', 'usage']);
  expect(textOf(events)).toBe('echo: one two three');
  expect(kinds(events).filter((kind) => kind === 'textDelta').length).toBeGreaterThan(3);
});

test('tool calls travel both ways', async () => {
  fake.queue(
    calling(
      [
        { id: 'c1', name: 'add', arguments: '{"a":1}' },
        { id: 'c2', name: 'sub', arguments: '{"b":2}' },
      ],
      { interleaved: true },
    ),
  );
  const tools = [{ name: 'add', description: 'adds', parameters: '{"type":"object","properties":{}}' }];
  const events = await stream(saying('x', { tools }));
  const started = events.flatMap(({ toolCallStart }) => toolCallStart ?? []);
  expect(started.map(({ index, id, name }) => [index, id, name])).toEqual([
    [0, 'c1', 'add'],
    [1, 'c2', 'sub'],
  ]);
  const answer = await chat({
    messages: [
      { role: 'ROLE_USER', parts: [{ text: 'x' }] },
      { role: 'ROLE_ASSISTANT', parts: started.map(({ id, name }) => ({ toolCall: { id, name, arguments: '{}' } })) },
      { role: 'ROLE_TOOL', parts: [{ toolResult: { id: 'c1', content: '41' } }, { toolResult: { id: 'c2', content: '42' } }] },
    ],
    tools,
  });
  expect(answer.choices[0]?.message?.parts[0]?.text).toBe('tool said: 42');
});

test('a picture reaches the provider as it was sent', async () => {
  const before = fake.requests.length;
  await chat({ messages: [{ role: 'ROLE_USER', parts: [{ text: 'see' }, { media: { mime: 'image/png', data: Buffer.from('png'), detail: 'low' } }] }] });
  expect(fake.requests[before]?.body).toMatchObject({
    messages: [
      {
        content: [
          { type: 'text', text: 'see' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,cG5n', detail: 'low' } },
        ],
      },
    ],
  });
});

test('the trace and the request id go on to the provider', async () => {
  const before = fake.requests.length;
  const metadata = new Metadata();
  metadata.set('traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
  await chat(saying('x', { requestId: 'my-request' }), {}, metadata);
  expect(fake.requests[before]?.headers['traceparent']).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01$/);
  expect(fake.requests[before]?.headers['x-request-id']).toBe('my-request');
});

describe('an error is a status with details', () => {
  test.each([
    ['fault:rate-limited', status.RESOURCE_EXHAUSTED, 'upstream_rate_limited'],
    ['fault:bad-key', status.UNAVAILABLE, 'upstream_auth'],
    ['fault:context-length', status.INVALID_ARGUMENT, 'upstream_context_length'],
    ['fault:silent', status.DEADLINE_EXCEEDED, 'timeout_first_token'],
    ['fault:error-first', status.UNAVAILABLE, 'upstream_error'],
  ])('%s', async (text, code, reason) => {
    const error = await failed(stream(saying(text)));
    expect(error.code).toBe(code);
    expect(error.details).toMatch(/^provider glm: /);
    const [bytes] = error.metadata.get('grpc-status-details-bin');
    const content = Buffer.isBuffer(bytes) ? bytes.toString('latin1') : '';
    expect(content).toContain('type.googleapis.com/google.rpc.ErrorInfo');
    expect(content).toContain(reason);
    expect(content).toContain('assistant.gateway');
    expect(content.includes('google.rpc.RetryInfo')).toBe(reason === 'upstream_rate_limited');
  });

  test('of a model that nobody has', async () => {
    expect(await failed(chat(saying('x', { model: 'nothing' })))).toMatchObject({ code: status.NOT_FOUND });
  });

  test('of a request that makes no sense', async () => {
    expect(await failed(chat({}))).toMatchObject({ code: status.INVALID_ARGUMENT, details: expect.stringContaining('messages') });
  });

  test('in the middle of a stream comes after what was said', async () => {
    const error = await failed(stream(saying('fault:reset-mid-stream')));
    expect(error.code).toBe(status.UNAVAILABLE);
    const events: unknown = Reflect.get(error, 'events');
    expect(Array.isArray(events) ? events.length : 0).toBeGreaterThan(1);
    expect(JSON.stringify(events)).not.toContain('FINISH_REASON');
  });
});

describe('the caller ends the call', () => {
  test('by its deadline, and the provider sees it', async () => {
    fake.queue(answering('never', { delayMs: 30_000 }));
    const position = fake.requests.length;
    const error = await failed(chat(saying('x', { model: 'patient' }), { deadline: Date.now() + 300 }));
    expect(error.code).toBe(status.DEADLINE_EXCEEDED);
    expect((await (await fake.request(position)).closed).early).toBe(true);
  });

  test('by cancelling, and the provider sees it', async () => {
    fake.queue(answering('a b c d e f', { gapMs: 30_000 }));
    const position = fake.requests.length;
    const call = gateway.client.StreamChat(saying('x', { model: 'patient' }));
    call.on('error', () => undefined);
    const request = await fake.request(position);
    call.cancel();
    expect((await request.closed).early).toBe(true);
  });
});

test('Complete answers a bare prompt', async () => {
  const answer = await new Promise((resolve, reject) =>
    gateway.client.Complete({ prompt: 'go on' }, (error, response) => (error === null ? resolve(response) : reject(error))),
  );
  expect(answer).toMatchObject({ text: 'echo: go on', finishReason: 'FINISH_REASON_STOP', provider: 'glm' });
});

test('Embed, Transcribe, Synthesize and GenerateImage reach the provider', async () => {
  const { client } = gateway;
  const call = <T>(run: (done: (error: ServiceError | null, response?: T) => void) => unknown): Promise<T | undefined> =>
    new Promise((resolve, reject) => run((error, response) => (error === null ? resolve(response) : reject(error))));
  const embedded = await call<{ readonly embeddings: readonly { readonly values: readonly number[] }[] }>((done) =>
    client.Embed({ inputs: ['a', 'b', 'a'], dimensions: 4 }, done),
  );
  expect(embedded?.embeddings.map(({ values }) => values.length)).toEqual([4, 4, 4]);
  expect(embedded?.embeddings[0]).toEqual(embedded?.embeddings[2]);
  expect(embedded?.embeddings[0]).not.toEqual(embedded?.embeddings[1]);
  expect(await call((done) => client.Transcribe({ audio: { mime: 'audio/wav', data: Buffer.from('RIFF') } }, done))).toMatchObject({
    text: expect.stringMatching(/^heard audio\.wav in \d+ bytes$/),
  });
  expect(await call((done) => client.Synthesize({ input: 'hi' }, done))).toMatchObject({ audio: { mime: 'audio/mpeg', data: Buffer.from('spoken:hi') } });
  expect(await call((done) => client.GenerateImage({ prompt: 'a dot', count: 2 }, done))).toMatchObject({
    images: [{ mime: 'image/png' }, { mime: 'image/png' }],
  });
});

test('what the demo cannot do is UNIMPLEMENTED, not made up', async () => {
  const error = await failed(
    new Promise((resolve, reject) =>
      gateway.client.Embed({ model: 'demo', inputs: ['a'] }, (thrown, response) => (thrown === null ? resolve(response) : reject(thrown))),
    ),
  );
  expect(error).toMatchObject({ code: status.UNIMPLEMENTED, details: expect.stringContaining('demo') });
});

test('ListModels shows what may be asked for, SwitchModel changes the default', async () => {
  const list = () =>
    new Promise<readonly unknown[]>((resolve, reject) =>
      gateway.client.ListModels({}, (error, response) => (error === null ? resolve(response?.models ?? []) : reject(error))),
    );
  expect(await list()).toMatchObject([
    { id: 'glm/m', kind: 'openai', isDefault: true, tools: true, vision: false },
    { id: 'glm/n', isDefault: false, contextTokens: 9000, tools: false, vision: true },
    { id: 'patient/m' },
    { id: 'demo/demo', kind: 'demo' },
  ]);
  const switchTo = (model: string) =>
    new Promise((resolve, reject) => gateway.client.SwitchModel({ model }, (error, response) => (error === null ? resolve(response) : reject(error))));
  expect(await switchTo('glm/n')).toEqual({ previous: 'glm/m', current: 'glm/n' });
  expect((await chat(saying('x'))).model).toBe('n');
  expect(await failed(switchTo('nothing'))).toMatchObject({ code: status.NOT_FOUND });
  expect(await switchTo('')).toEqual({ previous: 'glm/n', current: 'glm/m' });
});

test('a caller that does not read stops the reading at the provider', async () => {
  const words = `${'x'.repeat(2000)} `.repeat(20_000);
  fake.queue(answering(words));
  const position = fake.requests.length;
  const call = gateway.client.StreamChat(saying('x', { model: 'patient' }));
  let text = '';
  let paused = false;
  const ended = new Promise<void>((resolve, reject) => {
    call.on('error', reject);
    call.on('end', resolve);
  });
  // The client library reads on without bound until it has been read from once.
  const begun = new Promise<void>((resolve) => {
    call.on('data', (event: ProtoChatEventOutput) => {
      if (!paused) {
        paused = true;
        call.pause();
        resolve();
      }
      text += event.textDelta?.text ?? '';
    });
  });
  await begun;
  const request = await fake.request(position);
  const state = await Promise.race([request.closed.then(() => 'sent'), new Promise((resolve) => setTimeout(() => resolve('held'), 2500))]);
  call.resume();
  await ended;
  expect(state).toBe('held');
  expect(text.length).toBe(words.length);
}, 60_000);
