import type { SessionState } from '@assistant/contracts';
import type { CallOptions } from '../agent/model-client';
import type { AgentDependencies } from '../agent/run';
import type { Turn } from '../turn/types';

/** A sentence in both languages. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** What a command says, and what it changes in the session. */
export interface CommandAnswer {
  /** Markdown. */
  readonly text: string;
  readonly session?: Partial<Omit<SessionState, 'window'>> & { readonly startOver?: boolean };
}

export interface Command {
  /** Without the slash. */
  readonly name: string;
  /** Other names, Chinese ones among them. */
  readonly aliases: readonly string[];
  /** What may follow the name, for `/help`. */
  readonly usage?: string;
  readonly summary: Text;
  /** `args` is what follows the name, trimmed. An AssistantError becomes the sentence of its failure. */
  run(turn: Turn, args: string, deps: AgentDependencies): Promise<CommandAnswer>;
}

/** A command that asks another service gets its answer within this time, or fails. */
const COMMAND_TIMEOUT_MS = 10_000;

export const callOptions = ({ signal, span }: Turn): CallOptions => ({ deadline: Date.now() + COMMAND_TIMEOUT_MS, signal, traceparent: span.traceparent });
