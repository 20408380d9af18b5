import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** The registry of this process, served at /metrics. */
export const registry = new Registry();

/** Edges for durations a person feels; 2 s is an edge because the shipped alert asks for the exact share above it. */
export const REPLY_BUCKETS = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 3, 4, 6, 10, 20, 40, 80, 160];
/** Edges that OpenTelemetry prescribes for gen_ai durations. */
const GEN_AI_BUCKETS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const TOKEN_BUCKETS = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];
const OVERHEAD_BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
  new Counter<L>({ name, help, labelNames: [...labelNames], registers: [registry] });
const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
  new Gauge<L>({ name, help, labelNames: [...labelNames], registers: [registry] });
const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[], buckets: readonly number[]) =>
  new Histogram<L>({ name, help, labelNames: [...labelNames], buckets: [...buckets], registers: [registry] });

/**
 * Every metric of ours, in one table. Labels are few and bounded: never a person, a conversation or a trace.
 * `docs/metrics.md` is printed from it.
 */
export const metrics = {
  inbound: counter('assistant_inbound_messages_total', 'Messages that came in from a platform, by what became of them.', ['platform', 'result']),
  reply: histogram('assistant_reply_duration_seconds', 'From accepting a message to the platform confirming the reply.', ['platform'], REPLY_BUCKETS),
  overhead: histogram('assistant_overhead_duration_seconds', 'The same without the time spent waiting for models and tools.', ['platform'], REPLY_BUCKETS),
  turns: counter('assistant_turns_total', 'Turns committed, by status.', ['status']),
  unresolved: gauge('assistant_turns_unresolved', 'Messages this core has claimed and not yet committed.', []),
  backlog: gauge('assistant_backlog_messages', 'Messages accepted and not yet committed, in the partitions this core owns.', []),
  backlogOldest: gauge('assistant_backlog_oldest_seconds', 'Age of the oldest of them.', []),
  partitions: gauge('assistant_partitions_owned', 'Partition leases this process holds.', ['role']),
  toolCalls: counter('assistant_tool_calls_total', 'Tool calls, by tool and outcome.', ['tool', 'outcome']),
  toolDenied: counter('assistant_tool_denied_total', 'Tool calls that the gate refused.', ['reason']),
  sends: counter('assistant_sends_total', 'Platform calls that deliver a message, by outcome.', ['platform', 'outcome']),
  sendUnknown: counter('assistant_send_unknown_total', 'Sends whose outcome the platform left open, by what was done about it.', ['platform', 'action']),
  dead: counter('assistant_dead_letters_total', 'Messages set aside as dead letters.', ['stage']),
  deadDepth: gauge('assistant_dlq_depth', 'Dead letters waiting for an operator.', []),
  logDropped: counter('assistant_log_dropped_total', 'Log lines not shipped because the buffer was full.', []),
  logMalformed: counter('assistant_log_malformed_total', 'Lines on the log subjects that are none of ours; the monitor hub leaves them out.', []),
  memoryRatio: gauge('assistant_memory_usage_ratio', 'Memory in use, as a share of what there is.', ['scope']),
  configVersion: gauge('assistant_config_reload_success', '1 when the newest configuration is in force, 0 when an older one is kept.', []),
  gatewayRequests: counter('assistant_gateway_requests_total', 'Requests to the gateway, by dialect and outcome (an error code, or ok).', [
    'dialect',
    'outcome',
  ]),
  gatewayInFlight: gauge('assistant_gateway_in_flight_requests', 'Requests the gateway is working on.', []),
  gatewayOverhead: histogram('assistant_gateway_overhead_duration_seconds', 'Time the gateway itself added to a request.', ['dialect'], OVERHEAD_BUCKETS),
  clientCancelled: counter('assistant_gateway_client_cancelled_total', 'Requests whose caller went away first.', ['dialect']),
  genAiDuration: histogram(
    'gen_ai_client_operation_duration_seconds',
    'Calls to model providers.',
    ['gen_ai_operation_name', 'gen_ai_provider_name', 'gen_ai_request_model', 'error_type'],
    GEN_AI_BUCKETS,
  ),
  genAiTokens: histogram(
    'gen_ai_client_token_usage',
    'Tokens of a call.',
    ['gen_ai_operation_name', 'gen_ai_provider_name', 'gen_ai_request_model', 'gen_ai_token_type'],
    TOKEN_BUCKETS,
  ),
  genAiFirstChunk: histogram(
    'gen_ai_client_operation_time_to_first_chunk_seconds',
    'Time to the first event of a stream.',
    ['gen_ai_provider_name', 'gen_ai_request_model'],
    GEN_AI_BUCKETS,
  ),
} as const;

/** Gauges whose names end like counters, which promtool refuses; the same figures stand in the series by type. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

let collecting = false;

/** Node's own process and event-loop metrics. Calling it again is harmless. */
export const collectProcessMetrics = (): void => {
  if (collecting) return;
  collecting = true;
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
};
