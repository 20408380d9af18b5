import { SendError } from '@assistant/adapter-kit';
import { AssistantError, isAssistantError, type ErrorCode, type Secret } from '@assistant/contracts';
import { readBody, type HttpClient } from '@assistant/net';
import { z } from 'zod';

const answerSchema = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.number().optional(),
  description: z.string().optional(),
  parameters: z.object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() }).optional(),
});

export interface BotApi {
  /** Calls a method and returns its `result`. Throws `SendError`; no text of it holds the token. */
  call(method: string, body: Readonly<Record<string, unknown>> | FormData, options: CallOptions): Promise<unknown>;
  /** Opens a file for download. Throws `media_unavailable` or `platform_too_large`. */
  download(path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  /** Longer than a long poll; 30 s unless told. */
  readonly timeoutMs?: number;
  readonly idempotencyKey?: string;
}

const MAX_ANSWER_BYTES = 4 * 1024 ** 2;

/** What happened before the request could leave: it did not arrive. */
const NOT_SENT: ReadonlySet<ErrorCode> = new Set(['upstream_dns', 'upstream_connect_refused', 'upstream_tls', 'timeout_connect', 'upstream_proxy']);

/** The Bot API under one base address. The token is part of every URL, so URLs are never logged or told. */
export const createBotApi = (http: HttpClient, apiBase: string, token: Secret): BotApi => {
  const base = apiBase.replace(/\/+$/, '');
  return {
    call: async (method, body, { signal, timeoutMs = 30_000, idempotencyKey }) => {
      const multipart = body instanceof FormData ? new Response(body) : undefined;
      const headers = {
        'content-type': multipart?.headers.get('content-type') ?? 'application/json',
        ...(idempotencyKey === undefined ? {} : { 'x-idempotency-key': idempotencyKey }),
      };
      let status: number;
      let text: string;
      try {
        const payload = multipart === undefined ? JSON.stringify(body) : Buffer.from(await multipart.arrayBuffer());
        const response = await http.request({
          method: 'POST',
          url: `${base}/bot${token.reveal()}/${method}`,
          headers,
          body: payload,
          signal,
          headersTimeoutMs: timeoutMs,
          bodyTimeoutMs: timeoutMs,
        });
        status = response.status;
        text = (await readBody(response.body, { subject: 'telegram', maxBytes: MAX_ANSWER_BYTES, signal })).toString();
      } catch (error) {
        throw transportError(method, error);
      }
      return resultOf(method, status, text);
    },
    download: async (path, signal) => {
      const response = await http.request({ method: 'GET', url: `${base}/file/bot${token.reveal()}/${path}`, signal });
      if (response.status === 200) return response.body;
      response.body.destroy();
      throw new AssistantError('media_unavailable', `telegram answered ${response.status} to a download`);
    },
  };
};

const transportError = (method: string, error: unknown): SendError => {
  const code = isAssistantError(error) ? error.code : 'platform_error';
  const outcome = NOT_SENT.has(code) ? 'not-sent' : 'unknown';
  return new SendError(outcome, outcome === 'unknown' ? 'platform_unknown_outcome' : 'platform_error', `telegram ${method}: ${code}`, { retryable: true });
};

const resultOf = (method: string, status: number, text: string): unknown => {
  const parsed = parse(text);
  if (parsed === undefined) {
    // A proxy's page, a cut answer: the call may have gone through.
    throw new SendError('unknown', 'platform_unknown_outcome', `telegram ${method}: ${status} with an unreadable answer`, { retryable: true });
  }
  if (parsed.ok) return parsed.result;
  throw vendorError(method, parsed.error_code ?? status, parsed.description ?? '', parsed.parameters);
};

const parse = (text: string): z.infer<typeof answerSchema> | undefined => {
  try {
    const parsed = answerSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};

const vendorError = (
  method: string,
  status: number,
  description: string,
  parameters: { readonly retry_after?: number | undefined; readonly migrate_to_chat_id?: number | undefined } | undefined,
): SendError => {
  const message = `telegram ${method}: ${status} ${description}`;
  const refused = (code: ErrorCode, retryable = false): SendError => new SendError('not-sent', code, message, { retryable });
  if (parameters?.migrate_to_chat_id !== undefined)
    return new SendError('not-sent', 'platform_not_found', message, { retryable: true, migratedTo: String(parameters.migrate_to_chat_id) });
  if (status === 429)
    return new SendError('not-sent', 'platform_rate_limited', message, { retryable: true, retryAfterMs: (parameters?.retry_after ?? 1) * 1000 });
  if (status >= 500) return new SendError('unknown', 'platform_unknown_outcome', message, { retryable: true });
  // The token may be mended by the operator while the answer waits.
  if (status === 401 || (status === 404 && /^not found$/i.test(description)))
    return new SendError('not-sent', 'platform_auth', `${message}: check the token of this account (platforms.telegram)`, { retryable: true });
  if (status === 403) return refused('platform_blocked');
  if (status === 413) return refused('platform_too_large');
  if (/can't parse entities|entity|message text is empty|too long/i.test(description)) return refused('platform_bad_format');
  if (/not found/i.test(description)) return refused('platform_not_found');
  return refused('platform_bad_format');
};
