import type { RawRequest } from '@assistant/adapter-kit';
import type { Bench, IntakeBench, OutboundBench, Refusal as VendorRefusal, Stage } from '@assistant/adapter-kit/conformance';
import { memoryConfig } from '@assistant/config';
import { conversationToken, Secret, type Destination, type Media } from '@assistant/contracts';
import { freePort, Refusal, startFakeTelegram, type FakeTelegram } from '@assistant/testing';
import { z } from 'zod';
import { createTelegramAccount } from '../account';
import { telegramSection, type TelegramAccountSettings } from '../config';
import { DOWNLOAD_LIMIT_BYTES, telegramManifest, UPLOAD_LIMIT_BYTES } from '../manifest';

const CHAT = '4242';
const GROUP = '-1001234567890';
const SECRET = 'webhook-secret-of-the-first-bot';
const OTHER_SECRET = 'webhook-secret-of-another-bot';
const HEADER = 'x-telegram-bot-api-secret-token';
const WRONG_TOKEN = '987654321:BBWrongTokenForTestsOnly_0123456789abc';
const DELETED_MESSAGE = '7';

type Fields = Readonly<Record<string, unknown>>;

const to: Destination = {
  tenant: 'default',
  platform: 'telegram',
  account: 'default',
  conversation: conversationToken(['default', CHAT, '']),
  chatId: CHAT,
  kind: 'direct',
};

const request = (body: object | Buffer, secret: string | undefined = SECRET, path = ''): RawRequest => ({
  method: 'POST',
  path,
  query: {},
  headers: { 'content-type': 'application/json', ...(secret === undefined ? {} : { [HEADER]: secret }) },
  body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
  remoteAddress: '127.0.0.1',
});

/** The Bot API's own words for each refusal; undefined = the answer is lost after the send. */
const inVendorWords = (refusal: VendorRefusal): Refusal | undefined => {
  switch (refusal.kind) {
    case 'rate-limited': {
      const seconds = refusal.retryAfterMs === undefined ? undefined : refusal.retryAfterMs / 1000;
      return new Refusal(429, `Too Many Requests: retry after ${seconds ?? 'a while'}`, seconds === undefined ? {} : { retry_after: seconds });
    }
    case 'blocked':
      return new Refusal(403, 'Forbidden: bot was blocked by the user');
    case 'bad-format':
      return new Refusal(400, "Bad Request: can't parse entities: unsupported entity");
    case 'gone':
      return new Refusal(400, 'Bad Request: chat not found');
    case 'server-error':
      return new Refusal(502, 'Bad Gateway');
    case 'lost-answer':
      return undefined;
  }
};

/** A Telegram bot before a strict Bot API on loopback. */
export const openTelegramBench = async (stage: Stage): Promise<Bench> => {
  const downloads = new Map<string, { readonly bytes: Buffer; readonly size?: number }>();
  const fake = await startFakeTelegram({ plainHttp: true, downloads });
  fake.chats.open(CHAT);
  const account = accountOf(stage, fake.token, { api_base: fake.url, webhook_secret: SECRET });
  const other = accountOf(stage, fake.token, { name: 'other', api_base: fake.url, webhook_secret: OTHER_SECRET });
  const port = await freePort();
  await account.connect?.(AbortSignal.timeout(10_000));
  const url = await stage.serveAccounts(telegramManifest, [account, other]);

  /** A file the whole way: announced by a webhook, then fetched by its reference. */
  const take = async ({
    bytes,
    name,
    mime,
    announcedSize,
  }: {
    readonly bytes: Buffer;
    readonly name: string;
    readonly mime: string;
    readonly announcedSize: number;
  }): Promise<Media> => {
    const id = `file-${downloads.size}`;
    downloads.set(id, { bytes, size: announcedSize });
    const { events } = await stage.deliver(url, [
      request(fake.update(CHAT, { document: { file_id: id, file_unique_id: id, file_name: name, mime_type: mime, file_size: announcedSize } })),
    ]);
    const part = events[0]?.message.parts.find((found) => found.type === 'media');
    const fetched = part === undefined ? undefined : await account.fetchMedia?.(part.media, stage.bus.blobs, AbortSignal.timeout(30_000));
    if (fetched === undefined) throw new Error('the webhook announced no file');
    return fetched;
  };

  return {
    url,
    secrets: [fake.token, fake.token.split(':')[1] ?? fake.token, SECRET, OTHER_SECRET, WRONG_TOKEN],
    intake: { ...intakeBench(fake), files: { limitBytes: DOWNLOAD_LIMIT_BYTES, take } },
    outbound: outboundBench(stage, fake, account, port),
    close: async () => {
      await account.close?.();
      await other.close?.();
      await fake.close();
    },
  };
};

const accountOf = (stage: Stage, token: string, changes: Partial<Record<keyof TelegramAccountSettings, unknown>>) => {
  const config = memoryConfig([telegramSection], { platforms: { telegram: { enabled: true, token, ...changes } } });
  const [settings] = config.get(telegramSection);
  if (settings === undefined) throw new Error('no account is configured');
  return createTelegramAccount(settings, new Secret(token), { log: stage.log, bus: stage.bus, config, publicUrl: undefined, dataDir: '/nowhere' });
};

const intakeBench = (fake: FakeTelegram): IntakeBench => {
  const update = (chat: string, message: Fields): { readonly update_id: number; readonly message: Fields } => fake.update(chat, message);
  const mention = (text: string): Fields => ({ text, entities: [{ type: 'mention', offset: text.indexOf('@'), length: fake.bot.username.length + 1 }] });
  const me = { id: fake.bot.id, is_bot: true, first_name: 'Fake', username: fake.bot.username };
  const inGroup = (what: string, message: Fields) => ({ what, request: request(update(GROUP, message)) });
  return {
    credentials: [{ in: 'header', name: HEADER }],
    coversBody: false,
    refusedWith: [401],
    // "at most 52 significant bits" (core.telegram.org/bots/api#chat).
    largestChat: String(2 ** 52 - 1),
    keepsTime: true,
    message: ({ text, chat = CHAT, at = new Date() }) => request(update(chat, { text, date: Math.floor(at.getTime() / 1000) })),
    signed: (body) => request(body),
    forged: (text) => [
      { what: "another bot's secret", request: request(update(CHAT, { text }), OTHER_SECRET) },
      {
        what: 'the secret in the query',
        request: { ...request(update(CHAT, { text })), headers: { 'content-type': 'application/json' }, query: { [HEADER]: SECRET } },
      },
    ],
    foreign: (text) => request(update(CHAT, { text }), SECRET, '/other'),
    unknownKind: () => request({ update_id: update(CHAT, {}).update_id, message_of_tomorrow: { text: 'hello' } }),
    fromBot: (text) => request(update(CHAT, { text, from: { id: 5, is_bot: true, first_name: 'Bot' } })),
    edited: (before, after) => {
      const { message, update_id: id } = update(CHAT, { text: before });
      return [
        request({ update_id: id, message }),
        request({ update_id: update(CHAT, {}).update_id, edited_message: { ...message, text: after, edit_date: message['date'] } }),
      ];
    },
    pressed: (value) => {
      const { message, update_id: id } = update(CHAT, { text: 'choose', from: me });
      return request({
        update_id: id,
        callback_query: { id: `press-${id}`, from: { id: Number(CHAT), is_bot: false, first_name: 'Ada' }, chat_instance: '1', data: value, message },
      });
    },
    group: (text) => ({
      meant: [
        inGroup('a mention in the middle', mention(`${text} @${fake.bot.username} more`)),
        inGroup('a mention in other letters', mention(`@${fake.bot.username.toUpperCase()} ${text}`)),
        inGroup('a mention by id', { text, entities: [{ type: 'text_mention', offset: 0, length: 5, user: me }] }),
        inGroup('a reply to the bot', {
          text,
          reply_to_message: { message_id: 1, date: 1, chat: { id: Number(GROUP), type: 'supergroup' }, from: me, text: 'earlier' },
        }),
        inGroup('a command', { text: `/help ${text}`, entities: [{ type: 'bot_command', offset: 0, length: 5 }] }),
        inGroup('a caption', {
          caption: `@${fake.bot.username} ${text}`,
          caption_entities: [{ type: 'mention', offset: 0, length: fake.bot.username.length + 1 }],
          photo: [{ file_id: 'p', file_unique_id: 'p' }],
        }),
      ],
      others: [
        inGroup('no mention', { text }),
        inGroup('the name without a mention', { text: `${fake.bot.username} ${text}` }),
        inGroup('a mention of somebody else', { text: `@somebody ${text}`, entities: [{ type: 'mention', offset: 0, length: 9 }] }),
        inGroup('a command of another bot', { text: '/help@other_bot', entities: [{ type: 'bot_command', offset: 0, length: 15 }] }),
        inGroup('a reply to somebody else', {
          text,
          reply_to_message: {
            message_id: 1,
            date: 1,
            chat: { id: Number(GROUP), type: 'supergroup' },
            from: { id: 9, is_bot: false, first_name: 'Eve' },
            text: 'earlier',
          },
        }),
      ],
    }),
  };
};

const entitySchema = z.object({ type: z.string() }).loose();

const outboundBench = (stage: Stage, fake: FakeTelegram, account: OutboundBench['account'], closedPort: number): OutboundBench => {
  let refusal: VendorRefusal = { kind: 'blocked' };
  let refusals = 0;
  let attempts = 0;
  fake.interfere = (method, fields) => {
    if (!/^send(?!ChatAction)/.test(method)) return undefined;
    attempts++;
    const quote = z.object({ message_id: z.number(), allow_sending_without_reply: z.boolean().optional() }).safeParse(fields['reply_parameters']).data;
    if (quote?.message_id === Number(DELETED_MESSAGE) && quote.allow_sending_without_reply !== true) {
      return { kind: 'refuse', refusal: new Refusal(400, 'Bad Request: message to be replied not found') };
    }
    if (refusals === 0) return undefined;
    refusals--;
    const words = inVendorWords(refusal);
    return words === undefined ? { kind: 'lose' } : { kind: 'refuse', refusal: words };
  };
  return {
    account,
    to,
    shown: () =>
      fake.chats.shown(CHAT).map(({ text, entities, file }) => {
        const types = z
          .array(entitySchema)
          .parse(entities)
          .map(({ type }) => type);
        return {
          text,
          looks: types,
          pings: types.filter((type) => type === 'mention' || type === 'text_mention'),
          ...(file === undefined ? {} : { file: file.bytes }),
        };
      }),
    attempts: () => attempts,
    refuse: (next, times) => {
      refusal = next;
      refusals = times;
    },
    unreachable: () => accountOf(stage, fake.token, { api_base: `http://127.0.0.1:${closedPort}`, webhook_secret: SECRET }),
    misconfigured: () => accountOf(stage, WRONG_TOKEN, { api_base: fake.url, webhook_secret: SECRET }),
    credentialSetting: 'token',
    typings: () => fake.bot.typing.filter((chat) => chat === CHAT).length,
    deletedMessage: DELETED_MESSAGE,
    largestFileBytes: UPLOAD_LIMIT_BYTES,
  };
};
