/** One tool call of an answer. */
export interface ScriptedCall {
  readonly id?: string;
  readonly name: string;
  readonly arguments: string;
}

/** What the model says. */
export type Said =
  /** `echo: ` and the last user message, or `tool said: ` and the last tool result. */
  | { readonly type: 'echo' }
  | { readonly type: 'text'; readonly text: string; readonly reasoning?: string; readonly finish?: string }
  | { readonly type: 'tools'; readonly calls: readonly ScriptedCall[]; readonly text?: string; readonly finish?: string };

/** How a stream stops. `eof`: the connection ends properly in the middle; `reset`: it is torn; `stall`: nothing more comes. */
export type Ending = 'done' | 'eof-after-finish' | 'eof' | 'reset' | 'stall' | 'stall-after-finish' | 'error-event' | 'raw-error' | 'broken-json';

/** How an answer is put on the wire. */
export interface Manner {
  /** Before the status line. */
  readonly delayMs?: number;
  /** Between the status line and the first event. */
  readonly firstMs?: number;
  /** Between two events. */
  readonly gapMs?: number;
  readonly lineEnd?: '\n' | '\r\n' | '\r';
  /** Keep-alive comments between the events. */
  readonly comments?: boolean;
  /** Writes pieces of so many bytes, each by itself. */
  readonly splitBytes?: number;
  /** Where the usage stands: its own chunk (only when asked for), in the last chunk, in every chunk, or nowhere. */
  readonly usage?: 'chunk' | 'in-finish' | 'every' | 'none';
  /** Tool calls: argument pieces of parallel calls take turns. */
  readonly interleaved?: boolean;
  /** Tool calls come without `index`. */
  readonly omitIndex?: boolean;
  /** Stops after so many content events; together with `end`. */
  readonly endAfter?: number;
  readonly end?: Ending;
  readonly omitFinish?: boolean;
}

export type Script =
  | { readonly kind: 'answer'; readonly said: Said; readonly manner?: Manner }
  /** Any response, byte for byte. `reset` tears the connection after the body, or before the headers when `status` is 0. */
  | {
      readonly kind: 'raw';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly delayMs?: number;
      readonly end?: 'end' | 'reset' | 'stall';
    };

export const answering = (text: string, manner: Manner = {}): Script => ({ kind: 'answer', said: { type: 'text', text }, manner });
export const echoing = (manner: Manner = {}): Script => ({ kind: 'answer', said: { type: 'echo' }, manner });
export const calling = (calls: readonly ScriptedCall[], manner: Manner = {}): Script => ({ kind: 'answer', said: { type: 'tools', calls }, manner });
export const failing = (status: number, error: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}): Script => ({
  kind: 'raw',
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ error }),
});

const LONG = 'one two three four five six seven eight nine ten';
const html = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
const sse = { 'content-type': 'text/event-stream' };

/** Faults of real providers by name, for tests, drill and the stand-alone server. */
export const FAULTS = {
  'rate-limited': failing(429, { message: 'Rate limit reached', type: 'requests', param: null, code: 'rate_limit_exceeded' }, { 'retry-after': '1' }),
  quota: failing(429, { message: 'You exceeded your current quota', type: 'insufficient_quota', param: null, code: 'insufficient_quota' }),
  'server-error': failing(500, { message: 'The server had an error', type: 'server_error', param: null, code: null }),
  'bad-key': failing(401, { message: 'Incorrect API key provided', type: 'invalid_request_error', param: null, code: 'invalid_api_key' }),
  'unknown-model': failing(404, { message: 'The model does not exist', type: 'invalid_request_error', param: null, code: 'model_not_found' }),
  'context-length': failing(400, {
    message: "This model's maximum context length is 8192 tokens",
    type: 'invalid_request_error',
    param: 'messages',
    code: 'context_length_exceeded',
  }),
  'bad-gateway-html': { kind: 'raw', status: 502, headers: { 'content-type': 'text/html' }, body: html },
  'html-200': { kind: 'raw', status: 200, headers: { 'content-type': 'text/html' }, body: html },
  'broken-json': { kind: 'raw', status: 200, headers: { 'content-type': 'application/json' }, body: '{"id":"x","choices":[{"message":' },
  'empty-body': { kind: 'raw', status: 200, headers: { 'content-type': 'application/json' }, body: '' },
  'empty-stream': { kind: 'raw', status: 200, headers: sse, body: '' },
  'done-at-once': { kind: 'raw', status: 200, headers: sse, body: 'data: [DONE]\n\n' },
  'reset-before-headers': { kind: 'raw', status: 0, end: 'reset' },
  'reset-after-headers': { kind: 'raw', status: 200, headers: sse, end: 'reset' },
  'error-first': {
    kind: 'raw',
    status: 200,
    headers: sse,
    body: 'data: {"error":{"message":"The engine is currently overloaded","type":"server_error","param":null,"code":"overloaded"}}\n\n',
  },
  'rate-limit-first': {
    kind: 'raw',
    status: 200,
    headers: sse,
    body: 'data: {"error":{"message":"Rate limit reached","type":"requests","param":null,"code":"rate_limit_exceeded"}}\n\n',
  },
  'role-then-error': answering('', { endAfter: 0, end: 'error-event' }),
  'role-then-stall': answering('', { endAfter: 0, end: 'stall' }),
  silent: { kind: 'raw', status: 0, end: 'stall' },
  'no-first-token': { kind: 'raw', status: 200, headers: sse, body: ': keep-alive\n\n', end: 'stall' },
  'reset-mid-stream': answering(LONG, { endAfter: 3, end: 'reset', gapMs: 5 }),
  'eof-mid-stream': answering(LONG, { endAfter: 3, end: 'eof', gapMs: 5 }),
  'stall-mid-stream': answering(LONG, { endAfter: 3, end: 'stall', gapMs: 5 }),
  'error-mid-stream': answering(LONG, { endAfter: 3, end: 'error-event', gapMs: 5 }),
  'raw-error-mid-stream': answering(LONG, { endAfter: 3, end: 'raw-error', gapMs: 5 }),
  'broken-json-mid-stream': answering(LONG, { endAfter: 3, end: 'broken-json', gapMs: 5 }),
  'eof-without-done': answering(LONG, { end: 'eof-after-finish' }),
  'stall-after-finish': answering(LONG, { end: 'stall-after-finish' }),
} as const satisfies Readonly<Record<string, Script>>;

export type FaultName = keyof typeof FAULTS;

export const isFault = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);
