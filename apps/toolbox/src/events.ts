import type { AssistantError } from '@assistant/contracts';
import { metrics, type Logger, type Span } from '@assistant/telemetry';

export interface InvokedEvent {
  /** A name of the catalogue, or `unknown`: the label must stay bounded. */
  readonly tool: string;
  readonly idempotencyKey: string;
  readonly durationMs: number;
  readonly error?: AssistantError;
}

/** A call has ended: one log line, one count, one event of the span. Arguments and results are in none of them. */
export const invoked = (log: Logger, span: Span, { tool, idempotencyKey, durationMs, error }: InvokedEvent): void => {
  const outcome = error?.code ?? 'ok';
  metrics.toolCalls.inc({ tool, outcome });
  span.set({ 'assistant.tool': tool, 'assistant.outcome': outcome });
  const fields = { hop: 'invoke.run' as const, trace_id: span.traceId, tool, outcome, duration_ms: Math.round(durationMs), idempotency_key: idempotencyKey };
  if (error === undefined) log.debug('a tool answered', fields);
  else log.info('a tool gave no answer', { ...fields, reason: error.message });
};
