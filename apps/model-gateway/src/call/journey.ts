import { AssistantError, type Hop, type Usage } from '@assistant/contracts';
import { startSpan, SpanKind, type Span } from '@assistant/telemetry';
import type { Route } from './route';
import type { Timeouts, Watch } from './watch';

/** How callers speak to us: a metric label. */
export type Dialect = 'openai-chat' | 'grpc';

/** `gen_ai.operation.name` of the OpenTelemetry conventions. */
export type Operation = 'chat' | 'text_completion' | 'embeddings' | 'transcription' | 'speech' | 'image_generation';

/** One request of a caller, whatever its dialect. */
export interface Call {
  readonly id: string;
  readonly dialect: Dialect;
  readonly operation: Operation;
  readonly streaming: boolean;
  /** What the caller wrote: a provider, provider/model, a model, or nothing. */
  readonly model: string;
  readonly traceparent: string | undefined;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
  /** When the caller stops waiting, Unix milliseconds. */
  readonly deadline: number | undefined;
}

/** What is known about a call while it is on its road: filled by each step, read by `account`. */
export class Journey {
  readonly call: Call;
  readonly span: Span;
  readonly startedAt = performance.now();
  route: Route | undefined;
  attempts = 0;
  /** Waiting between two attempts, milliseconds. */
  pausedMs = 0;
  firstEventAt: number | undefined;
  usage: Usage | undefined;
  responseModel = '';
  finishReasons: readonly string[] = [];
  /** Waiting for providers in attempts that are over, milliseconds. */
  #waitedMs = 0;
  #watch: Watch | undefined;

  constructor(call: Call) {
    this.call = call;
    this.span = startSpan(
      `${call.operation} ${call.model}`.trim(),
      call.traceparent,
      { 'gen_ai.operation.name': call.operation, 'assistant.request_id': call.id },
      SpanKind.SERVER,
    );
  }

  /** The attempt that is under way. */
  watchedBy(watch: Watch): void {
    this.#waitedMs += this.#watch?.waitedMs ?? 0;
    this.#watch = watch;
  }

  /** Time that the gateway itself has added so far, milliseconds. */
  get overheadMs(): number {
    return Math.max(0, performance.now() - this.startedAt - this.pausedMs - this.#waitedMs - (this.#watch?.waitedMs ?? 0));
  }

  /** Milliseconds left of the total limit and of the caller's deadline, whichever is less. */
  remainingMs(timeouts: Timeouts): number {
    const total = timeouts.totalMs - (performance.now() - this.startedAt);
    return this.call.deadline === undefined ? total : Math.min(total, this.call.deadline - Date.now());
  }

  /** The error for when that time is over. */
  timeIsOver(timeouts: Timeouts): AssistantError {
    const subject = this.route?.provider.name ?? '';
    return performance.now() - this.startedAt >= timeouts.totalMs - CLOCK_SLACK_MS
      ? new AssistantError('timeout_total', `provider ${subject}: not finished within ${timeouts.totalMs} ms`, { subject })
      : new AssistantError('deadline_exceeded', 'The deadline of the caller is over.', { subject });
  }
}

/** One short step of the road under a span of its own. */
export const spanned = <T>(parent: Span, name: Hop, step: () => T): T => {
  const span = parent.child(name);
  try {
    const result = step();
    span.end();
    return result;
  } catch (error) {
    span.end(error);
    throw error;
  }
};

/** Timers fire a little early or late. */
const CLOCK_SLACK_MS = 5;
