import { isSendError, type Account, type AccountTools, type RawRequest, type Received, storeMedia } from '@assistant/adapter-kit';
import type { BlobStore } from '@assistant/bus';
import { AssistantError, Secret, type InboundEvent, type Media } from '@assistant/contracts';
import { createHttpClient } from '@assistant/net';
import { z } from 'zod';
import { createBotApi, type BotApi } from './client';
import { menuIn } from './commands';
import type { TelegramAccountSettings } from './config';
import { DOWNLOAD_LIMIT_BYTES } from './manifest';
import { normalise, type BotIdentity } from './normalise';
import { ALLOWED_UPDATES, poll } from './poll';
import { render, type TelegramCall } from './render';
import { editText, sendCall } from './send';
import { updateSchema, type TelegramUpdate } from './update';
import { derivedSecret, refusal } from './verify';

const meSchema = z.object({ id: z.number(), username: z.string().optional() });
const fileSchema = z.object({ file_path: z.string().optional(), file_size: z.number().optional() });

/** Smallest pause between two edits of a message; groups allow about twenty messages a minute. */
const EDIT_INTERVAL_MS = { direct: 1100, group: 3100, channel: 3100 } as const;

/** One bot. */
export const createTelegramAccount = (settings: TelegramAccountSettings, token: Secret, tools: AccountTools): Account<TelegramCall> => {
  const http = createHttpClient({ maxConnections: 64 });
  const api = createBotApi(http, settings.api_base, token);
  const registers = settings.mode === 'webhook' && tools.publicUrl !== undefined;
  const secret = settings.webhook_secret ?? (registers ? new Secret(derivedSecret(token)) : undefined);
  let identity: BotIdentity = { account: settings.name, username: undefined, id: undefined, answersAll: settings.group_mode === 'all' };

  const toEvents = (update: TelegramUpdate): readonly InboundEvent[] => {
    const query = update.callback_query;
    // The client shows a spinner until it is told that the press arrived.
    if (query !== undefined)
      void api.call('answerCallbackQuery', { callback_query_id: query.id }, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
    return normalise(update, identity, new Date().toISOString());
  };

  return {
    id: settings.name,
    receive: (request) => receive(request, secret?.reveal(), toEvents),
    render,
    send: (call, to, key, signal) => sendCall(api, tools.bus.blobs, call, to, { signal, ...(settings.idempotency_header ? { idempotencyKey: key } : {}) }),
    edit: (messageId, call, to, signal) => editText(api, messageId, call, to, { signal }),
    editable: (call) => call.kind === 'text',
    remove: async (messageId, to, signal) => void (await api.call('deleteMessage', { chat_id: to.chatId, message_id: Number(messageId) }, { signal })),
    typing: async (to, signal) => {
      await api.call(
        'sendChatAction',
        { chat_id: to.chatId, action: 'typing', ...(to.threadId === undefined ? {} : { message_thread_id: Number(to.threadId) }) },
        { signal },
      );
    },
    streaming: ({ kind }) => ({ enabled: settings.streaming === 'edit', minIntervalMs: EDIT_INTERVAL_MS[kind] }),
    fetchMedia: (media, blobs, signal) => fetchMedia(api, media, blobs, signal),
    ...(settings.mode === 'polling'
      ? { poll: (publish: (event: InboundEvent) => Promise<void>, signal: AbortSignal) => poll(api, toEvents, publish, signal) }
      : {}),
    connect: async (signal) => {
      const me = meSchema.parse(await api.call('getMe', {}, { signal }));
      identity = { ...identity, id: me.id, username: me.username };
      await setUp(api, settings, tools.publicUrl, secret, signal);
    },
    problem: () =>
      settings.mode === 'webhook' && secret === undefined
        ? 'no webhook_secret and no public_url: webhooks are believed only from the networks of Telegram'
        : undefined,
    close: () => http.close(),
  };
};

const receive = (request: RawRequest, secret: string | undefined, toEvents: (update: TelegramUpdate) => readonly InboundEvent[]): Received => {
  if (request.method !== 'POST') return { kind: 'refused', status: 404, reason: 'Telegram only posts' };
  const reason = refusal(request, secret);
  if (reason !== undefined) return { kind: 'refused', status: 401, reason };
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(request.body));
  } catch {
    return { kind: 'unreadable', reason: 'not JSON in UTF-8' };
  }
  const update = updateSchema.safeParse(body);
  if (!update.success) return { kind: 'unreadable', reason: 'not an update of the Bot API' };
  return { kind: 'events', events: toEvents(update.data) };
};

/** Tells Telegram where we listen (or that we poll) and what the menu offers. */
const setUp = async (
  api: BotApi,
  settings: TelegramAccountSettings,
  publicUrl: string | undefined,
  secret: Secret | undefined,
  signal: AbortSignal,
): Promise<void> => {
  if (settings.mode === 'polling') await api.call('deleteWebhook', {}, { signal });
  else if (publicUrl !== undefined && secret !== undefined) {
    const path = settings.name === 'default' ? '' : `/${settings.name}`;
    await api.call(
      'setWebhook',
      {
        url: `${publicUrl.replace(/\/+$/, '')}/api/telegram${path}`,
        secret_token: secret.reveal(),
        allowed_updates: ALLOWED_UPDATES,
        max_connections: settings.max_connections,
      },
      { signal },
    );
  }
  try {
    await api.call('setMyCommands', { commands: menuIn('en') }, { signal });
    await api.call('setMyCommands', { commands: menuIn('zh'), language_code: 'zh' }, { signal });
  } catch (error) {
    // The menu is a convenience; a bot works without it.
    if (!isSendError(error)) throw error;
  }
};

const fetchMedia = async (api: BotApi, media: Media, blobs: BlobStore, signal: AbortSignal): Promise<Media> => {
  if (!media.ref.startsWith('vendor:')) throw new AssistantError('media_unavailable', `${media.ref} is no file of Telegram`);
  let file: z.infer<typeof fileSchema>;
  try {
    file = fileSchema.parse(await api.call('getFile', { file_id: media.ref.slice(7) }, { signal }));
  } catch (cause) {
    const tooBig = isSendError(cause) && /too big/i.test(cause.message);
    throw new AssistantError(tooBig ? 'platform_too_large' : 'media_unavailable', 'Telegram does not hand the file out', { cause });
  }
  if ((file.file_size ?? 0) > DOWNLOAD_LIMIT_BYTES) throw new AssistantError('platform_too_large', 'bots may download files of up to 20 MB');
  if (file.file_path === undefined) throw new AssistantError('media_unavailable', 'Telegram named no path for the file');
  const bytes = await api.download(file.file_path, signal);
  return storeMedia(blobs, { bytes, mime: media.mime, ...(media.name === undefined ? {} : { name: media.name }), limitBytes: DOWNLOAD_LIMIT_BYTES });
};
