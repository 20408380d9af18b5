import { isSendError, readMedia, SendError, type Sent } from '@assistant/adapter-kit';
import type { BlobStore } from '@assistant/bus';
import { isAssistantError, type Destination } from '@assistant/contracts';
import { z } from 'zod';
import type { BotApi, CallOptions } from './client';
import { PHOTO_LIMIT_BYTES, UPLOAD_LIMIT_BYTES } from './manifest';
import type { TelegramCall } from './render';

const sentSchema = z.object({ message_id: z.number() });

const METHOD = { photo: 'sendPhoto', audio: 'sendAudio', voice: 'sendVoice', video: 'sendVideo', document: 'sendDocument' } as const;

/** Fields that every send has. */
const targetFields = (call: TelegramCall, to: Destination): Record<string, unknown> => ({
  chat_id: to.chatId,
  ...(to.threadId === undefined ? {} : { message_thread_id: Number(to.threadId) }),
  // A quoted message may have been deleted: the answer comes all the same.
  ...(call.replyTo === undefined ? {} : { reply_parameters: { message_id: Number(call.replyTo), allow_sending_without_reply: true } }),
  ...(call.buttons === undefined ? {} : { reply_markup: { inline_keyboard: call.buttons } }),
});

/** Performs one rendered call. Throws `SendError`. */
export const sendCall = async (api: BotApi, blobs: BlobStore, call: TelegramCall, to: Destination, options: CallOptions): Promise<Sent> => {
  switch (call.kind) {
    case 'text':
      return sendText(api, call, to, options);
    case 'location':
      return sentFrom(await api.call('sendLocation', { ...targetFields(call, to), latitude: call.latitude, longitude: call.longitude }, options));
    case 'media':
      return sendMedia(api, blobs, call, to, options);
  }
};

const sendText = async (api: BotApi, call: Extract<TelegramCall, { kind: 'text' }>, to: Destination, options: CallOptions): Promise<Sent> => {
  const fields = { ...targetFields(call, to), text: call.text };
  try {
    return sentFrom(await api.call('sendMessage', call.entities.length === 0 ? fields : { ...fields, entities: call.entities }, options));
  } catch (error) {
    if (call.entities.length === 0 || !isSendError(error) || error.code !== 'platform_bad_format') throw error;
    // The looks were refused, so nothing was sent: the words matter more.
    return sentFrom(await api.call('sendMessage', fields, options));
  }
};

const sendMedia = async (
  api: BotApi,
  blobs: BlobStore,
  call: Extract<TelegramCall, { kind: 'media' }>,
  to: Destination,
  options: CallOptions,
): Promise<Sent> => {
  const file = await fileOf(blobs, call.ref);
  // Telegram squeezes photos and refuses large ones; as a document every picture arrives.
  const as = call.as === 'photo' && file.bytes.length > PHOTO_LIMIT_BYTES ? 'document' : call.as;
  const form = new FormData();
  for (const [name, value] of Object.entries({
    ...targetFields(call, to),
    ...(call.caption === '' ? {} : { caption: call.caption, caption_entities: call.entities }),
  })) {
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  form.set(as, new Blob([new Uint8Array(file.bytes)], { type: file.mime }), call.name ?? file.name ?? as);
  return sentFrom(await api.call(METHOD[as], form, { ...options, timeoutMs: 120_000 }));
};

const fileOf = async (blobs: BlobStore, ref: string) => {
  try {
    return await readMedia(blobs, ref, UPLOAD_LIMIT_BYTES);
  } catch (error) {
    const code = isAssistantError(error) && error.code === 'platform_too_large' ? error.code : 'media_unavailable';
    throw new SendError('not-sent', code, `the file ${ref} cannot be sent`, { retryable: false, cause: error });
  }
};

const sentFrom = (result: unknown): Sent => {
  const parsed = sentSchema.safeParse(result);
  // Telegram said ok: it was sent, even if we do not learn its id.
  return { messageIds: parsed.success ? [String(parsed.data.message_id)] : [] };
};

/** Replaces the text of a message. "Not modified" is success. Throws `SendError`. */
export const editText = async (api: BotApi, messageId: string, call: TelegramCall, to: Destination, options: CallOptions): Promise<void> => {
  if (call.kind !== 'text') throw new SendError('not-sent', 'platform_bad_format', 'only text can be edited', { retryable: false });
  const fields = {
    chat_id: to.chatId,
    message_id: Number(messageId),
    text: call.text,
    ...(call.buttons === undefined ? {} : { reply_markup: { inline_keyboard: call.buttons } }),
  };
  const attempt = async (entities: boolean): Promise<void> => {
    try {
      await api.call('editMessageText', entities ? { ...fields, entities: call.entities } : fields, options);
    } catch (error) {
      if (isSendError(error) && /message is not modified/i.test(error.message)) return;
      if (entities && isSendError(error) && error.code === 'platform_bad_format') return attempt(false);
      throw error;
    }
  };
  await attempt(call.entities.length > 0);
};
