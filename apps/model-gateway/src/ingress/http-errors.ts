import type { AssistantError } from '@assistant/contracts';
import { redact } from '@assistant/telemetry';

/** The error object of the OpenAI dialect. */
export interface ErrorBody {
  readonly error: { readonly message: string; readonly type: string; readonly param: string | null; readonly code: string };
}

const TYPES: Readonly<Record<number, string>> = { 401: 'authentication_error', 403: 'permission_error', 429: 'rate_limit_error' };

/** Any error of ours as the OpenAI dialect says it; secrets are scrubbed, causes and stacks stay inside. */
export const errorBody = (error: AssistantError): ErrorBody => {
  const { http } = error.entry;
  const message = error.code === 'internal' ? 'Something went wrong on our side.' : redact(error.message);
  return {
    error: { message, type: TYPES[http] ?? (http < 500 ? 'invalid_request_error' : 'server_error'), param: error.details.param ?? null, code: error.code },
  };
};

/** Status and headers that go with it. */
export const errorHeaders = ({ entry, details }: AssistantError): Record<string, string> => ({
  ...(details.retryAfterMs === undefined
    ? {}
    : { 'retry-after': String(Math.ceil(details.retryAfterMs / 1000)), 'retry-after-ms': String(Math.ceil(details.retryAfterMs)) }),
  ...(entry.failed === 'provider' && details.subject !== undefined ? { 'x-assistant-provider': details.subject } : {}),
});
