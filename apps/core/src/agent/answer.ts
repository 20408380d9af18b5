import { AssistantError, type ChatEvent, type ChatMessage, type ChatPart, type FinishReason, type Usage } from '@assistant/contracts';

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** One whole model answer. */
export interface Answer {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  /** Signed reasoning that the provider wants back together with the tool calls. */
  readonly reasoning: readonly ChatPart[];
  readonly finish: FinishReason;
  readonly usage?: Usage;
  /** `provider/model`, as the gateway chose it. */
  readonly model?: string;
}

/**
 * An answer beyond this is a model that runs wild; characters of text, reasoning and arguments together. A commit
 * holds the text twice (reply and history) and must stay below the broker's message limit of 1 MiB.
 */
const MAX_ANSWER_CHARACTERS = 100_000;

interface OpenCall {
  id: string;
  name: string;
  arguments: string;
}

/** Gathers the events of one stream. Reads the first choice only: agents ask for one. */
export class AnswerCollector {
  text = '';
  #reasoning: { text: string; signature: string }[] = [];
  readonly #calls = new Map<number, OpenCall>();
  #finish: FinishReason | undefined;
  #usage: Usage | undefined;
  #model: string | undefined;
  #characters = 0;

  /** True when the visible text grew. Throws `upstream_error` when the answer is beyond all bounds. */
  add(event: ChatEvent): boolean {
    if ('choice' in event && event.choice !== 0) return false;
    switch (event.type) {
      case 'text-delta':
      case 'refusal-delta':
        this.#count(event.text);
        this.text += event.text;
        return event.text !== '';
      case 'reasoning-delta':
        this.#reason(event.text, event.signature);
        return false;
      case 'tool-call-start':
        this.#calls.set(event.index, { id: event.id, name: event.name, arguments: '' });
        return false;
      case 'tool-call-delta': {
        this.#count(event.fragment);
        const call = this.#calls.get(event.index);
        if (call !== undefined) call.arguments += event.fragment;
        return false;
      }
      case 'finish':
        this.#finish = event.reason;
        return false;
      case 'usage':
        this.#usage = event.usage;
        return false;
      case 'started':
        this.#model = event.provider === '' ? event.model : `${event.provider}/${event.model}`;
        return false;
      case 'tool-call-end':
      case 'warning':
        return false;
    }
  }

  /** The whole answer. Throws `upstream_truncated` when the stream ended without saying why. */
  finish(fallbackId: (index: number) => string): Answer {
    if (this.#finish === undefined) throw new AssistantError('upstream_truncated', 'The stream ended without a finish reason.');
    const seen = new Set<string>();
    const calls = [...this.#calls.entries()]
      .sort(([a], [b]) => a - b)
      .map(([index, call]) => {
        const id = call.id === '' || seen.has(call.id) ? fallbackId(index) : call.id;
        seen.add(id);
        return { ...call, id };
      });
    return {
      text: this.text,
      calls,
      reasoning: this.#reasoning.filter(({ signature }) => signature !== '').map(({ text, signature }) => ({ type: 'reasoning', text, signature })),
      finish: this.#finish,
      ...(this.#usage === undefined ? {} : { usage: this.#usage }),
      ...(this.#model === undefined ? {} : { model: this.#model }),
    };
  }

  get model(): string | undefined {
    return this.#model;
  }

  get usage(): Usage | undefined {
    return this.#usage;
  }

  #reason(text: string, signature: string | undefined): void {
    this.#count(text);
    const last = this.#reasoning.at(-1);
    // A signature closes a block of reasoning.
    if (last === undefined || last.signature !== '') this.#reasoning.push({ text, signature: signature ?? '' });
    else {
      last.text += text;
      last.signature = signature ?? '';
    }
  }

  #count(text: string): void {
    this.#characters += text.length;
    if (this.#characters > MAX_ANSWER_CHARACTERS) throw new AssistantError('upstream_error', `The answer is longer than ${MAX_ANSWER_CHARACTERS} characters.`);
  }
}

/** The answer as a message of the conversation. */
export const answerMessage = ({ text, calls, reasoning }: Pick<Answer, 'text' | 'calls' | 'reasoning'>): ChatMessage => ({
  role: 'assistant',
  parts: [
    ...(calls.length > 0 ? reasoning : []),
    ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ...calls.map((call) => ({ type: 'tool-call' as const, id: call.id, name: call.name, arguments: call.arguments })),
  ],
});

/** The answer that a recorded message was. */
export const answerOf = (message: ChatMessage, usage: Usage | undefined): Answer => ({
  text: message.parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
  calls: message.parts.flatMap((part) => (part.type === 'tool-call' ? [{ id: part.id, name: part.name, arguments: part.arguments }] : [])),
  reasoning: message.parts.filter((part) => part.type === 'reasoning'),
  finish: 'tool_calls',
  ...(usage === undefined ? {} : { usage }),
});

export const addUsage = (a: Usage | undefined, b: Usage | undefined): Usage | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  const sum = (key: 'cachedInputTokens' | 'cacheWriteTokens' | 'reasoningTokens') => {
    const total = (a[key] ?? 0) + (b[key] ?? 0);
    return total === 0 ? {} : { [key]: total };
  };
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    ...sum('cachedInputTokens'),
    ...sum('cacheWriteTokens'),
    ...sum('reasoningTokens'),
  };
};
