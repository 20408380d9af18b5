import type { ConfigStore } from '@assistant/config';
import { AssistantError, type ChatMessage, type HistoryMessage, type ToolDescriptor, type Usage } from '@assistant/contracts';
import type { Turn } from '../turn/types';
import { addUsage, answerMessage, type Answer } from './answer';
import type { ChosenAgent } from './choose';
import type { CallOptions, ModelClient } from './model-client';
import { remember } from './tokens';
import type { ToolboxClient } from './toolbox-client';

/** What agents and commands need beside the turn; made once a service. */
export interface AgentDependencies {
  readonly config: Pick<ConfigStore, 'get'>;
  readonly models: ModelClient;
  readonly toolbox: ToolboxClient;
  readonly version: string;
}

/** One model answer with its place in the turn. `round` counts model calls from 0. */
export interface Round {
  readonly round: number;
  readonly answer: Answer;
  readonly message: HistoryMessage;
}

/** Smallest pause between two live snapshots; a platform cannot show more. */
const SNAPSHOT_MS = 50;

/** The working state of one turn: what was said and done so far, and what may still be done. */
export class AgentRun {
  readonly person: HistoryMessage;
  /** Messages of this turn, the person's first. */
  readonly messages: HistoryMessage[];
  readonly deadline: number;
  tools: readonly ToolDescriptor[] = [];
  rounds = 0;
  toolCalls = 0;
  waitedMs = 0;
  usage: Usage | undefined;
  model: string | undefined;
  /** Visible text of the finished rounds. */
  #said = '';
  /** Visible text of the running round. */
  #saying = '';
  #shownAt = 0;

  constructor(
    readonly turn: Turn,
    readonly deps: AgentDependencies,
    readonly agent: ChosenAgent,
    person: ChatMessage,
  ) {
    this.person = remember(person, Date.now());
    this.messages = [this.person];
    this.deadline = Date.now() + agent.settings.timeout_ms;
  }

  /** What a person has seen or would see if the turn ended here. */
  get text(): string {
    return [this.#said, this.#saying.trim()].filter((text) => text !== '').join('\n\n');
  }

  /** Visible text of a round that did not end. */
  get unfinished(): string {
    return this.#saying.trim();
  }

  get callOptions(): CallOptions {
    return { deadline: this.deadline, signal: this.turn.signal, traceparent: this.turn.span.traceparent };
  }

  /** The text of the running round so far. Shown live at most every 50 ms; the commit brings what was not shown. */
  saying(text: string): void {
    this.#saying = text;
    const now = performance.now();
    if (now - this.#shownAt < SNAPSHOT_MS) return;
    this.#shownAt = now;
    this.show();
  }

  show(): void {
    if (this.text !== '') this.turn.live.snapshot(this.text);
  }

  /** Ends a round: its answer becomes part of the turn. */
  answered(answer: Answer): Round {
    this.#saying = answer.text;
    this.#said = this.text;
    this.#saying = '';
    const message = remember(answerMessage(answer), Date.now());
    this.messages.push(message);
    this.usage = addUsage(this.usage, answer.usage);
    this.model = answer.model ?? this.model;
    return { round: this.rounds++, answer, message };
  }

  /** Measures time spent waiting for a model or for tools. */
  async waiting<T>(work: () => Promise<T>): Promise<T> {
    const from = performance.now();
    try {
      return await work();
    } finally {
      this.waitedMs += performance.now() - from;
    }
  }

  isAborted(): boolean {
    return this.turn.signal.aborted;
  }

  /** Throws when the turn was aborted for any reason but the person's own wish: nothing of it may be committed. */
  assertOwned(): void {
    const { signal, id } = this.turn;
    if (signal.aborted && signal.reason !== 'asked')
      throw new AssistantError('draining', `turn ${id} was given up: ${String(signal.reason)}`, { cause: signal.reason });
  }
}
