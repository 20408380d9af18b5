import type { Destination, HistoryMessage, InboundEvent, Lane, Reply, SessionState, StepRecord, TurnStatus, Usage } from '@assistant/contracts';
import type { Logger, Span } from '@assistant/telemetry';

/** The language a turn's fixed sentences are written in. */
export type Language = 'en' | 'zh';

/** One claimed message (an album is several events), with everything needed to answer it. */
export interface Turn {
  readonly id: string;
  readonly lane: Lane;
  /** In platform order; the first one names the turn. */
  readonly events: readonly [InboundEvent, ...InboundEvent[]];
  readonly to: Destination;
  readonly session: SessionState;
  /** The conversation so far, inside the token budget, oldest first; without this turn. */
  readonly history: readonly HistoryMessage[];
  readonly language: Language;
  readonly span: Span;
  readonly log: Logger;
  /** Aborts on `/stop`, on a lost lease and when a drain runs out of time. `reason` is a StopReason. */
  readonly signal: AbortSignal;
  readonly journal: Journal;
  readonly live: Live;
}

/** Why a running turn was aborted: `asked` commits what there is as stopped, the others leave the turn uncommitted. */
export type StopReason = 'asked' | 'drain' | 'lease-lost';

/**
 * The turn's journal. What is in `recorded` was done by an earlier owner: take it as it is, never do it again.
 * An append that finds another writer throws `LaneConflict`: stop at once, the turn is somebody else's.
 */
export interface Journal {
  readonly recorded: readonly StepRecord[];
  /** A model answer with tool calls. `external` = ids of the calls whose effect leaves the system; this is their intent. */
  model(message: HistoryMessage, external: readonly string[], usage: Usage | undefined): Promise<void>;
  /** All results of one round of tool calls. */
  tools(messages: readonly HistoryMessage[]): Promise<void>;
}

/** Shows the turn while it runs. Lossy and never awaited. */
export interface Live {
  /** The whole visible text so far. */
  snapshot(text: string): void;
  tool(call: {
    readonly callId: string;
    readonly name: string;
    readonly state: 'running' | 'done' | 'failed' | 'denied';
    readonly arguments: string;
    readonly result?: string;
  }): void;
}

/** What answering a turn came to. */
export interface Outcome {
  readonly status: Exclude<TurnStatus, 'dead'>;
  readonly replies: readonly Reply[];
  /** What the conversation remembers of this turn: the person's message first, then the model's and the tools'. */
  readonly history: readonly HistoryMessage[];
  /** Changes to the session; `window` is kept by the road itself. `startOver` forgets the history (`/new`). */
  readonly session?: Partial<Omit<SessionState, 'window'>> & { readonly startOver?: boolean };
  readonly model?: string;
  readonly usage?: Usage;
  /** Time spent waiting for models and tools, milliseconds. */
  readonly waitedMs: number;
  readonly error?: { readonly code: string; readonly message: string };
}
