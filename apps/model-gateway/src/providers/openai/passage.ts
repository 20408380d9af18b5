import { Readable } from 'node:stream';
import { AssistantError, type Usage } from '@assistant/contracts';
import { decodeAnswer, decodeUsage } from '../../wires/openai-chat/answer';
import type { ChatQuirks } from '../../wires/openai-chat/encode';
import { StreamInspector } from '../../wires/openai-chat/inspect';
import { ChunkEncoder } from '../../wires/openai-chat/stream';
import { isRecord, listOf, parseJson, textOf, type JsonRecord } from '../../wires/json';
import { SSE_DONE, sseData } from '../../wires/sse/writer';
import type { Attempt } from '../provider';
import { errorInside, named, notAnAnswer } from './errors';
import { PassedStream } from './passed-stream';
import type { Upstream } from './upstream';

/** A request of the OpenAI dialect, as the caller sent it. */
export interface PassedRequest {
  readonly bytes: Buffer;
  /** The same, parsed. */
  readonly body: JsonRecord;
  readonly includeUsage: boolean;
}

/** A whole answer, byte for byte. */
export interface PassedWhole {
  readonly bytes: Buffer;
  readonly model: string;
  readonly usage: Usage | undefined;
  readonly finishReasons: readonly string[];
}

/** From the OpenAI dialect to the OpenAI wire: nothing is translated, everything is checked. */
export interface OpenAiPassage {
  whole(request: PassedRequest, attempt: Attempt): Promise<PassedWhole>;
  /** Resolves with the first real event. */
  stream(request: PassedRequest, attempt: Attempt): Promise<PassedStream>;
}

const PATH = '/chat/completions';

export const createPassage = (upstream: Upstream, quirks: ChatQuirks): OpenAiPassage => ({
  whole: async (request, attempt) => {
    const { body, contentType } = await upstream.post({ path: PATH, body: outgoing(request, attempt.model, quirks, false) }, attempt);
    const bytes = await upstream.read(body, attempt);
    attempt.watch.stop();
    return inspectWhole(upstream.provider, bytes, contentType);
  },
  stream: async (request, attempt) => {
    const answer = await upstream.post({ path: PATH, body: outgoing(request, attempt.model, quirks, true), streaming: true }, attempt);
    const inspector = new StreamInspector({
      includeUsage: request.includeUsage,
      choices: typeof request.body['n'] === 'number' ? request.body['n'] : 1,
      errorInside: (value) => errorInside(upstream.provider, value),
    });
    const body = isWhole(answer.contentType) ? Readable.from(await asStream(upstream, answer, attempt)) : answer.body;
    return PassedStream.open(body, inspector, attempt, (error) => upstream.explain(error, attempt));
  },
});

/** Some servers answer a request for a stream with a whole answer, or with a page. */
const isWhole = (contentType: string): boolean => /application\/json|text\/html/.test(contentType);

const asStream = async (
  upstream: Upstream,
  answer: { readonly body: Readable; readonly contentType: string },
  attempt: Attempt,
): Promise<readonly Buffer[]> => {
  const bytes = await upstream.read(answer.body, attempt);
  const { value } = checkedAnswer(upstream.provider, bytes, answer.contentType);
  const encoder = new ChunkEncoder(true);
  const chunks = decodeAnswer(value, upstream.provider).flatMap((event) => encoder.encode(event) ?? []);
  return [Buffer.from(chunks.map((chunk) => sseData(JSON.stringify(chunk))).join('') + SSE_DONE)];
};

const checkedAnswer = (provider: string, bytes: Buffer, contentType: string): { readonly value: JsonRecord; readonly choices: readonly unknown[] } => {
  const text = bytes.toString('utf8');
  const value = parseJson(text);
  const failure = errorInside(provider, value);
  if (failure !== undefined) throw failure;
  if (!isRecord(value) || !Array.isArray(value['choices'])) throw notAnAnswer(provider, text, contentType);
  const choices = listOf(value['choices']);
  if (choices.length === 0) throw named(provider, new AssistantError('upstream_empty', 'the answer has no choices'));
  return { value, choices };
};

const inspectWhole = (provider: string, bytes: Buffer, contentType: string): PassedWhole => {
  const { value, choices } = checkedAnswer(provider, bytes, contentType);
  return {
    bytes,
    model: textOf(value['model']) ?? '',
    usage: decodeUsage(value['usage']),
    finishReasons: choices.flatMap((choice) => (isRecord(choice) ? (textOf(choice['finish_reason']) ?? []) : [])),
  };
};

/** The caller's own bytes where nothing must change; else the same fields with our model and the usage asked for. */
const outgoing = ({ bytes, body }: PassedRequest, model: string, quirks: ChatQuirks, stream: boolean): Buffer | string => {
  const options = body['stream_options'];
  const asksUsage = isRecord(options) && options['include_usage'] === true;
  const usageAsWanted = stream ? asksUsage === quirks.streamUsage : options === undefined;
  if (body['model'] === model && usageAsWanted) return bytes;
  const { stream_options: _asked, ...rest } = body;
  const wanted = stream && quirks.streamUsage ? { stream_options: { ...(isRecord(options) ? options : {}), include_usage: true } } : {};
  try {
    return JSON.stringify({ ...rest, model, ...wanted });
  } catch (error) {
    throw new AssistantError('bad_request', 'The body is nested too deeply.', { cause: error });
  }
};
