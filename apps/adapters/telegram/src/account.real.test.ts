import { memoryConfig } from '@assistant/config';
import { Secret, type Destination, type InboundEvent, type Media } from '@assistant/contracts';
import type { BlobStore, Bus } from '@assistant/bus';
import { isSendError, type Account, type AccountTools } from '@assistant/adapter-kit';
import { createLogger } from '@assistant/telemetry';
import { freePort, Refusal, startFakeTelegram, type FakeTelegram } from '@assistant/testing';
import { Api, GrammyError, InputFile } from 'grammy';
import { createTelegramAccount } from './account';
import { telegramSection, type TelegramAccountSettings } from './config';
import type { TelegramCall } from './render';

const CHAT = '4242';
const to: Destination = { tenant: 'default', platform: 'telegram', account: 'default', conversation: 'c'.repeat(22), chatId: CHAT, kind: 'direct' };
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const blobs = (): BlobStore => {
  const kept = new Map<string, { readonly bytes: Buffer; readonly mime: string; readonly name?: string }>([
    ['blob:png', { bytes: PNG, mime: 'image/png', name: 'dot.png' }],
  ]);
  return {
    put: async (bytes, about) => {
      const chunks: Uint8Array[] = [];
      if (bytes instanceof Uint8Array) chunks.push(bytes);
      else for await (const chunk of bytes) chunks.push(chunk);
      const ref = `blob:${kept.size}`;
      kept.set(ref, { bytes: Buffer.concat(chunks), ...about });
      return { ref, size: Buffer.concat(chunks).length };
    },
    get: async (ref) => {
      const found = kept.get(ref);
      if (found === undefined) throw new Error(`${ref} is not stored`);
      return {
        ...found,
        size: found.bytes.length,
        bytes: (async function* () {
          yield found.bytes;
        })(),
      };
    },
  };
};

describe('a Telegram account against a strict Bot API', () => {
  let fake: FakeTelegram;
  let account: Account<TelegramCall>;
  const store = blobs();
  const signal = AbortSignal.timeout(60_000);

  const settingsOf = (changes: Partial<Record<keyof TelegramAccountSettings, unknown>> = {}): TelegramAccountSettings => {
    const config = memoryConfig([telegramSection], { platforms: { telegram: { enabled: true, token: fake.token, api_base: fake.url, ...changes } } });
    const [settings] = config.get(telegramSection);
    if (settings === undefined) throw new Error('no account');
    return settings;
  };
  const tools = (publicUrl?: string): AccountTools => {
    const bus: Pick<Bus, 'blobs'> = { blobs: store };
    return {
      log: createLogger({ service: 't', instance: 't', level: 'error' }),
      bus: Object.assign(Object.create(null), bus),
      config: memoryConfig([], {}),
      publicUrl,
      dataDir: '/tmp',
    };
  };
  const open = (changes: Partial<Record<keyof TelegramAccountSettings, unknown>> = {}, publicUrl?: string): Account<TelegramCall> =>
    createTelegramAccount(settingsOf(changes), new Secret(fake.token), tools(publicUrl));
  const text = (content: string): TelegramCall => {
    const [call] = account.render({ parts: [{ type: 'text', text: content, format: 'markdown' }] }, to);
    if (call === undefined) throw new Error('nothing rendered');
    return call;
  };
  const failure = async (work: Promise<unknown>) => {
    try {
      await work;
    } catch (error) {
      if (isSendError(error)) return error;
      throw error;
    }
    throw new Error('it did not fail');
  };

  beforeAll(async () => {
    fake = await startFakeTelegram({
      plainHttp: true,
      downloads: new Map([
        ['photo-1', { bytes: PNG }],
        ['huge', { bytes: PNG, size: 30 * 1024 ** 2 }],
      ]),
    });
    fake.chats.open(CHAT);
  });
  beforeEach(() => {
    fake.interfere = () => undefined;
    account = open();
  });
  afterEach(() => account.close?.());
  afterAll(() => fake.close());

  test('an independent client agrees with the fake about the API', async () => {
    const api = new Api(fake.token, { apiRoot: fake.url });
    expect((await api.getMe()).username).toBe('fake_bot');
    const sent = await api.sendMessage(CHAT, 'bold', { entities: [{ type: 'bold', offset: 0, length: 4 }] });
    await api.editMessageText(CHAT, sent.message_id, 'other');
    await expect(api.editMessageText(CHAT, sent.message_id, 'other')).rejects.toThrow(/not modified/);
    await expect(api.sendMessage(CHAT, 'x', { entities: [{ type: 'bold', offset: 0, length: 4 }] })).rejects.toThrow(/parse entities/);
    await expect(api.sendMessage('99', 'x')).rejects.toBeInstanceOf(GrammyError);
    await expect(api.sendMessage(CHAT, 'x'.repeat(4097))).rejects.toThrow(/too long/);
    expect((await api.sendPhoto(CHAT, new InputFile(PNG, 'a.png'), { caption: 'dot' })).message_id).toBeGreaterThan(0);
    await api.setWebhook('http://127.0.0.1/x', { secret_token: 'abc' });
    await expect(api.getUpdates({ timeout: 0 })).rejects.toThrow(/Conflict/);
    await api.deleteWebhook();
    expect(await api.getUpdates({ timeout: 0 })).toEqual([]);
  });

  test('text, looks, quotes and buttons arrive as the Bot API wants them', async () => {
    const [call] = account.render(
      { parts: [{ type: 'text', text: '**hi** `@everyone` 👩‍👩‍👧‍👦', format: 'markdown' }], replyTo: '1', actions: [[{ id: 'y', label: 'Yes', value: '/yes' }]] },
      to,
    );
    if (call === undefined) throw new Error('nothing rendered');
    const { messageIds } = await account.send(call, to, 'k', signal);
    expect(fake.chats.shown(CHAT).at(-1)).toMatchObject({
      id: Number(messageIds[0]),
      text: 'hi @everyone 👩‍👩‍👧‍👦',
      replyTo: 1,
      buttons: [[{ text: 'Yes', callback_data: '/yes' }]],
    });
  });

  test('an edit that changes nothing is a success, a deleted message is not', async () => {
    const { messageIds } = await account.send(text('one'), to, 'k', signal);
    const id = messageIds[0] ?? '';
    await account.edit?.(id, text('**two**'), to, signal);
    await account.edit?.(id, text('**two**'), to, signal);
    expect(fake.chats.shown(CHAT).at(-1)?.text).toBe('two');
    await account.remove?.(id, to, signal);
    expect(await failure(Promise.resolve(account.edit?.(id, text('three'), to, signal)))).toMatchObject({
      outcome: 'not-sent',
      code: 'platform_not_found',
      retryable: false,
    });
  });

  test('looks that are refused cost the looks, not the words', async () => {
    const before = fake.chats.log.length;
    await account.send({ kind: 'text', text: 'plain', entities: [{ type: 'bold', offset: 0, length: 99 }] }, to, 'k', signal);
    expect(fake.chats.log.slice(before)).toMatchObject([{ what: 'send', text: 'plain' }]);
  });

  test('pictures and files are uploaded with their captions', async () => {
    const [photo] = account.render({ parts: [{ type: 'media', kind: 'image', media: { ref: 'blob:png', mime: 'image/png' }, caption: '*dot*' }] }, to);
    if (photo === undefined) throw new Error('nothing rendered');
    await account.send(photo, to, 'k', signal);
    const shown = fake.chats.shown(CHAT).at(-1);
    expect(shown?.file?.bytes.equals(PNG)).toBe(true);
    expect(shown).toMatchObject({ text: 'dot', entities: [{ type: 'italic' }] });
    const gone: TelegramCall = { kind: 'media', as: 'document', ref: 'blob:gone', name: undefined, caption: '', entities: [] };
    expect(await failure(account.send(gone, to, 'k', signal))).toMatchObject({ outcome: 'not-sent', code: 'media_unavailable', retryable: false });
  });

  test.each([
    [
      new Refusal(429, 'Too Many Requests: retry after 7', { retry_after: 7 }),
      { outcome: 'not-sent', code: 'platform_rate_limited', retryable: true, retryAfterMs: 7000 },
    ],
    [new Refusal(403, 'Forbidden: bot was blocked by the user'), { outcome: 'not-sent', code: 'platform_blocked', retryable: false }],
    [new Refusal(400, 'Bad Request: chat not found'), { outcome: 'not-sent', code: 'platform_not_found', retryable: false }],
    [new Refusal(401, 'Unauthorized'), { outcome: 'not-sent', code: 'platform_auth', retryable: true }],
    [new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -100 }), { outcome: 'not-sent', migratedTo: '-100' }],
    [new Refusal(502, 'Bad Gateway'), { outcome: 'unknown', code: 'platform_unknown_outcome', retryable: true }],
  ])('the refusal %# is understood', async (refusal, expected) => {
    fake.interfere = () => ({ kind: 'refuse', refusal });
    expect(await failure(account.send(text('x'), to, 'k', signal))).toMatchObject(expected);
  });

  test('a lost answer is an unknown outcome, a closed port a send that never was; neither tells the token', async () => {
    fake.interfere = () => ({ kind: 'lose' });
    const lost = await failure(account.send(text('x'), to, 'k', signal));
    expect(lost).toMatchObject({ outcome: 'unknown', retryable: true });
    const nowhere = open({ api_base: `http://127.0.0.1:${await freePort()}` });
    const refused = await failure(nowhere.send(text('x'), to, 'k', signal));
    expect(refused).toMatchObject({ outcome: 'not-sent', retryable: true });
    for (const error of [lost, refused]) expect(`${error.message} ${String(error.stack)} ${String(error.cause)}`).not.toContain(fake.token.split(':')[1]);
    await nowhere.close?.();
  });

  test('the webhook registers itself with a derived secret, and is then believed by it alone', async () => {
    const registered = open({}, 'http://assistant.example');
    await registered.connect?.(signal);
    expect(fake.bot.webhook).toMatchObject({ url: 'http://assistant.example/api/telegram', secret: expect.stringMatching(/^[\w-]{43}$/) });
    expect(fake.bot.menu.length).toBeGreaterThanOrEqual(2);
    const body = Buffer.from(JSON.stringify(fake.update(CHAT, { text: 'hello' })));
    const request = { method: 'POST', path: '', query: {}, body, remoteAddress: '127.0.0.1' };
    expect(registered.receive({ ...request, headers: { 'x-telegram-bot-api-secret-token': fake.bot.webhook?.secret ?? '' } })).toMatchObject({
      kind: 'events',
      events: [{ message: { text: 'hello' } }],
    });
    expect(registered.receive({ ...request, headers: {} })).toMatchObject({ kind: 'refused', status: 401 });
    expect(registered.problem()).toBeUndefined();
    await registered.close?.();
  });

  test('without a secret and a public address the operator is warned', () => {
    expect(account.problem()).toMatch(/webhook_secret/);
    expect(account.receive({ method: 'POST', path: '', query: {}, headers: {}, body: Buffer.from('{}'), remoteAddress: '127.0.0.1' })).toMatchObject({
      kind: 'refused',
    });
  });

  test.each([
    ['broken JSON', Buffer.from('{"update_id":')],
    ['bad UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['no update', Buffer.from('[]')],
  ])('a genuine webhook with %s is unreadable, not refused', (_name, body) => {
    const known = open({ webhook_secret: 'abcdef' });
    expect(
      known.receive({ method: 'POST', path: '', query: {}, headers: { 'x-telegram-bot-api-secret-token': 'abcdef' }, body, remoteAddress: '127.0.0.1' }),
    ).toMatchObject({ kind: 'unreadable' });
  });

  test('files that people send are fetched into the store, within the limit', async () => {
    const media: Media = { ref: 'vendor:photo-1', mime: 'image/jpeg' };
    expect(await account.fetchMedia?.(media, store, signal)).toMatchObject({ mime: 'image/png', size: PNG.length });
    await expect(account.fetchMedia?.({ ...media, ref: 'vendor:huge' }, store, signal)).rejects.toMatchObject({ code: 'platform_too_large' });
    await expect(account.fetchMedia?.({ ...media, ref: 'vendor:none' }, store, signal)).rejects.toMatchObject({ code: 'media_unavailable' });
  });

  test('a poll moves on only after the update is stored', async () => {
    const polling = open({ mode: 'polling' });
    await polling.connect?.(signal);
    expect(fake.bot.webhook).toBeUndefined();
    fake.enqueue(fake.update(CHAT, { text: 'first' }));
    fake.enqueue(fake.update(CHAT, { text: 'second' }));
    const seen: string[] = [];
    const stop = new AbortController();
    // The store fails once, in the middle: what was not stored comes again.
    let failures = 1;
    const publish = async (event: InboundEvent): Promise<void> => {
      if (event.message.text === 'second' && failures-- > 0) throw new Error('not stored');
      seen.push(event.message.text);
      if (event.message.text === 'second') stop.abort();
    };
    await expect(polling.poll?.(publish, stop.signal)).rejects.toThrow('not stored');
    await polling.poll?.(publish, stop.signal).catch(() => undefined);
    expect(seen).toEqual(['first', 'first', 'second']);
    await polling.close?.();
  });
});
