import { randomBytes } from 'node:crypto';
import { AssistantError, conversationToken, type Destination } from '@assistant/contracts';

const ACCOUNT = 'web';
const PLATFORM = 'web';
const TENANT = 'default';
const CHAT_ID = /^([\w-]{22})\.[\w-]{16}$/;

/** A new conversation of a visitor: `<visitor>.<96 random bits>`. */
export const newChatId = (visitorId: string): string => `${visitorId}.${randomBytes(12).toString('base64url')}`;

/** Where the answers of a conversation go; its lane too. */
export const destinationOf = (chatId: string): Destination => ({
  tenant: TENANT,
  platform: PLATFORM,
  account: ACCOUNT,
  conversation: conversationToken([ACCOUNT, chatId, '']),
  chatId,
  kind: 'direct',
});

/** The conversation, if it is this visitor's. Throws `not_found` for anybody else's, as for one that never was. */
export const openConversation = (chatId: string, visitorId: string): Destination => {
  if (CHAT_ID.exec(chatId)?.[1] !== visitorId) throw new AssistantError('not_found', 'no such conversation');
  return destinationOf(chatId);
};

/** The id under which a message of the page is accepted once: the client's id is the dedupe key. */
export const inboundId = (chatId: string, messageId: string): string => `${PLATFORM}:${ACCOUNT}:${chatId}:${messageId}`;

/** The client's own id of an inbound id. */
export const messageIdOf = (chatId: string, inbound: string): string => {
  const prefix = inboundId(chatId, '');
  return inbound.startsWith(prefix) ? inbound.slice(prefix.length) : inbound;
};
