import type { WebError } from '@assistant/contracts';

/** A failed request, as the page shows it. `code` is one of the error catalogue, or `network` or `timeout`. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: string;
  readonly traceId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: string, message: string, options: { readonly traceId?: string | undefined; readonly retryAfterMs?: number | undefined } = {}) {
    super(message);
    this.code = code;
    this.traceId = options.traceId;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** The same request may succeed later. */
  get transient(): boolean {
    return ['network', 'timeout', 'store_unavailable', 'overloaded', 'draining', 'rate_limited'].includes(this.code);
  }
}

const TIMEOUT_MS = 15_000;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const isWebError = (value: unknown): value is WebError =>
  isObject(value) && isObject(value['error']) && typeof value['error']['code'] === 'string' && typeof value['error']['message'] === 'string';

const failureOf = async (response: Response): Promise<RequestError> => {
  const body: unknown = await response.json().catch(() => undefined);
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(retryAfter) ? retryAfter * 1000 : undefined;
  if (isWebError(body)) return new RequestError(body.error.code, body.error.message, { traceId: body.error.traceId, retryAfterMs });
  const code = response.status === 404 ? 'not_found' : response.status === 413 ? 'payload_too_large' : response.status >= 502 ? 'network' : 'internal';
  return new RequestError(code, `${response.status} ${response.statusText}`, { retryAfterMs });
};

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly json?: unknown;
  readonly form?: FormData;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Answers that count as success besides 2xx. */
  readonly accept?: readonly number[];
}

/** What a request without an answer gives. */
export const isNothing = (value: unknown): value is null => value === null;

/**
 * Asks the server for JSON. `isAnswer` tells our own server's answer from that of something in between (a login page,
 * a proxy); it need not check every field. Throws `RequestError`.
 */
export const request = async <T>(path: string, isAnswer: (value: unknown) => value is T, options: RequestOptions = {}): Promise<T> => {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  let response: Response;
  try {
    response = await fetch(path, {
      method: options.method ?? 'GET',
      signal,
      ...(options.json === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(options.json) }),
      ...(options.form === undefined ? {} : { body: options.form }),
    });
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    throw timeout.aborted ? new RequestError('timeout', 'the server did not answer in time') : new RequestError('network', 'the server could not be reached');
  }
  if (!response.ok && options.accept?.includes(response.status) !== true) throw await failureOf(response);
  const answer = parse(await response.text());
  if (!isAnswer(answer)) throw new RequestError('internal', `something else than our server answered at ${path}`);
  return answer;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text === '' ? 'null' : text);
  } catch {
    return undefined;
  }
};

/** Any error as ours. */
export const asRequestError = (error: unknown): RequestError =>
  error instanceof RequestError ? error : new RequestError('internal', error instanceof Error ? error.message : String(error));
