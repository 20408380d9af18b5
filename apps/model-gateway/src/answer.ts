import type { ChatEvent, ChatPart, FinishReason, Usage } from '@assistant/contracts';

/** One whole answer of a model, gathered from its events. */
export interface Answer {
  readonly id: string;
  readonly model: string;
  readonly provider: string;
  /** Unix seconds. */
  readonly createdAt?: number;
  readonly choices: readonly AnswerChoice[];
  readonly usage?: Usage;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

export interface AnswerChoice {
  /** Reasoning, then text, then tool calls. */
  readonly parts: readonly ChatPart[];
  readonly refusal?: string;
  readonly reason: FinishReason;
  readonly raw?: string;
}

interface Growing {
  text: string;
  reasoning: string;
  signature: string;
  refusal: string;
  calls: Map<number, { id: string; name: string; arguments: string }>;
  reason: FinishReason;
  raw: string | undefined;
}

/** Gathers events into an answer. */
export class AnswerBuilder {
  #id = '';
  #model = '';
  #provider = '';
  #createdAt: number | undefined;
  #usage: Usage | undefined;
  readonly #choices: Growing[] = [];
  readonly #warnings: { readonly code: string; readonly message: string }[] = [];

  add(event: ChatEvent): void {
    switch (event.type) {
      case 'started':
        this.#id = event.id;
        this.#model = event.model;
        this.#provider = event.provider;
        this.#createdAt = event.createdAt;
        return;
      case 'text-delta':
        this.#choice(event.choice).text += event.text;
        return;
      case 'reasoning-delta':
        this.#choice(event.choice).reasoning += event.text;
        this.#choice(event.choice).signature += event.signature ?? '';
        return;
      case 'refusal-delta':
        this.#choice(event.choice).refusal += event.text;
        return;
      case 'tool-call-start':
        this.#choice(event.choice).calls.set(event.index, { id: event.id, name: event.name, arguments: '' });
        return;
      case 'tool-call-delta': {
        const call = this.#choice(event.choice).calls.get(event.index);
        if (call !== undefined) call.arguments += event.fragment;
        return;
      }
      case 'tool-call-end':
        return;
      case 'finish': {
        const choice = this.#choice(event.choice);
        choice.reason = event.reason;
        choice.raw = event.raw;
        return;
      }
      case 'usage':
        this.#usage = event.usage;
        return;
      case 'warning':
        this.#warnings.push({ code: event.code, message: event.message });
        return;
    }
  }

  build(): Answer {
    return {
      id: this.#id,
      model: this.#model,
      provider: this.#provider,
      ...(this.#createdAt === undefined ? {} : { createdAt: this.#createdAt }),
      choices: this.#choices.map(finished),
      ...(this.#usage === undefined ? {} : { usage: this.#usage }),
      warnings: this.#warnings,
    };
  }

  #choice(index: number): Growing {
    for (let missing = this.#choices.length; missing <= index; missing++) {
      this.#choices.push({ text: '', reasoning: '', signature: '', refusal: '', calls: new Map(), reason: 'error', raw: undefined });
    }
    const choice = this.#choices[index];
    if (choice === undefined) throw new RangeError(`no choice ${index}`);
    return choice;
  }
}

const finished = ({ text, reasoning, signature, refusal, calls, reason, raw }: Growing): AnswerChoice => ({
  parts: [
    ...(reasoning === '' && signature === '' ? [] : [{ type: 'reasoning' as const, text: reasoning, ...(signature === '' ? {} : { signature }) }]),
    ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ...[...calls].sort(([left], [right]) => left - right).map(([, call]) => ({ type: 'tool-call' as const, ...call })),
  ],
  ...(refusal === '' ? {} : { refusal }),
  reason,
  ...(raw === undefined ? {} : { raw }),
});
