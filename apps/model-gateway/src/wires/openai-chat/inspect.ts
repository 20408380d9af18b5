import { AssistantError, type Usage } from '@assistant/contracts';
import { isRecord, listOf, parseJson, textOf, type JsonRecord } from '../json';
import { SseReader, type SseFrame } from '../sse/reader';
import { SSE_DONE, sseData } from '../sse/writer';
import { decodeUsage } from './answer';
import { encodeUsage } from './encode';

export interface InspectOptions {
  /** The caller asked for `stream_options.include_usage`. */
  readonly includeUsage: boolean;
  /** How many answers must end. */
  readonly choices: number;
  /** The error that a JSON object of the stream reports, if it reports one. */
  readonly errorInside: (value: unknown) => AssistantError | undefined;
}

/**
 * Looks at a stream of the OpenAI dialect on its way through: bytes that need no change come out as they went in.
 * Out come whole events alone, so that an error can be told between any two of them. The usage chunk is made to be
 * what the caller asked for. Throws what the stream itself reports, and `upstream_bad_json` for what is no JSON.
 */
export class StreamInspector {
  readonly #reader = new SseReader();
  readonly #options: InspectOptions;
  readonly #finished = new Set<number>();
  #real = false;
  #done = false;
  #usage: Usage | undefined;
  #usageSent = false;
  #model = '';
  #last: JsonRecord = {};
  #finishReasons: string[] = [];

  constructor(options: InspectOptions) {
    this.#options = options;
  }

  /** The first event with something in it has passed. */
  get real(): boolean {
    return this.#real;
  }

  /** `[DONE]` has passed. */
  get done(): boolean {
    return this.#done;
  }

  /** Every answer has ended, so that nothing is missing if the stream ends now. */
  get complete(): boolean {
    return this.#done || this.#finished.size >= this.#options.choices;
  }

  get usage(): Usage | undefined {
    return this.#usage;
  }

  /** The model that answered, as the provider calls it. */
  get model(): string {
    return this.#model;
  }

  get finishReasons(): readonly string[] {
    return this.#finishReasons;
  }

  push(chunk: Uint8Array): readonly Buffer[] {
    return this.#frames(this.#reader.push(chunk));
  }

  /** The provider's stream is over. Throws `upstream_truncated` or `upstream_empty` when the answer is not complete. */
  end(): readonly Buffer[] {
    const rest = this.#frames(this.#reader.end());
    if (!this.#real) throw new AssistantError('upstream_empty', 'the stream ended without any event');
    if (this.#done) return rest;
    if (!this.complete) throw new AssistantError('upstream_truncated', 'the stream ended before the answer did');
    return [...rest, this.#close()];
  }

  /** What a stream needs that was complete when its provider stopped. */
  close(): Buffer {
    return this.#close();
  }

  #frames(frames: readonly SseFrame[]): readonly Buffer[] {
    const out: Buffer[] = [];
    for (const frame of frames) {
      if (this.#done) break;
      const bytes = this.#frame(frame);
      if (bytes !== undefined) append(out, bytes);
    }
    return out;
  }

  #frame(frame: SseFrame): Buffer | undefined {
    const { data, bytes } = frame;
    if (data === undefined) return this.#real ? bytes : undefined;
    if (data === '[DONE]' || data.trim() === '[DONE]') return this.#close();
    if (data === '') return undefined;
    const value = parseJson(data);
    const error = this.#options.errorInside(value);
    if (error !== undefined) throw error;
    if (!isRecord(value) || !(Array.isArray(value['choices']) || !frame.bare)) {
      throw new AssistantError('upstream_bad_json', 'the stream holds an event that is no JSON object');
    }
    return this.#chunk(value, frame);
  }

  #chunk(value: JsonRecord, frame: SseFrame): Buffer | undefined {
    const choices = listOf(value['choices']);
    for (const choice of choices) if (isRecord(choice)) this.#choice(choice);
    const usage = value['usage'] === undefined || value['usage'] === null ? undefined : decodeUsage(value['usage']);
    this.#usage = usage ?? this.#usage;
    if (this.#model === '') this.#model = textOf(value['model']) ?? '';
    if (choices.length === 0 && usage !== undefined) {
      if (!this.#options.includeUsage || this.#usageSent) return undefined;
      this.#usageSent = true;
      return frame.bytes;
    }
    this.#last = value;
    if (usage === undefined && !frame.bare) return frame.bytes;
    const { usage: _moved, ...rest } = value;
    return Buffer.from(sseData(JSON.stringify(this.#options.includeUsage ? { ...rest, usage: null } : rest)));
  }

  #choice(choice: JsonRecord): void {
    const finish = choice['finish_reason'];
    if (typeof finish === 'string' && finish !== '') {
      this.#real = true;
      const index = typeof choice['index'] === 'number' ? choice['index'] : 0;
      if (!this.#finished.has(index)) this.#finishReasons.push(finish);
      this.#finished.add(index);
    }
    // Moonshot puts the usage into the choice.
    if (isRecord(choice['usage'])) this.#usage = decodeUsage(choice['usage']) ?? this.#usage;
    if (!this.#real && isRecord(choice['delta'])) this.#real = hasContent(choice['delta']);
  }

  #close(): Buffer {
    this.#done = true;
    if (!this.#options.includeUsage || this.#usageSent || this.#usage === undefined) return DONE;
    this.#usageSent = true;
    const { id, created, model } = this.#last;
    const chunk = { id, object: 'chat.completion.chunk', created, model, choices: [], usage: encodeUsage(this.#usage) };
    return Buffer.from(sseData(JSON.stringify(chunk)) + SSE_DONE);
  }
}

const DONE = Buffer.from(SSE_DONE);

/** A delta that says more than the role. */
const hasContent = (delta: JsonRecord): boolean => {
  for (const key of Object.keys(delta)) {
    const value = delta[key];
    if (key === 'role' || value === null || value === undefined || value === '' || typeof value === 'number') continue;
    if (!Array.isArray(value) || value.length > 0) return true;
  }
  return false;
};

/** Neighbours in memory become one piece, so that what arrived together is written together. */
const append = (out: Buffer[], bytes: Buffer): void => {
  const last = out.at(-1);
  if (last !== undefined && last.buffer === bytes.buffer && last.byteOffset + last.length === bytes.byteOffset) {
    out[out.length - 1] = Buffer.from(last.buffer, last.byteOffset, last.length + bytes.length);
    return;
  }
  out.push(bytes);
};
