import { once } from 'node:events';
import { AssistantError, type ChatRequest } from '@assistant/contracts';
import { AnswerBuilder } from '../answer';
import { runCall, type Gateway } from '../call/call';
import { gate } from '../call/gate';
import type { Call, Journey } from '../call/journey';
import type { Route } from '../call/route';
import type { PassedWhole } from '../providers/openai/passage';
import type { PassedStream } from '../providers/openai/passed-stream';
import type { Attempt, EventBatch } from '../providers/provider';
import { isRecord, listOf, type JsonRecord } from '../wires/json';
import { decodeRequest } from '../wires/openai-chat/decode';
import { encodeAnswer } from '../wires/openai-chat/encode';
import { ChunkEncoder } from '../wires/openai-chat/stream';
import { SSE_DONE, sseData } from '../wires/sse/writer';
import { readJsonBody, type JsonBody } from './http-body';
import { sendJson, type Exchange } from './http-exchange';

interface Question {
  readonly body: JsonBody;
  readonly model: string;
  readonly streaming: boolean;
  readonly includeUsage: boolean;
}

/** What a provider has for this dialect: bytes that pass through, or events to be written down. */
type HttpAnswer =
  | { readonly type: 'passed-whole'; readonly whole: PassedWhole }
  | { readonly type: 'passed-stream'; readonly stream: PassedStream }
  | { readonly type: 'events'; readonly events: AsyncIterable<EventBatch> };

/** `POST /v1/chat/completions`. */
export const chatCompletions = async (gateway: Gateway, exchange: Exchange): Promise<void> => {
  const question = readQuestion(await readJsonBody(exchange.request));
  const call: Call = {
    id: exchange.id,
    dialect: 'openai-chat',
    operation: 'chat',
    streaming: question.streaming,
    model: question.model,
    traceparent: exchange.traceparent,
    signal: exchange.signal,
    deadline: exchange.deadline,
  };
  await runCall(gateway, call, askFor(question), (answer, journey) => deliver(exchange, question, answer, journey));
};

const wrong = (param: string, problem: string): AssistantError => new AssistantError('bad_request', `${param}: ${problem}`, { param });

/** Checks what the gateway itself relies on; a provider of the same wire checks the rest, other wires are decoded. */
const readQuestion = (body: JsonBody): Question => {
  const { value } = body;
  const { model, messages, stream, stream_options: options } = value;
  if (model !== undefined && model !== null && typeof model !== 'string') throw wrong('model', 'must be a text.');
  if (!Array.isArray(messages) || messages.length === 0) throw wrong('messages', 'must be a list with at least one message.');
  listOf(messages).forEach((message, index) => {
    if (!isRecord(message) || typeof message['role'] !== 'string') throw wrong(`messages[${index}].role`, 'every message is an object with a role.');
  });
  if (stream !== undefined && stream !== null && typeof stream !== 'boolean') throw wrong('stream', 'must be true or false.');
  if (stream !== true && options !== undefined && options !== null) throw wrong('stream_options', 'is only allowed with stream: true.');
  const includeUsage = isRecord(options) && options['include_usage'] === true;
  return { body, model: model ?? '', streaming: stream === true, includeUsage };
};

const askFor = ({ body, streaming, includeUsage }: Question) => {
  let decoded: ChatRequest | undefined;
  const passed: { readonly bytes: Buffer; readonly body: JsonRecord; readonly includeUsage: boolean } = { bytes: body.bytes, body: body.value, includeUsage };
  return async ({ provider }: Route, attempt: Attempt): Promise<HttpAnswer> => {
    const { openAi } = provider;
    if (openAi !== undefined) {
      return streaming
        ? { type: 'passed-stream', stream: await openAi.stream(passed, attempt) }
        : { type: 'passed-whole', whole: await openAi.whole(passed, attempt) };
    }
    decoded ??= decodeRequest(body.value);
    return { type: 'events', events: await gate(provider.chat(decoded, attempt, streaming ? 'stream' : 'whole'), attempt, provider.name) };
  };
};

const deliver = async (exchange: Exchange, question: Question, answer: HttpAnswer, journey: Journey): Promise<void> => {
  journey.firstEventAt = performance.now();
  switch (answer.type) {
    case 'passed-whole': {
      const { bytes, model, usage, finishReasons } = answer.whole;
      journey.usage = usage;
      journey.responseModel = model;
      journey.finishReasons = finishReasons;
      sendJson(exchange, bytes, callHeaders(journey));
      return;
    }
    case 'passed-stream': {
      const { stream } = answer;
      openStream(exchange, journey);
      try {
        await stream.pipe(exchange.response);
      } finally {
        Object.assign(journey, { usage: stream.usage, responseModel: stream.model, finishReasons: stream.finishReasons });
      }
      exchange.response.end();
      return;
    }
    case 'events':
      return question.streaming ? streamEvents(exchange, answer.events, question.includeUsage, journey) : wholeFromEvents(exchange, answer.events, journey);
  }
};

const callHeaders = (journey: Journey): Record<string, string> => ({
  'x-assistant-provider': journey.route?.provider.name ?? '',
  'x-assistant-overhead-ms': journey.overheadMs.toFixed(3),
});

const openStream = ({ id, response }: Exchange, journey: Journey): void => {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': id,
    ...callHeaders(journey),
  });
};

const wholeFromEvents = async (exchange: Exchange, events: AsyncIterable<EventBatch>, journey: Journey): Promise<void> => {
  const builder = new AnswerBuilder();
  for await (const batch of events) for (const event of batch) builder.add(event);
  const answer = builder.build();
  Object.assign(journey, { usage: answer.usage, responseModel: answer.model, finishReasons: answer.choices.map(({ reason }) => reason) });
  sendJson(exchange, JSON.stringify(encodeAnswer(answer)), callHeaders(journey));
};

const streamEvents = async (exchange: Exchange, events: AsyncIterable<EventBatch>, includeUsage: boolean, journey: Journey): Promise<void> => {
  const { response, signal } = exchange;
  const encoder = new ChunkEncoder(includeUsage);
  openStream(exchange, journey);
  for await (const batch of events) {
    let text = '';
    for (const event of batch) {
      if (event.type === 'usage') journey.usage = event.usage;
      if (event.type === 'started') journey.responseModel = event.model;
      if (event.type === 'finish') journey.finishReasons = [...journey.finishReasons, event.reason];
      const chunk = encoder.encode(event);
      if (chunk !== undefined) text += sseData(JSON.stringify(chunk));
    }
    if (text !== '' && !response.write(text)) await once(response, 'drain', { signal });
  }
  response.end(SSE_DONE);
};
