import { integerField, onlyFields, textField, type Fields, type UploadedFile } from './fields';
import { checkedButtons, checkedCaption, checkedReply, checkedText, TARGET_FIELDS, type SentMessage } from './messages';
import { badRequest, Refusal } from './refusal';
import type { Chats } from './chats';

export interface Call {
  readonly fields: Fields;
  readonly files: ReadonlyMap<string, UploadedFile>;
  readonly key: string | undefined;
}

export interface Webhook {
  readonly url: string;
  readonly secret: string | undefined;
  readonly maxConnections: number;
}

/** What the methods work on. */
export interface Bot {
  readonly id: number;
  readonly username: string;
  readonly chats: Chats;
  /** http is let through, for tests on loopback. */
  readonly plainHttp: boolean;
  readonly downloads: ReadonlyMap<string, { readonly bytes: Buffer; readonly size?: number }>;
  webhook: Webhook | undefined;
  menu: Fields[];
  answeredQueries: string[];
  typing: string[];
  poll(offset: number, limit: number, timeoutMs: number): Promise<readonly object[]>;
}

type Method = (bot: Bot, call: Call) => unknown;

const resultOf = (message: SentMessage): object => ({
  message_id: message.id,
  date: Math.floor(Date.now() / 1000),
  chat: { id: Number(message.chat), type: 'private' },
  text: message.text,
});

const chatOf = (fields: Fields): string => {
  const id = fields['chat_id'];
  if (typeof id !== 'string' && typeof id !== 'number') throw badRequest('chat_id is empty');
  return String(id);
};

const sendText: Method = (bot, { fields, key }) => {
  onlyFields(fields, [...TARGET_FIELDS, 'text', 'entities', 'parse_mode']);
  const { text, entities } = checkedText(fields);
  return resultOf(
    bot.chats.send(
      chatOf(fields),
      { text, entities, replyTo: checkedReply(fields), thread: integerField(fields, 'message_thread_id'), buttons: checkedButtons(fields), file: undefined },
      key,
    ),
  );
};

const sendFile =
  (field: string, largestBytes: number): Method =>
  (bot, { fields, files, key }) => {
    onlyFields(fields, [...TARGET_FIELDS, 'caption', 'caption_entities', field]);
    const named = fields[field];
    // Either the part has the field's name, or the field says under which name it is attached.
    const file = files.get(typeof named === 'string' && named.startsWith('attach://') ? named.slice('attach://'.length) : field);
    if (file === undefined) throw badRequest(`there is no ${field} in the request`);
    if (file.bytes.length > largestBytes) throw new Refusal(413, 'Request Entity Too Large');
    if (file.bytes.length === 0) throw badRequest('file must be non-empty');
    const { text, entities } = checkedCaption(fields);
    return resultOf(
      bot.chats.send(
        chatOf(fields),
        { text, entities, replyTo: checkedReply(fields), thread: integerField(fields, 'message_thread_id'), buttons: checkedButtons(fields), file },
        key,
      ),
    );
  };

const editText: Method = (bot, { fields }) => {
  onlyFields(fields, ['chat_id', 'message_id', 'text', 'entities', 'reply_markup', 'parse_mode']);
  const { text, entities } = checkedText(fields);
  return resultOf(bot.chats.edit(chatOf(fields), integerField(fields, 'message_id') ?? 0, text, entities, checkedButtons(fields)));
};

const setWebhook: Method = (bot, { fields }) => {
  onlyFields(fields, ['url', 'secret_token', 'allowed_updates', 'max_connections', 'drop_pending_updates']);
  const url = textField(fields, 'url') ?? '';
  const secret = textField(fields, 'secret_token');
  if (url !== '' && !url.startsWith('https://') && !bot.plainHttp) throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  if (secret !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(secret)) throw badRequest('secret token contains unallowed characters');
  bot.webhook = url === '' ? undefined : { url, secret, maxConnections: integerField(fields, 'max_connections') ?? 40 };
  return true;
};

const MEBIBYTE = 1024 ** 2;

export const METHODS: Readonly<Record<string, Method>> = {
  getMe: (bot) => ({ id: bot.id, is_bot: true, first_name: 'Fake', username: bot.username }),
  sendMessage: sendText,
  sendPhoto: sendFile('photo', 10 * MEBIBYTE),
  sendAudio: sendFile('audio', 50 * MEBIBYTE),
  sendVoice: sendFile('voice', 50 * MEBIBYTE),
  sendVideo: sendFile('video', 50 * MEBIBYTE),
  sendDocument: sendFile('document', 50 * MEBIBYTE),
  sendLocation: (bot, { fields, key }) => {
    onlyFields(fields, [...TARGET_FIELDS, 'latitude', 'longitude']);
    const { latitude, longitude } = fields;
    if (typeof latitude !== 'number' || typeof longitude !== 'number') throw badRequest('wrong latitude or longitude');
    return resultOf(
      bot.chats.send(
        chatOf(fields),
        { text: `${latitude},${longitude}`, entities: [], replyTo: checkedReply(fields), thread: undefined, buttons: checkedButtons(fields), file: undefined },
        key,
      ),
    );
  },
  editMessageText: editText,
  deleteMessage: (bot, { fields }) => bot.chats.remove(chatOf(fields), integerField(fields, 'message_id') ?? 0),
  sendChatAction: (bot, { fields }) => {
    onlyFields(fields, ['chat_id', 'action', 'message_thread_id']);
    bot.chats.known(chatOf(fields));
    bot.typing.push(chatOf(fields));
    return true;
  },
  answerCallbackQuery: (bot, { fields }) => {
    bot.answeredQueries.push(textField(fields, 'callback_query_id') ?? '');
    return true;
  },
  setMyCommands: (bot, { fields }) => {
    bot.menu.push(fields);
    return true;
  },
  setWebhook,
  deleteWebhook: (bot) => {
    bot.webhook = undefined;
    return true;
  },
  getFile: (bot, { fields }) => {
    const id = textField(fields, 'file_id') ?? '';
    const file = bot.downloads.get(id);
    if (file === undefined) throw badRequest('invalid file_id');
    const size = file.size ?? file.bytes.length;
    if (size > 20 * MEBIBYTE) throw badRequest('file is too big');
    return { file_id: id, file_unique_id: id, file_size: size, file_path: `files/${id}` };
  },
  getUpdates: async (bot, { fields }) => {
    if (bot.webhook !== undefined)
      throw new Refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
    return bot.poll(integerField(fields, 'offset') ?? 0, integerField(fields, 'limit') ?? 100, (integerField(fields, 'timeout') ?? 0) * 1000);
  },
};
