import { z } from 'zod';
import { SUBJECT_TOKEN } from './subject';

/**
 * Bytes outside the message. `ref` is `blob:<id>` (in the blob store) or `vendor:<opaque>` (still with the
 * platform: ask its adapter on `mediaSubject(platform)` to fetch it).
 */
export const mediaSchema = z.object({
  ref: z.string(),
  mime: z.string(),
  /** Bytes, as far as known. */
  size: z.number().int().nonnegative().optional(),
  name: z.string().optional(),
});
export type Media = z.infer<typeof mediaSchema>;

export const partSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string(), format: z.enum(['plain', 'markdown']) }),
  z.object({
    type: z.literal('media'),
    kind: z.enum(['image', 'audio', 'video', 'file', 'sticker']),
    media: mediaSchema,
    caption: z.string().optional(),
  }),
  z.object({ type: z.literal('location'), latitude: z.number(), longitude: z.number(), title: z.string().optional() }),
  z.object({ type: z.literal('unsupported'), vendorType: z.string(), fallbackText: z.string() }),
]);
export type Part = z.infer<typeof partSchema>;

const token = z.string().regex(SUBJECT_TOKEN);

/** Where an answer goes. Fixed when the message comes in: an answer can never drift to another chat. */
export const destinationSchema = z.object({
  tenant: token,
  platform: token,
  /** Which bot of this platform. */
  account: z.string(),
  /** `conversationToken([account, conversation.id, thread ?? ''])`. */
  conversation: z.string().length(22),
  /** The vendor's own ids. */
  chatId: z.string(),
  threadId: z.string().optional(),
  kind: z.enum(['direct', 'group', 'channel']),
  title: z.string().optional(),
});
export type Destination = z.infer<typeof destinationSchema>;

export const senderSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  handle: z.string().optional(),
  kind: z.enum(['user', 'bot', 'system']),
  /** BCP 47, as the platform states it. */
  language: z.string().optional(),
});
export type Sender = z.infer<typeof senderSchema>;

/** One thing that happened on a platform, as every adapter publishes it on IN. */
export const inboundEventSchema = z.object({
  v: z.literal(1),
  /** `<platform>:<account>:<the vendor's event id>`: the dedupe key, and the JetStream message id. */
  id: z.string().min(1).max(300),
  type: z.enum(['message.created', 'message.updated', 'message.deleted', 'interaction', 'conversation.migrated']),
  /** The vendor's clock and ours, ISO 8601. */
  sentAt: z.string(),
  receivedAt: z.string(),
  from: destinationSchema,
  sender: senderSchema,
  message: z.object({
    id: z.string(),
    parts: z.array(partSchema),
    /** Plain projection of the text parts. */
    text: z.string(),
    replyTo: z.object({ id: z.string(), excerpt: z.string().optional() }).optional(),
    /** Meant for the bot: a direct chat, a mention, a reply to it, or a command. */
    addressed: z.boolean(),
    /** Rises within a conversation, where the platform has such a number. */
    order: z.number().optional(),
    /** Album: messages of one group are one turn. */
    groupId: z.string().optional(),
  }),
  /** A button's value or a callback, for `interaction`. */
  interaction: z.object({ id: z.string(), value: z.string() }).optional(),
  /** Told by the person's client, for instance the page's language. */
  language: z.string().optional(),
  replayed: z.number().int().optional(),
});
export type InboundEvent = z.infer<typeof inboundEventSchema>;

export const actionSchema = z.object({
  id: z.string(),
  label: z.string(),
  style: z.enum(['primary', 'danger']).optional(),
  value: z.string(),
});
export type Action = z.infer<typeof actionSchema>;

/** One outgoing message of a turn, before it is rendered and split for a platform. */
export const replySchema = z.object({
  parts: z.array(partSchema),
  /** The vendor's id of the message that is quoted. */
  replyTo: z.string().optional(),
  actions: z.array(z.array(actionSchema)).optional(),
});
export type Reply = z.infer<typeof replySchema>;

/** The text of all text parts, a line each. */
export const plainText = (parts: readonly Part[]): string =>
  parts
    .map((part) => (part.type === 'text' ? part.text : part.type === 'unsupported' ? part.fallbackText : part.type === 'media' ? (part.caption ?? '') : ''))
    .filter((text) => text !== '')
    .join('\n');
