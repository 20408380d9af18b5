import { conversationToken, plainText, type Destination, type InboundEvent, type Part, type Sender } from '@assistant/contracts';
import type { TelegramEntity, TelegramMessage, TelegramUpdate, TelegramUser } from './update';

/** What normalising needs to know of the bot. */
export interface BotIdentity {
  readonly account: string;
  /** Known after getMe; without it a mention by name cannot be recognised. */
  readonly username: string | undefined;
  readonly id: number | undefined;
  /** Every group message is meant for the bot. */
  readonly answersAll: boolean;
}

const TENANT = 'default';
/** What a service account posts in the name of a chat; people behind it are not known. */
const ANONYMOUS_ADMIN = 1087968824;

/** One update as events: none for the kinds that the assistant has no use for. Pure but for `receivedAt`. */
export const normalise = (update: TelegramUpdate, bot: BotIdentity, receivedAt: string): readonly InboundEvent[] => {
  const id = `telegram:${bot.account}:${update.update_id}`;
  const created = update.message ?? update.channel_post;
  if (created !== undefined) return created.migrate_to_chat_id === undefined ? [messageEvent(id, 'message.created', created, bot, receivedAt)] : [];
  const edited = update.edited_message ?? update.edited_channel_post;
  if (edited !== undefined) return [messageEvent(id, 'message.updated', edited, bot, receivedAt)];
  const query = update.callback_query;
  if (query?.message !== undefined) {
    const event = messageEvent(id, 'interaction', query.message, bot, receivedAt);
    return [{ ...event, sender: senderOf(query.from), message: { ...event.message, addressed: true }, interaction: { id: query.id, value: query.data ?? '' } }];
  }
  return [];
};

const messageEvent = (id: string, type: InboundEvent['type'], message: TelegramMessage, bot: BotIdentity, receivedAt: string): InboundEvent => {
  const parts = partsOf(message);
  const { reply_to_message: quoted } = message;
  return {
    v: 1,
    id,
    type,
    sentAt: new Date(message.date * 1000).toISOString(),
    receivedAt,
    from: destinationOf(message, bot),
    sender:
      message.from === undefined || message.from.id === ANONYMOUS_ADMIN
        ? { id: String(message.sender_chat?.id ?? message.chat.id), name: message.sender_chat?.title ?? '', kind: 'user' }
        : senderOf(message.from),
    message: {
      id: String(message.message_id),
      parts,
      text: withoutMention(message, bot) ?? plainText(parts),
      addressed: isAddressed(message, bot),
      order: message.message_id,
      ...(quoted === undefined
        ? {}
        : {
            replyTo: {
              id: String(quoted.message_id),
              ...((quoted.text ?? quoted.caption) === undefined ? {} : { excerpt: (quoted.text ?? quoted.caption ?? '').slice(0, 300) }),
            },
          }),
      ...(message.media_group_id === undefined ? {} : { groupId: message.media_group_id }),
    },
    ...(message.from?.language_code === undefined ? {} : { language: message.from.language_code }),
  };
};

const destinationOf = (message: TelegramMessage, { account }: BotIdentity): Destination => {
  const chatId = String(message.chat.id);
  const threadId = message.is_topic_message === true && message.message_thread_id !== undefined ? String(message.message_thread_id) : undefined;
  const kind = message.chat.type === 'private' ? 'direct' : message.chat.type === 'channel' ? 'channel' : 'group';
  return {
    tenant: TENANT,
    platform: 'telegram',
    account,
    conversation: conversationToken([account, chatId, threadId ?? '']),
    chatId,
    kind,
    ...(threadId === undefined ? {} : { threadId }),
    ...(message.chat.title === undefined ? {} : { title: message.chat.title }),
  };
};

const senderOf = (user: TelegramUser): Sender => ({
  id: String(user.id),
  name: [user.first_name, user.last_name].filter(Boolean).join(' '),
  kind: user.is_bot ? 'bot' : 'user',
  ...(user.username === undefined ? {} : { handle: user.username }),
  ...(user.language_code === undefined ? {} : { language: user.language_code }),
});

const MEDIA = [
  ['voice', 'audio', 'audio/ogg'],
  ['audio', 'audio', 'audio/mpeg'],
  ['video', 'video', 'video/mp4'],
  ['video_note', 'video', 'video/mp4'],
  // A GIF comes both as animation and as document; the first one wins.
  ['animation', 'video', 'video/mp4'],
  ['document', 'file', 'application/octet-stream'],
] as const;

const partsOf = (message: TelegramMessage): Part[] => {
  const media = mediaPart(message);
  const text = message.text ?? message.caption;
  return [...(text === undefined ? [] : [{ type: 'text', text, format: 'plain' } satisfies Part]), ...(media === undefined ? [] : [media])];
};

const mediaPart = (message: TelegramMessage): Part | undefined => {
  // Sizes come smallest first; the last one is the picture.
  const photo = message.photo?.at(-1);
  if (photo !== undefined)
    return {
      type: 'media',
      kind: 'image',
      media: { ref: `vendor:${photo.file_id}`, mime: 'image/jpeg', ...(photo.file_size === undefined ? {} : { size: photo.file_size }) },
    };
  if (message.sticker !== undefined) return { type: 'unsupported', vendorType: 'sticker', fallbackText: message.sticker.emoji ?? '[sticker]' };
  if (message.location !== undefined) return { type: 'location', latitude: message.location.latitude, longitude: message.location.longitude };
  for (const [field, kind, mime] of MEDIA) {
    const file = message[field];
    if (file === undefined) continue;
    const { file_id: id, file_size: size, mime_type: type, file_name: name } = file;
    return {
      type: 'media',
      kind,
      media: { ref: `vendor:${id}`, mime: type ?? mime, ...(size === undefined ? {} : { size }), ...(name === undefined ? {} : { name }) },
    };
  }
  return message.text === undefined && message.caption === undefined
    ? { type: 'unsupported', vendorType: 'unknown', fallbackText: '[unsupported message]' }
    : undefined;
};

const entitiesOf = (message: TelegramMessage): readonly TelegramEntity[] => message.entities ?? message.caption_entities ?? [];

const entityText = (message: TelegramMessage, { offset, length }: TelegramEntity): string =>
  (message.text ?? message.caption ?? '').slice(offset, offset + length);

const mentions = (message: TelegramMessage, entity: TelegramEntity, { username, id }: BotIdentity): boolean => {
  const text = entityText(message, entity).toLowerCase();
  const name = username?.toLowerCase();
  switch (entity.type) {
    case 'mention':
      return name !== undefined && text === `@${name}`;
    case 'text_mention':
      return id !== undefined && entity.user?.id === id;
    case 'bot_command': {
      const [, target] = text.split('@');
      return target === undefined ? message.chat.type === 'private' || entity.offset === 0 : target === name;
    }
    default:
      return false;
  }
};

/** A command for another bot is not for us, even in a direct chat. */
const forAnother = (message: TelegramMessage, { username }: BotIdentity): boolean =>
  entitiesOf(message).some((entity) => {
    const [, target] = entity.type === 'bot_command' ? entityText(message, entity).toLowerCase().split('@') : [];
    return target !== undefined && username !== undefined && target !== username.toLowerCase();
  });

const isAddressed = (message: TelegramMessage, bot: BotIdentity): boolean => {
  if (forAnother(message, bot)) return false;
  if (message.chat.type === 'private' || bot.answersAll) return true;
  if (bot.id !== undefined && message.reply_to_message?.from?.id === bot.id) return true;
  return entitiesOf(message).some((entity) => mentions(message, entity, bot));
};

/** The text without the leading or trailing mention that only summoned the bot. */
const withoutMention = (message: TelegramMessage, bot: BotIdentity): string | undefined => {
  const text = message.text ?? message.caption;
  if (text === undefined || message.chat.type === 'private') return undefined;
  const own = entitiesOf(message).find((entity) => entity.type === 'mention' && mentions(message, entity, bot));
  if (own === undefined) return undefined;
  const before = text.slice(0, own.offset);
  const after = text.slice(own.offset + own.length);
  // In the middle of a sentence the name is part of it.
  return before.trim() === '' || after.trim() === '' ? `${before}${after}`.trim() || text : undefined;
};
