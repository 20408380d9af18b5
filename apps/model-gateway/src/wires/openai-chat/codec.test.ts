import type { ChatEvent, ChatMessage, ChatPart, ChatRequest } from '@assistant/contracts';
import fc from 'fast-check';
import { AnswerBuilder } from '../../answer';
import { openAiStreams } from '../../testing/fixtures';
import { isRecord, parseJson } from '../json';
import { decodeAnswer } from './answer';
import { decodeRequest } from './decode';
import { encodeAnswer, encodeRequest, type ChatQuirks } from './encode';
import { ChunkDecoder, ChunkEncoder } from './stream';

const QUIRKS: ChatQuirks = { outputLimit: 'max_completion_tokens', streamUsage: true };
const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const name = fc.stringMatching(/^[a-z_]{1,12}$/);
const base64 = fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('base64'));

const text = word.map((value): ChatPart => ({ type: 'text', text: value }));
const media = fc.oneof(
  fc.record({ mime: fc.constantFrom('image/png', 'image/webp'), data: base64 }).map((value): ChatPart => ({ type: 'media', ...value })),
  fc
    .record({ mime: fc.constant('image/*'), uri: fc.constant('https://example.com/a.png'), detail: fc.constantFrom('low', 'high') })
    .map((value): ChatPart => ({ type: 'media', ...value })),
  fc.record({ mime: fc.constantFrom('audio/wav', 'audio/mpeg', 'audio/flac'), data: base64 }).map((value): ChatPart => ({ type: 'media', ...value })),
  fc.record({ mime: fc.constant('application/pdf'), name, data: base64 }).map((value): ChatPart => ({ type: 'media', ...value })),
  fc.record({ mime: fc.constant('application/octet-stream'), uri: name }).map((value): ChatPart => ({ type: 'media', ...value })),
  fc.record({ mime: fc.constant('video/*'), uri: fc.constant('https://example.com/a.mp4') }).map((value): ChatPart => ({ type: 'media', ...value })),
);
const toolCall = fc.record({ id: name, name, arguments: fc.json() }).map((value): ChatPart => ({ type: 'tool-call', ...value }));
const assistant = fc
  .tuple(fc.option(word, { nil: undefined }), fc.array(text, { maxLength: 2 }), fc.array(toolCall, { maxLength: 3 }))
  .filter(([, texts, calls]) => texts.length + calls.length > 0)
  .map(([reasoning, texts, calls]): ChatMessage => ({
    role: 'assistant',
    parts: [...(reasoning === undefined ? [] : [{ type: 'reasoning' as const, text: reasoning }]), ...texts, ...calls],
  }));
const message: fc.Arbitrary<ChatMessage> = fc.oneof(
  fc.record({ role: fc.constant('system' as const), parts: fc.array(text, { minLength: 1, maxLength: 2 }) }),
  fc.record(
    { role: fc.constant('user' as const), parts: fc.array(fc.oneof(text, media), { minLength: 1, maxLength: 3 }), name },
    { requiredKeys: ['role', 'parts'] },
  ),
  assistant,
  fc.record({ id: name, content: word }).map((value): ChatMessage => ({ role: 'tool', parts: [{ type: 'tool-result', ...value }] })),
);
const schema = fc.dictionary(name, fc.constantFrom('a', 1, true)).map((properties) => JSON.stringify({ type: 'object', properties }));

const request: fc.Arbitrary<ChatRequest> = fc.record(
  {
    model: name,
    messages: fc.array(message, { minLength: 1, maxLength: 4 }),
    tools: fc.array(fc.record({ name, description: word, parameters: schema, strict: fc.boolean() }, { requiredKeys: ['name', 'description', 'parameters'] }), {
      minLength: 1,
      maxLength: 2,
    }),
    toolChoice: fc.oneof(
      fc.record({ mode: fc.constantFrom('auto' as const, 'none' as const, 'required' as const) }),
      fc.record({ mode: fc.constant('tool' as const), name }),
    ),
    parallelToolCalls: fc.boolean(),
    responseFormat: fc.oneof(
      fc.record({ type: fc.constantFrom('text' as const, 'json_object' as const) }),
      fc.record({ type: fc.constant('json_schema' as const), name, schema, strict: fc.boolean() }),
    ),
    maxOutputTokens: fc.integer({ min: 1, max: 9999 }),
    temperature: fc.double({ min: 0, max: 2, noNaN: true }).map((value) => value + 0),
    topP: fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
    frequencyPenalty: fc.integer({ min: -2, max: 2 }),
    presencePenalty: fc.integer({ min: -2, max: 2 }),
    stop: fc.array(word, { minLength: 1, maxLength: 3 }),
    seed: fc.integer(),
    choices: fc.integer({ min: 1, max: 4 }),
    reasoningEffort: fc.constantFrom('low', 'high'),
    user: name,
    extra: fc.dictionary(
      fc.constantFrom('logprobs', 'metadata', 'store'),
      fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value))),
      { minKeys: 1 },
    ),
  },
  { requiredKeys: ['model', 'messages'] },
);

test('a request survives the way to the wire and back', () => {
  fc.assert(
    fc.property(request, (value) => {
      const wire: unknown = JSON.parse(JSON.stringify(encodeRequest(value, value.model, QUIRKS, false)));
      expect(decodeRequest(wire)).toEqual(value);
    }),
  );
});

const TEXT_EVENTS = ['text-delta', 'reasoning-delta', 'refusal-delta'] as const;
/** Arguments of nothing but white space count as none and become `{}`. */
const hasContent = (fragments: readonly string[]): boolean => fragments.join('').trim() !== '';

const events = fc
  .record({
    id: name,
    createdAt: fc.integer({ min: 1, max: 2_000_000_000 }),
    texts: fc.array(fc.record({ type: fc.constantFrom(...TEXT_EVENTS), text: word }), { maxLength: 6 }),
    calls: fc.array(fc.record({ id: name, name, fragments: fc.array(word, { minLength: 1, maxLength: 3 }).filter(hasContent) }), { maxLength: 3 }),
    usage: fc.record(
      { inputTokens: fc.nat(), outputTokens: fc.nat(), cachedInputTokens: fc.nat(), reasoningTokens: fc.nat() },
      { requiredKeys: ['inputTokens', 'outputTokens'] },
    ),
    reason: fc.constantFrom('stop' as const, 'length' as const, 'content_filter' as const),
  })
  .filter(({ calls }) => new Set(calls.map(({ id }) => id)).size === calls.length)
  .map(({ id, createdAt, texts, calls, usage, reason }): readonly ChatEvent[] => {
    const finish = calls.length > 0 && reason === 'stop' ? 'tool_calls' : reason;
    return [
      { type: 'started', id, model: 'm', provider: 'p', createdAt },
      ...texts.map((value): ChatEvent => ({ choice: 0, ...value })),
      ...calls.map((call, index): ChatEvent => ({ type: 'tool-call-start', choice: 0, index, id: call.id, name: call.name })),
      ...calls.flatMap(({ fragments }, index) => fragments.map((fragment): ChatEvent => ({ type: 'tool-call-delta', choice: 0, index, fragment }))),
      ...calls.map((_, index): ChatEvent => ({ type: 'tool-call-end', choice: 0, index })),
      { type: 'finish', choice: 0, reason: finish, raw: finish },
      { type: 'usage', usage },
    ];
  });

test('events survive the way through chunks and back', () => {
  fc.assert(
    fc.property(events, (given) => {
      const encoder = new ChunkEncoder(true);
      const decoder = new ChunkDecoder('p');
      const chunks = given.flatMap((event) => encoder.encode(event) ?? []).map((chunk): unknown => JSON.parse(JSON.stringify(chunk)));
      const back = [...chunks.filter(isRecord).flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
      expect(back).toEqual(given);
    }),
  );
});

const answerOf = (list: readonly ChatEvent[]) => {
  const builder = new AnswerBuilder();
  for (const event of list) builder.add(event);
  return builder.build();
};

test('an answer survives the way through a completion and back', () => {
  fc.assert(
    fc.property(events, (given) => {
      const answer = answerOf(given);
      const wire: unknown = JSON.parse(JSON.stringify(encodeAnswer(answer)));
      expect(answerOf(decodeAnswer(wire, 'p'))).toEqual(answer);
    }),
  );
});

const chunk = (delta: object, finish: string | null = null, more: object = {}) => ({
  id: 'x',
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...more,
});
const decode = (...chunks: readonly object[]) => {
  const decoder = new ChunkDecoder('p');
  return [...chunks.filter(isRecord).flatMap((value) => decoder.push(value)), ...decoder.end()];
};
const callsOf = (list: readonly ChatEvent[]) =>
  answerOf(list)
    .choices[0]?.parts.filter((part) => part.type === 'tool-call')
    .map((part) => [part.name, part.arguments]);
const call = (index: number | undefined, id: string | undefined, fn: object) => ({
  tool_calls: [{ ...(index === undefined ? {} : { index }), ...(id === undefined ? {} : { id }), function: fn }],
});

describe('tool calls of careless vendors', () => {
  test('without an index are told apart by id', () => {
    expect(
      callsOf(
        decode(
          chunk(call(undefined, 'a', { name: 'f', arguments: '{"x":1}' })),
          chunk(call(undefined, 'b', { name: 'g', arguments: '{}' })),
          chunk({}, 'tool_calls'),
        ),
      ),
    ).toEqual([
      ['f', '{"x":1}'],
      ['g', '{}'],
    ]);
  });

  test('that all have index 0 are told apart by id', () => {
    expect(
      callsOf(
        decode(
          chunk(call(0, 'a', { name: 'f', arguments: '{' })),
          chunk(call(0, undefined, { arguments: '}' })),
          chunk(call(0, 'b', { name: 'g', arguments: '[]' })),
        ),
      ),
    ).toEqual([
      ['f', '{}'],
      ['g', '[]'],
    ]);
  });

  test('whose arguments never come have empty ones', () => {
    expect(callsOf(decode(chunk(call(0, 'a', { name: 'f', arguments: '' })), chunk({}, 'tool_calls')))).toEqual([['f', '{}']]);
  });

  test('end with tool_calls even if the vendor says stop', () => {
    expect(decode(chunk(call(0, 'a', { name: 'f', arguments: '{}' })), chunk({}, 'stop'))).toContainEqual({
      type: 'finish',
      choice: 0,
      reason: 'tool_calls',
      raw: 'stop',
    });
  });
});

test('a finish reason that nobody knows counts as stop and is kept', () => {
  expect(decode(chunk({ content: 'a' }), chunk({}, 'brand_new'))).toContainEqual({ type: 'finish', choice: 0, reason: 'stop', raw: 'brand_new' });
});

test('a stream that only stopped has no finish', () => {
  expect(decode(chunk({ content: 'a' })).some(({ type }) => type === 'finish')).toBe(false);
});

test('usage told several times is told once, the last one', () => {
  const usage = (tokens: number) => ({ usage: { prompt_tokens: 1, completion_tokens: tokens } });
  expect(decode(chunk({ content: 'a' }, null, usage(1)), chunk({}, 'stop', usage(2))).filter(({ type }) => type === 'usage')).toEqual([
    { type: 'usage', usage: { inputTokens: 1, outputTokens: 2 } },
  ]);
});

describe('recorded streams', () => {
  for (const { name: file, events: lines } of openAiStreams()) {
    test(`${file} ends with a finish reason and whole tool calls`, () => {
      const decoder = new ChunkDecoder('p');
      const list = [
        ...lines
          .map(parseJson)
          .filter(isRecord)
          .flatMap((value) => decoder.push(value)),
        ...decoder.end(),
      ];
      const [choice] = answerOf(list).choices;
      expect(choice?.reason).toMatch(/^(stop|tool_calls)$/);
      for (const part of choice?.parts ?? []) if (part.type === 'tool-call') expect(parseJson(part.arguments)).toBeDefined();
      expect(choice?.parts.length).toBeGreaterThan(0);
    });
  }
});

test.each([
  [{ messages: [] }, 'messages'],
  [{ messages: [{ role: 'robot', content: 'x' }] }, 'messages[0].role'],
  [{ messages: [{ role: 'user', content: [{ type: 'smell' }] }] }, 'messages[0].content'],
  [{ messages: [{ role: 'tool', content: 'x' }] }, 'messages[0].tool_call_id'],
  [{ messages: [{ role: 'user', content: 'x' }], temperature: 'hot' }, 'temperature'],
])('%j is refused naming %s', (body, param) => {
  expect(() => decodeRequest(body)).toThrow(expect.objectContaining({ code: 'bad_request', details: expect.objectContaining({ param }) }));
});
