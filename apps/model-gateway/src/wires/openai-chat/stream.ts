import type { ChatEvent, Usage } from '@assistant/contracts';
import { isRecord, listOf, numberOf, textOf, type JsonRecord } from '../json';
import { contentText, decodeFinishReason, decodeUsage, reasoningText } from './answer';
import { encodeFinishReason, encodeUsage } from './encode';

interface OpenCall {
  readonly index: number;
  readonly id: string;
  arguments: boolean;
}

interface ChoiceState {
  /** By the index on the wire, which vendors repeat, leave out or start at one. */
  readonly byWireIndex: Map<number, OpenCall>;
  readonly calls: OpenCall[];
  /** The vendor's word; set once the choice has ended. */
  finish: string | undefined;
}

/**
 * Chunks of `chat.completion.chunk` as events. Tool calls are told apart by id where the index does not, arguments
 * that never come are `{}`, and `finish` and `usage` are given out by `end`, once everything has arrived.
 */
export class ChunkDecoder {
  readonly #provider: string;
  readonly #choices = new Map<number, ChoiceState>();
  #started = false;
  #usage: Usage | undefined;

  constructor(provider: string) {
    this.#provider = provider;
  }

  /** The number of choices that the provider has ended. */
  get finishedChoices(): number {
    let count = 0;
    for (const { finish } of this.#choices.values()) if (finish !== undefined) count += 1;
    return count;
  }

  get usage(): Usage | undefined {
    return this.#usage;
  }

  push(chunk: JsonRecord): readonly ChatEvent[] {
    const events: ChatEvent[] = [];
    const choices = listOf(chunk['choices']);
    this.#usage = decodeUsage(chunk['usage']) ?? this.#usage;
    if (!this.#started && choices.length > 0) {
      this.#started = true;
      const createdAt = numberOf(chunk['created']);
      events.push({
        type: 'started',
        id: textOf(chunk['id']) ?? '',
        model: textOf(chunk['model']) ?? '',
        provider: this.#provider,
        ...(createdAt === undefined ? {} : { createdAt }),
      });
    }
    for (const value of choices) {
      if (isRecord(value)) this.#choice(value, events);
    }
    return events;
  }

  /** What follows the last chunk. A choice that never ended is left without `finish`. */
  end(): readonly ChatEvent[] {
    const events: ChatEvent[] = [];
    for (const [choice, state] of this.#choices) {
      for (const call of state.calls) {
        if (!call.arguments) events.push({ type: 'tool-call-delta', choice, index: call.index, fragment: '{}' });
        events.push({ type: 'tool-call-end', choice, index: call.index });
      }
      if (state.finish !== undefined)
        events.push({ type: 'finish', choice, reason: decodeFinishReason(state.finish, state.calls.length > 0), raw: state.finish });
    }
    if (this.#usage !== undefined) events.push({ type: 'usage', usage: this.#usage });
    return events;
  }

  #choice(value: JsonRecord, events: ChatEvent[]): void {
    const choice = numberOf(value['index']) ?? 0;
    const state = this.#state(choice);
    const delta = isRecord(value['delta']) ? value['delta'] : {};
    const reasoning = reasoningText(delta);
    if (reasoning !== '') events.push({ type: 'reasoning-delta', choice, text: reasoning });
    const text = contentText(delta['content']);
    if (text !== '') events.push({ type: 'text-delta', choice, text });
    const refusal = textOf(delta['refusal']) ?? '';
    if (refusal !== '') events.push({ type: 'refusal-delta', choice, text: refusal });
    for (const call of listOf(delta['tool_calls'])) {
      if (isRecord(call)) toolCall(call, choice, state, events);
    }
    // Moonshot puts the usage into the choice.
    this.#usage = decodeUsage(value['usage']) ?? this.#usage;
    const finish = textOf(value['finish_reason']);
    if (finish !== undefined && finish !== '') state.finish = finish;
  }

  #state(choice: number): ChoiceState {
    const known = this.#choices.get(choice);
    if (known !== undefined) return known;
    const state: ChoiceState = { byWireIndex: new Map(), calls: [], finish: undefined };
    this.#choices.set(choice, state);
    return state;
  }
}

const toolCall = (value: JsonRecord, choice: number, state: ChoiceState, events: ChatEvent[]): void => {
  const id = textOf(value['id']) ?? '';
  const wireIndex = numberOf(value['index']);
  const { name, arguments: raw } = isRecord(value['function']) ? value['function'] : {};
  const nameText = textOf(name) ?? '';
  let call = findCall(state, wireIndex, id, nameText);
  if (call === undefined) {
    const index = state.calls.length;
    call = { index, id: id === '' ? `call_${choice}_${index}` : id, arguments: false };
    state.calls.push(call);
    events.push({ type: 'tool-call-start', choice, index, id: call.id, name: nameText });
  }
  if (wireIndex !== undefined) state.byWireIndex.set(wireIndex, call);
  const fragment = typeof raw === 'string' ? raw : isRecord(raw) ? JSON.stringify(raw) : '';
  if (fragment === '') return;
  call.arguments = true;
  events.push({ type: 'tool-call-delta', choice, index: call.index, fragment });
};

/** The call this piece belongs to; undefined when it begins a new one. A new id is always a new call. */
const findCall = (state: ChoiceState, wireIndex: number | undefined, id: string, name: string): OpenCall | undefined => {
  if (id !== '') {
    const known = state.calls.find((call) => call.id === id);
    if (known !== undefined) return known;
    return undefined;
  }
  if (wireIndex !== undefined) return state.byWireIndex.get(wireIndex);
  return name === '' ? state.calls.at(-1) : undefined;
};

/** Events as chunks of the dialect. One event gives at most one chunk; the first one carries the role. */
export class ChunkEncoder {
  readonly #includeUsage: boolean;
  readonly #spoken = new Set<number>();
  #id = '';
  #model = '';
  #created = 0;

  constructor(includeUsage: boolean) {
    this.#includeUsage = includeUsage;
  }

  encode(event: ChatEvent): JsonRecord | undefined {
    switch (event.type) {
      case 'started':
        this.#id = event.id;
        this.#model = event.model;
        this.#created = event.createdAt ?? Math.floor(Date.now() / 1000);
        return undefined;
      case 'text-delta':
        return this.#delta(event.choice, { content: event.text });
      case 'reasoning-delta':
        return this.#delta(event.choice, { reasoning_content: event.text });
      case 'refusal-delta':
        return this.#delta(event.choice, { refusal: event.text });
      case 'tool-call-start':
        return this.#delta(event.choice, {
          tool_calls: [{ index: event.index, id: event.id, type: 'function', function: { name: event.name, arguments: '' } }],
        });
      case 'tool-call-delta':
        return this.#delta(event.choice, { tool_calls: [{ index: event.index, function: { arguments: event.fragment } }] });
      case 'tool-call-end':
      case 'warning':
        return undefined;
      case 'finish':
        return this.#chunk([{ index: event.choice, delta: {}, logprobs: null, finish_reason: encodeFinishReason(event.reason) }]);
      case 'usage':
        return this.#includeUsage ? { ...this.#chunk([]), usage: encodeUsage(event.usage) } : undefined;
    }
  }

  #delta(choice: number, delta: JsonRecord): JsonRecord {
    const first = !this.#spoken.has(choice);
    if (first) this.#spoken.add(choice);
    return this.#chunk([{ index: choice, delta: first ? { role: 'assistant', ...delta } : delta, logprobs: null, finish_reason: null }]);
  }

  #chunk(choices: readonly JsonRecord[]): JsonRecord {
    return {
      id: this.#id,
      object: 'chat.completion.chunk',
      created: this.#created,
      model: this.#model,
      choices,
      ...(this.#includeUsage ? { usage: null } : {}),
    };
  }
}
