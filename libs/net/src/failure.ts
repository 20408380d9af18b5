import { AssistantError, isAssistantError, type ErrorCode } from '@assistant/contracts';

/** What an error of the network layer is reported with. */
export interface FailureContext {
  /** Host and port that were called, or the provider's name. Never a URL with credentials. */
  readonly subject: string;
  /** The connection itself ends at a proxy, so that what fails while connecting is the proxy's. */
  readonly viaProxy?: boolean;
  readonly signal?: AbortSignal | undefined;
}

interface Cause {
  readonly code: string;
  readonly name: string;
  readonly message: string;
  readonly syscall: string;
}

const textOf = (value: object, key: string): string => {
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : '';
};

/** Errors are read by their fields: undici's and Node's classes may come from another copy or realm. */
const causeOf = (error: unknown): Cause => {
  if (typeof error !== 'object' || error === null) return { code: '', name: '', message: String(error), syscall: '' };
  const own = { code: textOf(error, 'code'), name: textOf(error, 'name'), message: textOf(error, 'message'), syscall: textOf(error, 'syscall') };
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
    const causes = error.errors.map(causeOf);
    // All addresses of a host failed: a refusal tells more than the time-outs beside it.
    const best = causes.find(({ code }) => code === 'ECONNREFUSED') ?? causes[0];
    return { ...own, ...best };
  }
  return own;
};

const CODES: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'upstream_dns',
  EAI_AGAIN: 'upstream_dns',
  EAI_FAIL: 'upstream_dns',
  EAI_NODATA: 'upstream_dns',
  ENODATA: 'upstream_dns',
  ESERVFAIL: 'upstream_dns',
  ECONNREFUSED: 'upstream_connect_refused',
  EHOSTUNREACH: 'upstream_connect_refused',
  ENETUNREACH: 'upstream_connect_refused',
  EADDRNOTAVAIL: 'upstream_connect_refused',
  ECONNRESET: 'upstream_reset',
  ECONNABORTED: 'upstream_reset',
  EPIPE: 'upstream_reset',
  UND_ERR_SOCKET: 'upstream_reset',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'upstream_reset',
  UND_ERR_CONNECT_TIMEOUT: 'timeout_connect',
  UND_ERR_HEADERS_TIMEOUT: 'timeout_headers',
  UND_ERR_BODY_TIMEOUT: 'timeout_idle',
  UND_ERR_PRX_TLS: 'upstream_proxy',
  UND_ERR_HEADERS_OVERFLOW: 'upstream_error',
  EPROTO: 'upstream_tls',
  CERT_HAS_EXPIRED: 'upstream_tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'upstream_tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'upstream_tls',
};

const TLS_CODE = /^(?:ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED|CRL_)/;

const codeOf = ({ code, name, message, syscall }: Cause): ErrorCode => {
  if (code === 'ETIMEDOUT') return syscall === 'connect' ? 'timeout_connect' : 'timeout_idle';
  const known = CODES[code];
  if (known !== undefined) return known;
  if (TLS_CODE.test(code) || /before secure TLS connection was established/.test(message)) return 'upstream_tls';
  if (code.startsWith('HPE_') || name === 'HTTPParserError') return 'upstream_error';
  return 'internal';
};

const SENTENCES: Readonly<Partial<Record<ErrorCode, string>>> = {
  upstream_dns: 'has no address',
  upstream_connect_refused: 'refused the connection',
  upstream_reset: 'closed the connection in the middle',
  upstream_tls: 'could not be trusted or did not speak TLS',
  upstream_error: 'did not speak proper HTTP',
  upstream_proxy: 'could not be reached through the proxy',
  timeout_connect: 'did not accept a connection in time',
  timeout_headers: 'did not answer in time',
  timeout_idle: 'stopped sending in the middle',
};

const CONNECTING: ReadonlySet<ErrorCode> = new Set(['upstream_dns', 'upstream_connect_refused', 'timeout_connect', 'upstream_tls']);

/**
 * Any error of a request or of reading its body, as ours: who failed, by the catalogue. An abort becomes what the
 * signal says: our own error if its reason is one, `timeout_total` for a timeout signal, else `client_closed`.
 */
export const networkError = (error: unknown, { subject, viaProxy = false, signal }: FailureContext): AssistantError => {
  if (isAssistantError(error)) return error;
  const cause = causeOf(error);
  if (signal?.aborted === true || cause.name === 'AbortError' || cause.code === 'UND_ERR_ABORTED') return abortError(error, subject, signal);
  const found = codeOf(cause);
  const code = viaProxy && CONNECTING.has(found) ? 'upstream_proxy' : found;
  const sentence =
    code === 'upstream_proxy' ? `the proxy for ${subject} ${SENTENCES[found] ?? 'failed'}` : `${subject} ${SENTENCES[code] ?? `failed: ${cause.message}`}`;
  return new AssistantError(code, `${sentence}${cause.code === '' ? '' : ` (${cause.code})`}.`, {
    subject,
    cause: error,
    ...(cause.code === '' ? {} : { vendorCode: cause.code }),
  });
};

const abortError = (error: unknown, subject: string, signal: AbortSignal | undefined): AssistantError => {
  const reason: unknown = signal?.reason;
  if (isAssistantError(reason)) return reason;
  return causeOf(reason ?? error).name === 'TimeoutError'
    ? new AssistantError('timeout_total', `${subject} did not finish in time.`, { subject, cause: error })
    : new AssistantError('client_closed', `The call of ${subject} was given up by its caller.`, { subject, cause: error });
};
