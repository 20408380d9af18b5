import OpenAI, { APIError, NotFoundError } from 'openai';
import { answering, calling, FAULTS, startFakeOpenAi, type FakeOpenAi } from '@assistant/testing';
import { startGateway, type TestGateway } from './testing/start-gateway';

let fake: FakeOpenAi;
let gateway: TestGateway;
let client: OpenAI;

beforeAll(async () => {
  fake = await startFakeOpenAi({ keys: ['right-key-1'], models: ['fake-model', 'other-model'] });
  gateway = await startGateway({
    default: 'glm',
    providers: [
      { name: 'glm', api_base: fake.baseUrl, api_key: 'right-key-1', models: ['fake-model', 'other-model'] },
      { name: 'locked', api_base: fake.baseUrl, api_key: 'wrong-key-1', models: ['fake-model'] },
    ],
  });
  client = new OpenAI({ baseURL: gateway.baseUrl, apiKey: 'unused', maxRetries: 0 });
});
afterAll(async () => {
  await gateway.close();
  await fake.close();
});

const ask = (content: string, model = ''): OpenAI.ChatCompletionCreateParamsNonStreaming => ({ model, messages: [{ role: 'user', content }] });

describe('a whole answer through the OpenAI client', () => {
  test('comes from the default model', async () => {
    const { data, response } = await client.chat.completions.create(ask('hello there')).withResponse();
    expect(data.choices[0]?.message.content).toBe('echo: hello there');
    expect(data.model).toBe('fake-model');
    expect(data.usage?.total_tokens).toBeGreaterThan(0);
    expect(response.headers.get('x-assistant-provider')).toBe('glm');
    expect(Number(response.headers.get('x-assistant-overhead-ms'))).toBeGreaterThanOrEqual(0);
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each(['glm', 'glm/fake-model', 'fake-model', 'default', 'auto'])('is found under the name %s', async (model) => {
    const answer = await client.chat.completions.create(ask('x', model));
    expect(answer.model).toBe('fake-model');
  });

  test('carries fields the gateway does not know to the provider', async () => {
    const before = fake.requests.length;
    await client.chat.completions.create({ ...ask('x', 'glm/other-model'), metadata: { purpose: 'test' } });
    expect(fake.requests[before]?.body).toMatchObject({ model: 'other-model', metadata: { purpose: 'test' } });
  });

  test('may hold several tool calls', async () => {
    fake.queue(
      calling([
        { name: 'add', arguments: '{"a":1}' },
        { name: 'now', arguments: '{}' },
      ]),
    );
    const answer = await client.chat.completions.create({
      ...ask('x'),
      tools: [{ type: 'function', function: { name: 'add', parameters: { type: 'object', properties: {} } } }],
    });
    expect(answer.choices[0]?.finish_reason).toBe('tool_calls');
    expect(answer.choices[0]?.message.tool_calls).toHaveLength(2);
  });
});

describe('a stream through the OpenAI client', () => {
  test('arrives word by word and without usage when nobody asked', async () => {
    const stream = await client.chat.completions.create({ ...ask('one two three'), stream: true });
    let text = '';
    let chunks = 0;
    for await (const chunk of stream) {
      chunks += 1;
      text += chunk.choices[0]?.delta.content ?? '';
      expect(chunk.usage ?? undefined).toBeUndefined();
      expect(chunk.choices).not.toHaveLength(0);
    }
    expect(text).toBe('echo: one two three');
    expect(chunks).toBeGreaterThan(4);
  });

  test('ends with exactly one usage chunk when asked', async () => {
    const stream = await client.chat.completions.create({ ...ask('one two three'), stream: true, stream_options: { include_usage: true } });
    const usages: number[] = [];
    for await (const chunk of stream) if (chunk.usage) usages.push(chunk.choices.length);
    expect(usages).toEqual([0]);
  });

  test('keeps interleaved tool calls apart', async () => {
    fake.queue(
      calling(
        [
          { name: 'add', arguments: '{"first":1234567890}' },
          { name: 'sub', arguments: '{"second":987654321}' },
        ],
        { interleaved: true },
      ),
    );
    const runner = client.chat.completions.stream({ ...ask('x'), stream: true });
    const final = await runner.finalChatCompletion();
    expect(final.choices[0]?.message.tool_calls?.map((call) => (call.type === 'function' ? call.function.arguments : ''))).toEqual([
      '{"first":1234567890}',
      '{"second":987654321}',
    ]);
  });

  test.each(['', 'fake-model'])('is demanded with usage upstream even if the caller did not ask (model "%s")', async (model) => {
    const before = fake.requests.length;
    const stream = await client.chat.completions.create({ ...ask('x', model), stream: true });
    for await (const _ of stream);
    expect(fake.requests[before]?.body).toMatchObject({ stream_options: { include_usage: true } });
  });
});

describe('an error through the OpenAI client', () => {
  test('of an unknown model names what may have been meant', async () => {
    const error = await client.chat.completions.create(ask('x', 'fake-modle')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error instanceof APIError && error.code).toBe('model_not_found');
    expect(error instanceof APIError && error.message).toContain('glm/fake-model');
  });

  test('of a refused key is a 502 that names the provider', async () => {
    const error = await client.chat.completions.create(ask('x', 'locked')).catch((thrown: unknown) => thrown);
    expect(error instanceof APIError && [error.status, error.code]).toEqual([502, 'upstream_auth']);
    expect(error instanceof APIError && error.message).toContain('provider locked');
    expect(error instanceof APIError && error.message).not.toContain('wrong-key-1');
  });

  test('of the provider keeps its own words and param', async () => {
    const error = await client.chat.completions.create({ ...ask('x'), temperature: 3 }).catch((thrown: unknown) => thrown);
    expect(error instanceof APIError && [error.status, error.code, error.param]).toEqual([400, 'upstream_bad_request', 'temperature']);
  });
});

describe('the caller leaves', () => {
  test.each([
    ['while the provider thinks', answering('never', { delayMs: 30_000 })],
    ['before the first event', answering('never', { firstMs: 30_000 })],
    ['in the middle of the stream', answering('a b c d e f g h', { gapMs: 1000 })],
  ])('%s, and the provider sees it', async (_when, script) => {
    fake.queue(script);
    const position = fake.requests.length;
    const controller = new AbortController();
    const running = client.chat.completions.create({ ...ask('x'), stream: true }, { signal: controller.signal }).then(async (stream) => {
      for await (const _ of stream) controller.abort();
    });
    const request = await fake.request(position);
    if (script.kind === 'answer' && (script.manner?.gapMs ?? 0) === 0) controller.abort();
    const left = Date.now();
    await running.catch(() => undefined);
    const { early, at } = await request.closed;
    expect(early).toBe(true);
    expect(at - left).toBeLessThan(2000);
  });
});

test('a caller that leaves a whole answer is seen at the provider, and its seat is free again', async () => {
  fake.queue(answering('never', { delayMs: 30_000 }));
  const position = fake.requests.length;
  const controller = new AbortController();
  const running = client.chat.completions.create(ask('x'), { signal: controller.signal }).catch(() => undefined);
  const request = await fake.request(position);
  controller.abort();
  await running;
  expect((await request.closed).early).toBe(true);
  await gateway.seats.empty(AbortSignal.timeout(5000));
  expect(gateway.seats.taken).toBe(0);
});

test('a caller that leaves between two tries ends them', async () => {
  fake.queue(FAULTS['rate-limited']);
  const position = fake.requests.length;
  const controller = new AbortController();
  const running = client.chat.completions.create(ask('x'), { signal: controller.signal }).catch(() => undefined);
  await (
    await fake.request(position)
  ).closed;
  controller.abort();
  await running;
  await gateway.seats.empty(AbortSignal.timeout(5000));
  expect([gateway.seats.taken, fake.requests.length]).toEqual([0, position + 1]);
});

describe('the built-in demo', () => {
  const tools: OpenAI.ChatCompletionTool[] = [
    {
      type: 'function',
      function: { name: 'calculate', parameters: { type: 'object', properties: { expression: { type: 'string' } }, required: ['expression'] } },
    },
  ];
  const question: OpenAI.ChatCompletionMessageParam = { role: 'user', content: '12 plus 30' };

  test('uses the tool of the request, then tells its result and what it is', async () => {
    const first = await client.chat.completions.create({ model: 'demo', messages: [question], tools });
    const call = first.choices[0]?.message.tool_calls?.[0];
    expect(call).toMatchObject({ type: 'function', function: { name: 'calculate', arguments: '{"expression":"12 + 30"}' } });
    expect(first.choices[0]?.finish_reason).toBe('tool_calls');
    const messages = [question, ...first.choices.map(({ message }) => message), { role: 'tool' as const, tool_call_id: call?.id ?? '', content: '42' }];
    const second = await client.chat.completions.create({ model: 'demo', messages, tools });
    expect(second.choices[0]?.message.content).toContain('12 + 30 = **42**');
    expect(second.choices[0]?.message.content).toContain('no language model is connected');
    expect(second.usage?.total_tokens).toBeGreaterThan(0);
  });

  test('streams the same tool call and the same words, word by word', async () => {
    const call = await client.chat.completions.stream({ model: 'demo', messages: [question], tools }).finalChatCompletion();
    expect(call.choices[0]?.message.tool_calls?.[0]).toMatchObject({ function: { name: 'calculate', arguments: '{"expression":"12 + 30"}' } });
    const whole = await client.chat.completions.create({ model: 'demo', messages: [{ role: 'user', content: '你好' }] });
    let text = '';
    let pieces = 0;
    for await (const chunk of await client.chat.completions.create({ model: 'demo', messages: [{ role: 'user', content: '你好' }], stream: true })) {
      text += chunk.choices[0]?.delta.content ?? '';
      pieces += 1;
    }
    expect(text).toBe(whole.choices[0]?.message.content);
    expect(pieces).toBeGreaterThan(10);
  });

  test('refuses a request of the wrong shape with the field', async () => {
    const wrong = client.chat.completions.create({ model: 'demo', messages: [{ role: 'tool', content: 'x', tool_call_id: '' }] });
    const error = await wrong.catch((thrown: unknown) => thrown);
    expect(error instanceof APIError && [error.status, error.param]).toEqual([400, 'messages[0].tool_call_id']);
  });
});

test('lists models with the default marked', async () => {
  const models = [];
  for await (const model of client.models.list()) models.push(model);
  expect(models.map(({ id }) => id)).toEqual(['glm/fake-model', 'glm/other-model', 'locked/fake-model', 'demo/demo']);
  expect(await client.models.retrieve('glm/fake-model')).toMatchObject({ id: 'glm/fake-model', owned_by: 'glm', default: true });
});
