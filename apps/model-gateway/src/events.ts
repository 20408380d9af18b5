import type { AssistantError } from '@assistant/contracts';
import { metrics, type Logger } from '@assistant/telemetry';
import type { Journey } from './call/journey';

/** Where the events of the gateway are written. One function an event writes log line, counters and span together. */
export interface CallEvents {
  readonly log: Logger;
}

const SECOND = 1000;

/** A call is over, well or not. */
export const callEnded = ({ log }: CallEvents, journey: Journey, error: AssistantError | undefined): void => {
  const { call, route, usage, attempts } = journey;
  const { dialect, operation } = call;
  const durationMs = performance.now() - journey.startedAt;
  metrics.gatewayRequests.inc({ dialect, outcome: error?.code ?? 'ok' });
  metrics.gatewayOverhead.observe({ dialect }, journey.overheadMs / SECOND);
  if (error?.code === 'client_closed') metrics.clientCancelled.inc({ dialect });
  if (route !== undefined) {
    const labels = { gen_ai_operation_name: operation, gen_ai_provider_name: route.provider.semanticName, gen_ai_request_model: route.label };
    metrics.genAiDuration.observe({ ...labels, error_type: error?.code ?? '' }, durationMs / SECOND);
    if (usage !== undefined) {
      metrics.genAiTokens.observe({ ...labels, gen_ai_token_type: 'input' }, usage.inputTokens);
      metrics.genAiTokens.observe({ ...labels, gen_ai_token_type: 'output' }, usage.outputTokens);
    }
    if (call.streaming && journey.firstEventAt !== undefined) {
      metrics.genAiFirstChunk.observe(
        { gen_ai_provider_name: labels.gen_ai_provider_name, gen_ai_request_model: route.label },
        (journey.firstEventAt - journey.startedAt) / SECOND,
      );
    }
  }
  const level = error === undefined || error.entry.failed === 'caller' ? 'debug' : 'warn';
  if (!log.isEnabled(level)) return;
  log[level](error === undefined ? 'a call was answered' : `a call failed: ${error.message}`, {
    hop: 'call.account',
    trace_id: journey.span.traceId,
    request_id: call.id,
    dialect,
    operation,
    attempts,
    duration_ms: Math.round(durationMs),
    ...(route === undefined ? { model: call.model } : { provider: route.provider.name, model: route.model }),
    ...(usage === undefined ? {} : { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens }),
    ...(error === undefined ? {} : { outcome: error.code, ...(error.details.vendorStatus === undefined ? {} : { vendor_status: error.details.vendorStatus }) }),
  });
};

/** A provider of the configuration cannot be used; another one may answer in its place. */
export const providerSkipped = (log: Logger, provider: string, why: string): void => log.warn(`provider ${provider} is skipped: ${why}`, { provider });

/** Other providers or another default are in force. */
export const providersChanged = (log: Logger, defaultModel: string, providers: readonly string[]): void =>
  log.info(`${defaultModel} answers by default`, { default_model: defaultModel, providers: [...providers] });
