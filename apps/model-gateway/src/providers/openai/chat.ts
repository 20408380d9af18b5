import { AssistantError, type ChatRequest } from '@assistant/contracts';
import { decodeAnswer } from '../../wires/openai-chat/answer';
import { encodeRequest, type ChatQuirks } from '../../wires/openai-chat/encode';
import { ChunkDecoder } from '../../wires/openai-chat/stream';
import { isRecord, parseJson } from '../../wires/json';
import { SseReader, type SseFrame } from '../../wires/sse/reader';
import type { Attempt, AnswerMode, EventBatch } from '../provider';
import { errorInside, named, notAnAnswer } from './errors';
import type { Upstream, UpstreamAnswer } from './upstream';

const PATH = '/chat/completions';

/** Asks an OpenAI-compatible vendor and tells the answer in our own events. */
export async function* chat(upstream: Upstream, quirks: ChatQuirks, request: ChatRequest, attempt: Attempt, mode: AnswerMode): AsyncGenerator<EventBatch> {
  const streaming = mode === 'stream';
  const body = JSON.stringify(encodeRequest(request, attempt.model, quirks, streaming));
  const answer = await upstream.post({ path: PATH, body, streaming }, attempt);
  if (!streaming || /application\/json|text\/html/.test(answer.contentType)) {
    yield await whole(upstream, answer, attempt);
    return;
  }
  yield* stream(upstream, answer, attempt, request.choices ?? 1);
}

const whole = async (upstream: Upstream, { body, contentType }: UpstreamAnswer, attempt: Attempt): Promise<EventBatch> => {
  const text = (await upstream.read(body, attempt)).toString('utf8');
  attempt.watch.pause();
  const value = parseJson(text);
  const failure = errorInside(upstream.provider, value);
  if (failure !== undefined) throw failure;
  if (!isRecord(value)) throw notAnAnswer(upstream.provider, text, contentType);
  try {
    return decodeAnswer(value, upstream.provider);
  } catch (error) {
    throw upstream.explain(error, attempt);
  }
};

async function* stream(upstream: Upstream, { body }: UpstreamAnswer, attempt: Attempt, choices: number): AsyncGenerator<EventBatch> {
  const reader = new SseReader();
  const decoder = new ChunkDecoder(upstream.provider);
  let done = false;
  const eventsOf = (frames: readonly SseFrame[]): EventBatch =>
    frames.flatMap(({ data }) => {
      if (data === undefined || data === '' || done) return [];
      if (data.trim() === '[DONE]') {
        done = true;
        return [];
      }
      const value = parseJson(data);
      const failure = errorInside(upstream.provider, value);
      if (failure !== undefined) throw failure;
      if (!isRecord(value)) throw named(upstream.provider, new AssistantError('upstream_bad_json', 'the stream holds an event that is no JSON object'));
      return decoder.push(value);
    });
  try {
    for await (const chunk of body) {
      attempt.watch.heard();
      attempt.watch.pause();
      const events = Buffer.isBuffer(chunk) ? eventsOf(reader.push(chunk)) : [];
      if (events.length > 0) yield events;
      if (done) break;
      attempt.watch.resume();
    }
    const rest = eventsOf(reader.end());
    if (rest.length > 0) yield rest;
  } catch (error) {
    // A complete answer stays complete, however its connection ends.
    if (attempt.signal.aborted || decoder.finishedChoices < choices) throw upstream.explain(error, attempt);
  }
  attempt.watch.pause();
  if (!done && decoder.finishedChoices < choices) {
    throw named(upstream.provider, new AssistantError('upstream_truncated', 'the stream ended before the answer did'));
  }
  const last = decoder.end();
  if (last.length > 0) yield last;
}
