/** Who failed. It decides the sentence a person reads and the status a developer gets. */
export type Failed = 'caller' | 'us' | 'provider' | 'platform';

export interface ErrorEntry {
  readonly failed: Failed;
  readonly http: number;
  /** google.rpc.Code name. */
  readonly grpc: GrpcCode;
  /** May the same call succeed later without a change? */
  readonly retry: boolean;
  /** What to do about it, for the operator or developer. */
  readonly remedy: string;
}

export type GrpcCode =
  | 'CANCELLED'
  | 'INVALID_ARGUMENT'
  | 'DEADLINE_EXCEEDED'
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  | 'PERMISSION_DENIED'
  | 'RESOURCE_EXHAUSTED'
  | 'FAILED_PRECONDITION'
  | 'UNIMPLEMENTED'
  | 'INTERNAL'
  | 'UNAVAILABLE'
  | 'UNAUTHENTICATED';

const entry = (failed: Failed, http: number, grpc: GrpcCode, retry: boolean, remedy: string): ErrorEntry => ({ failed, http, grpc, retry, remedy });

/** Every error code there is; the code is also the metric label. `docs/errors.md` is printed from this table. */
export const ERRORS = {
  // the caller
  bad_request: entry('caller', 400, 'INVALID_ARGUMENT', false, 'Correct the field that the message names.'),
  unauthenticated: entry('caller', 401, 'UNAUTHENTICATED', false, 'Send a valid key or the webhook secret of this installation.'),
  forbidden: entry('caller', 403, 'PERMISSION_DENIED', false, 'Use a key or an address that is allowed to do this.'),
  not_found: entry('caller', 404, 'NOT_FOUND', false, 'Check the path or the id.'),
  model_not_found: entry('caller', 404, 'NOT_FOUND', false, 'Choose a model from GET /v1/models, or add it under model_providers.providers[].models.'),
  method_not_allowed: entry('caller', 405, 'UNIMPLEMENTED', false, 'Use the method that the Allow header names.'),
  payload_too_large: entry('caller', 413, 'RESOURCE_EXHAUSTED', false, 'Send less; large media go by reference.'),
  unsupported_media_type: entry('caller', 415, 'INVALID_ARGUMENT', false, 'Send application/json (or multipart/form-data for files).'),
  rate_limited: entry('caller', 429, 'RESOURCE_EXHAUSTED', true, 'Wait for Retry-After, or raise rate_limiting.max_requests.'),
  client_closed: entry('caller', 499, 'CANCELLED', false, 'The caller went away; nothing to do.'),
  unsupported: entry('caller', 501, 'UNIMPLEMENTED', false, 'This provider or endpoint cannot do that; choose another model.'),
  // us
  internal: entry('us', 500, 'INTERNAL', true, 'Look up the trace id in the logs; it is a defect of ours.'),
  overloaded: entry('us', 503, 'UNAVAILABLE', true, 'Wait for Retry-After; add a replica if it stays.'),
  draining: entry('us', 503, 'UNAVAILABLE', true, 'Retry; another replica answers.'),
  store_unavailable: entry(
    'us',
    503,
    'UNAVAILABLE',
    true,
    'NATS did not confirm; check that nats-server runs and has disk space. The platform will send the message again.',
  ),
  config_invalid: entry('us', 500, 'FAILED_PRECONDITION', false, 'Correct the configuration at the named line; the last good one stays in force.'),
  deadline_exceeded: entry('us', 504, 'DEADLINE_EXCEEDED', true, 'Raise the time limit or ask for less.'),
  tool_denied: entry('us', 403, 'PERMISSION_DENIED', false, 'The tool policy refused the call; see agents.<name>.tools and the gate.'),
  tool_failed: entry('us', 500, 'INTERNAL', false, 'Look up the tool call in the trace.'),
  tool_invalid_arguments: entry('caller', 400, 'INVALID_ARGUMENT', false, 'Correct the arguments as the schema says.'),
  tool_timeout: entry('us', 504, 'DEADLINE_EXCEEDED', true, 'The tool did not finish in its time; ask for less.'),
  toolbox_unavailable: entry('us', 503, 'UNAVAILABLE', true, 'Check that the toolbox service runs: GET /health names it.'),
  gateway_unavailable: entry('us', 503, 'UNAVAILABLE', true, 'Check that the model gateway runs: GET /health names it.'),
  steps_exceeded: entry('us', 500, 'FAILED_PRECONDITION', false, 'The agent used up its steps; raise agents.<name>.max_steps or narrow the task.'),
  poison: entry('us', 500, 'INTERNAL', false, 'The message was set aside after several attempts: npm run dlq -- show <id>, then replay or drop.'),
  // the model provider
  upstream_auth: entry('provider', 502, 'UNAVAILABLE', false, 'The provider refused our key: check api_key of this provider.'),
  upstream_rate_limited: entry('provider', 429, 'RESOURCE_EXHAUSTED', true, 'The provider limits us; wait for Retry-After, or add a fallback.'),
  upstream_quota: entry('provider', 429, 'RESOURCE_EXHAUSTED', false, 'The account at the provider has no credit left.'),
  upstream_bad_request: entry('provider', 400, 'INVALID_ARGUMENT', false, 'The provider refused the request; its own words stand in the message.'),
  upstream_context_length: entry(
    'provider',
    400,
    'INVALID_ARGUMENT',
    false,
    'The conversation is too long for this model: /new, or a model with a larger context.',
  ),
  upstream_content_filter: entry('provider', 400, 'INVALID_ARGUMENT', false, "The provider's content filter refused the request."),
  upstream_not_found: entry('provider', 502, 'UNAVAILABLE', false, 'The provider does not know this model or path: check api_base and models.'),
  upstream_error: entry('provider', 502, 'UNAVAILABLE', true, 'The provider failed; look at its status page.'),
  upstream_connect_refused: entry('provider', 502, 'UNAVAILABLE', true, 'Nothing listens at api_base: check the address and the proxy.'),
  upstream_dns: entry('provider', 502, 'UNAVAILABLE', true, 'The host of api_base has no address: check the spelling, DNS and the proxy.'),
  upstream_tls: entry('provider', 502, 'UNAVAILABLE', false, "The provider's certificate was refused: check api_base, the clock and the CA."),
  upstream_reset: entry('provider', 502, 'UNAVAILABLE', true, 'The provider closed the connection in the middle.'),
  upstream_bad_json: entry('provider', 502, 'UNAVAILABLE', true, 'The provider answered with broken JSON; api_base may name something else.'),
  upstream_html_body: entry('provider', 502, 'UNAVAILABLE', true, 'The provider answered with a web page: check api_base and the proxy.'),
  upstream_empty: entry('provider', 502, 'UNAVAILABLE', true, 'The provider answered with nothing.'),
  upstream_truncated: entry('provider', 502, 'UNAVAILABLE', true, 'The stream ended before the answer did; what came so far is incomplete.'),
  upstream_line_too_long: entry('provider', 502, 'UNAVAILABLE', false, 'The provider sent a single event larger than the limit.'),
  upstream_proxy: entry('provider', 502, 'UNAVAILABLE', true, 'The outbound proxy failed: check proxy.http and proxy.https.'),
  timeout_connect: entry('provider', 504, 'DEADLINE_EXCEEDED', true, 'The provider did not accept a connection in time.'),
  timeout_headers: entry('provider', 504, 'DEADLINE_EXCEEDED', true, 'The provider did not answer in time.'),
  timeout_first_token: entry('provider', 504, 'DEADLINE_EXCEEDED', true, 'The provider sent no first token in time.'),
  timeout_idle: entry('provider', 504, 'DEADLINE_EXCEEDED', true, "The provider's stream stalled."),
  timeout_total: entry('provider', 504, 'DEADLINE_EXCEEDED', true, 'The answer took longer than the total limit.'),
  // the chat platform
  platform_rate_limited: entry('platform', 429, 'RESOURCE_EXHAUSTED', true, 'The platform limits us; sending resumes by itself.'),
  platform_auth: entry('platform', 502, 'UNAVAILABLE', false, 'The platform refused the token: check platforms.<name>.'),
  platform_blocked: entry('platform', 403, 'PERMISSION_DENIED', false, 'The person blocked the bot or removed it from the chat.'),
  platform_bad_format: entry('platform', 400, 'INVALID_ARGUMENT', false, 'The platform could not read the formatting; the text is sent plain.'),
  platform_not_found: entry('platform', 404, 'NOT_FOUND', false, 'The chat or message is gone.'),
  platform_too_large: entry('platform', 413, 'RESOURCE_EXHAUSTED', false, 'The file is larger than the platform takes.'),
  platform_error: entry('platform', 502, 'UNAVAILABLE', true, 'The platform failed; sending is repeated.'),
  platform_unknown_outcome: entry('platform', 502, 'UNAVAILABLE', true, 'The platform did not say whether the message arrived; on_unknown decides.'),
  media_unavailable: entry('platform', 502, 'UNAVAILABLE', true, 'The file could not be fetched from the platform.'),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

export const isErrorCode = (value: unknown): value is ErrorCode => typeof value === 'string' && Object.hasOwn(ERRORS, value);

export interface ErrorDetails {
  /** Which provider, platform, tool or file. */
  readonly subject?: string;
  /** The field of the request that is wrong, as the caller wrote it. */
  readonly param?: string;
  readonly retryAfterMs?: number;
  /** The vendor's own status and code, kept as it came. */
  readonly vendorStatus?: number;
  readonly vendorCode?: string;
  readonly traceId?: string;
  readonly cause?: unknown;
}

/** The one error type that crosses our boundaries. Recognise it by `code`, never by `instanceof` across packages. */
export class AssistantError extends Error {
  override readonly name = 'AssistantError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.details = details;
  }

  get entry(): ErrorEntry {
    return ERRORS[this.code];
  }
}

/** True for an AssistantError, also for one from another copy of this package. */
export const isAssistantError = (error: unknown): error is AssistantError =>
  error instanceof Error && error.name === 'AssistantError' && 'code' in error && isErrorCode(error.code);

/** The error as ours; anything unknown becomes `internal` with the original as its cause. */
export const asAssistantError = (error: unknown): AssistantError =>
  isAssistantError(error) ? error : new AssistantError('internal', error instanceof Error ? error.message : String(error), { cause: error });
