import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { otherEndpoint } from './endpoints';
import { askedOf, chunks, completion, lastOf, textOf, type Asked } from './render';
import { echoing, FAULTS, isFault, type Manner, type Script } from './script';
import { isFields, refusalOfChat, type Refusal } from './validate';

export interface FakeOpenAiOptions {
  readonly port?: number;
  readonly host?: string;
  /** The bearer keys that are let in; anybody is without. */
  readonly keys?: readonly string[];
  /** The models there are; every name is without. */
  readonly models?: readonly string[];
  /** What answers when nothing was queued. `echo` unless told. */
  readonly script?: Script;
  /** No checks and no records: an upstream that costs next to nothing, for benchmarks. */
  readonly instant?: boolean;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as text; JSON is parsed beside it. */
  readonly text: string;
  readonly body: unknown;
  readonly at: number;
  /** Resolves when the answer is over: `early` when the caller left before its end. */
  readonly closed: Promise<{ readonly early: boolean; readonly at: number }>;
}

export interface FakeOpenAi {
  readonly port: number;
  /** With `/v1`. */
  readonly baseUrl: string;
  readonly requests: readonly RecordedRequest[];
  /** The next requests are answered so, in this order. */
  queue(...scripts: readonly Script[]): void;
  /** Resolves with the request of this position (0 = first), as soon as it is there. */
  request(position: number): Promise<RecordedRequest>;
  close(): Promise<void>;
}

interface State {
  readonly options: FakeOpenAiOptions;
  readonly requests: RecordedRequest[];
  readonly queued: Script[];
  readonly waiting: { readonly position: number; readonly resolve: (request: RecordedRequest) => void }[];
}

/** A strict OpenAI-compatible server on a real port. It refuses what OpenAI refuses and fails as providers fail. */
export const startFakeOpenAi = async (options: FakeOpenAiOptions = {}): Promise<FakeOpenAi> => {
  const state: State = { options, requests: [], queued: [], waiting: [] };
  const sockets = new Set<Socket>();
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const serve = options.instant === true ? serveInstantly(request, response) : serveStrictly(state, request, response);
    serve.catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await listen(server, options);
  const { port } = addressOf(server);
  return {
    port,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests: state.requests,
    queue: (...scripts) => void state.queued.push(...scripts),
    request: (position) => {
      const known = state.requests[position];
      return known === undefined ? new Promise((resolve) => state.waiting.push({ position, resolve })) : Promise.resolve(known);
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};

const listen = (server: Server, { port = 0, host = '127.0.0.1' }: FakeOpenAiOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

const addressOf = (server: Server): AddressInfo => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake server has no port');
  return address;
};

const readAll = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request) if (Buffer.isBuffer(part)) parts.push(part);
  return Buffer.concat(parts);
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const record = (state: State, request: IncomingMessage, response: ServerResponse, text: string): RecordedRequest => {
  const closed = new Promise<{ readonly early: boolean; readonly at: number }>((resolve) => {
    response.on('close', () => resolve({ early: !response.writableFinished, at: Date.now() }));
  });
  const recorded: RecordedRequest = {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    text,
    body: parse(text),
    at: Date.now(),
    closed,
  };
  state.requests.push(recorded);
  for (const { position, resolve } of state.waiting.splice(0)) {
    const found = state.requests[position];
    if (found === undefined) state.waiting.push({ position, resolve });
    else resolve(found);
  }
  return recorded;
};

const sendJson = (response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void => {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), 'x-request-id': 'req_fake', ...headers });
  response.end(text);
};

const sendRefusal = (response: ServerResponse, { status, message, param, code }: Refusal): void =>
  sendJson(response, status, { error: { message, type: 'invalid_request_error', param, code } });

const serveStrictly = async (state: State, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const bytes = await readAll(request);
  const { keys, models } = state.options;
  const recorded = record(state, request, response, bytes.toString('utf8'));
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (keys !== undefined && (bearer === undefined || !keys.includes(bearer))) {
    return sendRefusal(response, { status: 401, message: `Incorrect API key provided: ${bearer ?? 'none'}.`, param: null, code: 'invalid_api_key' });
  }
  if (recorded.method !== 'POST' || recorded.path !== '/v1/chat/completions')
    return otherEndpoint({ request: recorded, bytes, models: models ?? ['fake-model'] }, response);
  if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
    return sendRefusal(response, { status: 415, message: 'Unsupported media type.', param: null, code: null });
  if (recorded.body === undefined)
    return sendRefusal(response, { status: 400, message: 'We could not parse the JSON body of your request.', param: null, code: null });
  const refusal = refusalOfChat(recorded.body, models);
  if (refusal !== undefined) return sendRefusal(response, refusal);
  const asked = askedOf(recorded.body);
  await play(state.queued.shift() ?? scriptOf(asked) ?? state.options.script ?? echoing(), asked, response, `chatcmpl-${state.requests.length}`);
};

/** `fault:<name>` as the last message asks for a fault, `call:<tool> {…}` for a tool call: for clients in other processes. */
const scriptOf = ({ messages }: Asked): Script | undefined => {
  const last = messages.at(-1);
  if (!isFields(last) || last['role'] !== 'user') return undefined;
  const text = textOf(last).trim();
  const fault = /^fault:([\w-]+)$/.exec(text)?.[1];
  if (fault !== undefined && isFault(fault)) return FAULTS[fault];
  const [, name, args] = /^call:(\w+)\s*(\{.*\})?$/s.exec(text) ?? [];
  return name === undefined ? undefined : { kind: 'answer', said: { type: 'tools', calls: [{ name, arguments: args ?? '{}' }] } };
};

const play = async (script: Script, asked: Asked, response: ServerResponse, id: string): Promise<void> => {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const wait = (ms: number | undefined): Promise<void> => (ms === undefined || ms === 0 ? Promise.resolve() : sleep(ms, undefined, { signal: gone.signal }));
  if (script.kind === 'raw') {
    await wait(script.delayMs);
    if (script.status !== 0) {
      response.writeHead(script.status, script.headers);
      if (script.end === 'reset' || script.end === 'stall') {
        response.flushHeaders();
        if (script.body !== undefined && script.body !== '') response.write(script.body);
      }
    }
    if (script.end === 'reset') setImmediate(() => response.socket?.resetAndDestroy());
    else if (script.end !== 'stall') response.end(script.body ?? '');
    return;
  }
  const { manner = {} } = script;
  await wait(manner.delayMs);
  if (!asked.stream) return sendJson(response, 200, completion(script.said, asked, id), { 'openai-processing-ms': '1' });
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  response.flushHeaders();
  await wait(manner.firstMs);
  await streamAnswer(chunks(script.said, asked, id, manner), manner, response, wait);
};

const streamAnswer = async (
  list: readonly object[],
  manner: Manner,
  response: ServerResponse,
  wait: (ms: number | undefined) => Promise<void>,
): Promise<void> => {
  const { lineEnd = '\n', gapMs, splitBytes } = manner;
  const write = async (text: string): Promise<void> => {
    const bytes = Buffer.from(text.replaceAll('\n', lineEnd));
    const size = splitBytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += size) {
      const flowing = response.write(bytes.subarray(at, at + size));
      if (splitBytes !== undefined) await new Promise((resolve) => setImmediate(resolve));
      if (!flowing && !response.destroyed) await drained(response);
    }
  };
  for (const [index, chunk] of list.entries()) {
    if (index > 0) await wait(gapMs);
    if (manner.comments === true) await write(': keep-alive\n\n');
    await write(`data: ${JSON.stringify(chunk)}\n\n`);
    if (response.destroyed) return;
  }
  await finishStream(manner, response, write);
};

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });

const finishStream = async ({ end = 'done' }: Manner, response: ServerResponse, write: (text: string) => Promise<void>): Promise<void> => {
  const error = '{"error":{"message":"The server had an error while processing your request","type":"server_error","param":null,"code":null}}';
  switch (end) {
    case 'done':
      await write('data: [DONE]\n\n');
      response.end();
      return;
    case 'eof':
    case 'eof-after-finish':
      response.end();
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'stall':
    case 'stall-after-finish':
      return;
    case 'error-event':
      await write(`data: ${error}\n\n`);
      response.end();
      return;
    case 'raw-error':
      await write(`${error}\n`);
      response.end();
      return;
    case 'broken-json':
      await write('data: {"choices":[{"delta":\n\n');
      response.end();
      return;
  }
};

const INSTANT_HEADERS = { 'content-type': 'application/json', 'x-request-id': 'req_fake' };
const STREAM_HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };

const serveInstantly = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => resolve(parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)));
    request.on('error', reject);
  });
  const asked = askedOf(parse(bytes.toString('utf8')));
  const fault = /^fault:([\w-]+)$/.exec(textOf(lastOf(asked.messages, 'user')))?.[1];
  if (fault !== undefined && isFault(fault)) return play(FAULTS[fault], asked, response, 'chatcmpl-instant');
  if (!asked.stream) {
    const text = JSON.stringify(completion({ type: 'echo' }, asked, 'chatcmpl-instant'));
    response.writeHead(200, { ...INSTANT_HEADERS, 'content-length': Buffer.byteLength(text) });
    response.end(text);
    return;
  }
  response.writeHead(200, STREAM_HEADERS);
  for (const chunk of chunks({ type: 'echo' }, asked, 'chatcmpl-instant', {})) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  response.end('data: [DONE]\n\n');
};
