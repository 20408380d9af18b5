import { AssistantError, type ErrorCode, type ErrorDetails } from '@assistant/contracts';
import { redact } from '@assistant/telemetry';
import { isRecord, numberOf, parseJson, textOf, type JsonRecord } from '../../wires/json';
import { retryAfterMs } from './retry-after';

const MAX_MESSAGE = 600;

/** What a vendor says went wrong, whatever the shape of its body. */
export interface VendorError {
  readonly message: string;
  readonly code: string;
  readonly type: string;
  readonly param: string | undefined;
}

const idOf = (value: unknown): string => (typeof value === 'number' ? String(value) : (textOf(value) ?? ''));

/** Bodies seen in the wild: OpenAI's, an array of it (Gemini), MiniMax's base_resp, Baidu's error_msg, plain messages. */
export const readVendorError = (body: unknown): VendorError | undefined => {
  const record = isRecord(body) ? body : Array.isArray(body) && isRecord(body[0]) ? body[0] : undefined;
  if (record === undefined) return undefined;
  const { error } = record;
  if (isRecord(error)) return { ...plain(error), type: idOf(error['type']) || idOf(error['status']) };
  if (typeof error === 'string') return { message: error, code: idOf(record['code']), type: '', param: undefined };
  if (isRecord(record['base_resp'])) return baseResponse(record['base_resp']);
  const message = textOf(record['message']) ?? textOf(record['detail']) ?? textOf(record['error_msg']) ?? textOf(record['msg']);
  return message === undefined ? undefined : { ...plain(record), message, code: idOf(record['code']) || idOf(record['error_code']) };
};

const plain = (error: JsonRecord): VendorError => ({
  message: textOf(error['message']) ?? JSON.stringify(error).slice(0, MAX_MESSAGE),
  code: idOf(error['code']),
  type: idOf(error['type']),
  param: textOf(error['param']),
});

const baseResponse = (error: JsonRecord): VendorError | undefined => {
  const code = numberOf(error['status_code']) ?? 0;
  return code === 0 ? undefined : { message: textOf(error['status_msg']) ?? '', code: String(code), type: '', param: undefined };
};

const CONTEXT =
  /context_length|context length|maximum context|context window|too many tokens|prompt is too long|input is too long|exceeds? the (?:model'?s )?(?:maximum|max)/i;
const FILTER = /content_filter|content_policy|data_inspection_failed|sensitive|^1301$/i;
const QUOTA = /insufficient_quota|insufficient_balance|billing|arrearage|credit balance|^1113$|exceeded your current quota/i;
const RATE = /rate_limit|rate limit|too_many_requests|throttl|^1302$|^1303$|^1305$|^429$/i;
const OVERLOADED = /overload|unavailable|server_error|internal|timeout|^5\d\d$/i;
const AUTH = /invalid_api_key|authentication|unauthorized|permission|^401$|^403$/i;

const saying = (words: readonly string[], pattern: RegExp): boolean => words.some((word) => pattern.test(word));

const codeByStatus = (status: number, words: readonly string[]): ErrorCode => {
  if (status === 401 || status === 403) return 'upstream_auth';
  if (status === 402) return 'upstream_quota';
  if (status === 404 || status === 405) return 'upstream_not_found';
  if (status === 429) return saying(words, QUOTA) ? 'upstream_quota' : 'upstream_rate_limited';
  if (status >= 500 || status === 408 || status === 409 || status < 400) return 'upstream_error';
  if (saying(words, CONTEXT)) return 'upstream_context_length';
  return saying(words, FILTER) ? 'upstream_content_filter' : 'upstream_bad_request';
};

/** For errors inside a 200: only the vendor's words tell what they are. */
const codeByWords = (words: readonly string[]): ErrorCode => {
  const says = (pattern: RegExp): boolean => saying(words, pattern);
  if (says(QUOTA)) return 'upstream_quota';
  if (says(RATE)) return 'upstream_rate_limited';
  if (says(CONTEXT)) return 'upstream_context_length';
  if (says(FILTER)) return 'upstream_content_filter';
  if (says(AUTH)) return 'upstream_auth';
  if (says(OVERLOADED)) return 'upstream_error';
  return says(/invalid_request|bad_request|^400$/i) ? 'upstream_bad_request' : 'upstream_error';
};

/** A vendor's text is shown without secrets and without addresses, on one line. */
const presentable = (message: string): string =>
  redact(message)
    .replace(/https?:\/\/[^\s"')]+/g, '[address]')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_MESSAGE);

const failure = (code: ErrorCode, provider: string, text: string, details: ErrorDetails): AssistantError =>
  new AssistantError(code, `provider ${provider}: ${text === '' ? 'failed without a word' : text}`, { ...details, subject: provider });

const looksLikeHtml = (text: string, contentType: string): boolean => contentType.includes('text/html') || /^\s*<(?:!doctype|html|head|body)/i.test(text);

export interface VendorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export const headerText = (headers: VendorResponse['headers'], name: string): string => {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
};

/** An answer with another status than 200, by the catalogue. */
export const errorOfResponse = (provider: string, { status, headers, text }: VendorResponse): AssistantError => {
  const wait = retryAfterMs(headers, Date.now());
  const known = readVendorError(parseJson(text));
  const details: ErrorDetails = {
    vendorStatus: status,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(known === undefined || known.code === '' ? {} : { vendorCode: known.code }),
    ...(known?.param === undefined ? {} : { param: known.param }),
  };
  if (known === undefined) {
    const html = looksLikeHtml(text, headerText(headers, 'content-type'));
    const code = codeByStatus(status, []);
    const said = html ? 'a web page' : text.trim() === '' ? 'an empty body' : 'no readable reason';
    return failure(html && code === 'upstream_error' ? 'upstream_html_body' : code, provider, `status ${status} with ${said}`, details);
  }
  return failure(codeByStatus(status, [known.code, known.type, known.message]), provider, `${presentable(known.message)} (status ${status})`, details);
};

/** An error object that came with status 200, as a body or as an event of a stream; undefined where there is none. */
export const errorInside = (provider: string, body: unknown): AssistantError | undefined => {
  if (isRecord(body) && body['error'] === undefined && body['base_resp'] === undefined && body['choices'] !== undefined) return undefined;
  const known = readVendorError(body);
  if (known === undefined || (isRecord(body) && body['error'] === null)) return undefined;
  return failure(
    codeByWords([known.code, known.type, known.message]),
    provider,
    presentable(known.message),
    known.code === '' ? {} : { vendorCode: known.code },
  );
};

/** A body of status 200 that is no answer at all. */
export const notAnAnswer = (provider: string, text: string, contentType: string): AssistantError => {
  if (text.trim() === '') return failure('upstream_empty', provider, 'answered with an empty body', {});
  if (looksLikeHtml(text, contentType)) return failure('upstream_html_body', provider, 'answered with a web page', {});
  return failure('upstream_bad_json', provider, 'answered with broken JSON', {});
};

/** Any other failure of ours or of the network, told with the provider's name. */
export const named = (provider: string, error: AssistantError): AssistantError =>
  error.message.startsWith(`provider ${provider}:`) || error.code === 'client_closed'
    ? error
    : new AssistantError(error.code, `provider ${provider}: ${error.message}`, { ...error.details, subject: provider, cause: error });
