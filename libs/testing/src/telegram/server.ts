import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import busboy from 'busboy';
import { METHODS, type Bot, type Call } from './bot-api';
import { Chats } from './chats';
import { isFields, type Fields, type UploadedFile } from './fields';
import { badRequest, Refusal } from './refusal';
import { postUpdate } from './webhooks';

export interface FakeTelegramOptions {
  readonly token?: string;
  readonly port?: number;
  readonly username?: string;
  /** Lets webhooks be plain http. */
  readonly plainHttp?: boolean;
  /** Drops a repeated send with the same `x-idempotency-key`, as a gateway in front of the Bot API may. */
  readonly honoursKeys?: boolean;
  /** How long an answer takes after the call was carried out, milliseconds. */
  readonly answerDelayMs?: () => number;
  /** Files that people sent, by id. */
  readonly downloads?: ReadonlyMap<string, { readonly bytes: Buffer; readonly size?: number }>;
}

/** What the fake does to one call before (`refuse`) or after (`lose`) it is carried out. */
export type Interference = { readonly kind: 'refuse'; readonly refusal: Refusal } | { readonly kind: 'lose' } | undefined;

export interface FakeTelegram {
  readonly url: string;
  readonly token: string;
  readonly bot: Bot;
  readonly chats: Chats;
  /** Decides about each call; undefined = as it should be. */
  interfere: (method: string, fields: Fields) => Interference;
  /** Called after every send, edit and delete. */
  onLog: () => void;
  /** A person writes: the update as Telegram would make it. */
  update(chat: string, message?: Fields): { readonly update_id: number; readonly message: Fields };
  /**
   * Delivers an update to a webhook until it is taken, as Telegram does. `urls` stands for a balancer: every try goes to
   * a random one. Resolves with the number of tries.
   */
  deliver(update: object, urls: readonly string[], signal: AbortSignal, secret?: string): Promise<number>;
  /** Puts an update into the queue of getUpdates. */
  enqueue(update: { readonly update_id: number }): void;
  close(): Promise<void>;
}

const RETRY_MS = 150;

/** A strict Bot API on loopback: it refuses what Telegram refuses, in its words. */
export const startFakeTelegram = async (options: FakeTelegramOptions = {}): Promise<FakeTelegram> => {
  const token = options.token ?? '123456789:AAFakeTokenForTestsOnly_0123456789abc';
  const chats = new Chats(options.honoursKeys ?? false);
  const queue: { readonly update_id: number }[] = [];
  let wake: () => void = () => undefined;
  let nextUpdate = 1;
  const bot: Bot = {
    id: Number(token.split(':')[0]),
    username: options.username ?? 'fake_bot',
    chats,
    plainHttp: options.plainHttp ?? false,
    downloads: options.downloads ?? new Map(),
    webhook: undefined,
    menu: [],
    answeredQueries: [],
    typing: [],
    poll: async (offset, limit, timeoutMs) => {
      while (queue[0] !== undefined && queue[0].update_id < offset) queue.shift();
      if (queue.length === 0 && timeoutMs > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          timer.unref();
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      return queue.slice(0, limit);
    },
  };

  const fake: FakeTelegram = {
    url: '',
    token,
    bot,
    chats,
    interfere: () => undefined,
    onLog: () => undefined,
    update: (chat, message = {}) => {
      chats.open(chat);
      const id = chats.nextId();
      const from = { id: Math.abs(Number(chat)), is_bot: false, first_name: 'Ada', language_code: 'en' };
      return {
        update_id: nextUpdate++,
        message: {
          message_id: id,
          date: Math.floor(Date.now() / 1000),
          chat: { id: Number(chat), type: Number(chat) < 0 ? 'supergroup' : 'private' },
          from,
          ...message,
        },
      };
    },
    deliver: async (update, urls, signal, secret = bot.webhook?.secret) => {
      for (let tries = 1; ; tries++) {
        const url = urls[Math.floor(Math.random() * urls.length)] ?? bot.webhook?.url ?? '';
        const status = await postUpdate({ url, secret, update, signal });
        if ((status >= 200 && status < 300) || signal.aborted) return tries;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    },
    enqueue: (update) => {
      queue.push(update);
      wake();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };

  const server: Server = createServer((request, response) => {
    const answered = async (): Promise<unknown> => {
      const body = await handle(fake, request);
      if (options.answerDelayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, options.answerDelayMs?.()));
      return body;
    };
    answered().then(
      (body) =>
        body === 'lose'
          ? request.socket.destroy()
          : body instanceof Buffer
            ? response.writeHead(200).end(body)
            : answer(response, 200, { ok: true, result: body }),
      (error: unknown) => {
        const refusal = error instanceof Refusal ? error : new Refusal(500, `Internal Server Error: ${String(error)}`);
        answer(response, refusal.status, {
          ok: false,
          error_code: refusal.status,
          description: refusal.message,
          ...(refusal.parameters === undefined ? {} : { parameters: refusal.parameters }),
        });
      },
    );
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  return Object.assign(fake, { url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}` });
};

const answer = (response: ServerResponse, status: number, body: object): void => {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
};

const handle = async (fake: FakeTelegram, request: IncomingMessage): Promise<unknown> => {
  const [, first = '', second = '', ...rest] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
  if (first === 'file') {
    const file = second === `bot${fake.token}` ? fake.bot.downloads.get(rest.slice(1).join('/')) : undefined;
    if (file === undefined) throw new Refusal(404, 'Not Found');
    return file.bytes;
  }
  if (first !== `bot${fake.token}`) throw new Refusal(401, 'Unauthorized');
  const method = METHODS[second];
  if (method === undefined) throw new Refusal(404, 'Not Found: method not found');
  const call = await readCall(request);
  const interference = fake.interfere(second, call.fields);
  if (interference?.kind === 'refuse') throw interference.refusal;
  const before = fake.chats.log.length;
  const result = await method(fake.bot, call);
  if (fake.chats.log.length > before) fake.onLog();
  return interference?.kind === 'lose' ? 'lose' : result;
};

const readCall = async (request: IncomingMessage): Promise<Call> => {
  const header = request.headers['x-idempotency-key'];
  const key = typeof header === 'string' ? header : undefined;
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return { ...(await readMultipart(request)), key };
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise((resolve, reject) => request.once('end', resolve).once('error', reject));
  const text = Buffer.concat(chunks).toString();
  if (text === '') return { fields: {}, files: new Map(), key };
  if (type.startsWith('application/x-www-form-urlencoded')) return { fields: Object.fromEntries(new URLSearchParams(text)), files: new Map(), key };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw badRequest("can't parse JSON object");
  }
  if (!isFields(body)) throw badRequest('object expected');
  return { fields: body, files: new Map(), key };
};

const readMultipart = (request: IncomingMessage): Promise<{ readonly fields: Fields; readonly files: ReadonlyMap<string, UploadedFile> }> =>
  new Promise((resolve, reject) => {
    const fields: Record<string, unknown> = {};
    const files = new Map<string, UploadedFile>();
    const parser = busboy({ headers: request.headers });
    parser.on('field', (name, value) => (fields[name] = value));
    parser.on('file', (name, stream, { filename = 'file', mimeType }) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => files.set(name, { name: filename, mime: mimeType, bytes: Buffer.concat(chunks) }));
    });
    parser.on('close', () => resolve({ fields, files }));
    parser.on('error', reject);
    request.pipe(parser);
  });
