import { safeFileName } from '@assistant/adapter-kit';
import { AssistantError, type Destination, type InboundEvent, type Media, type Part } from '@assistant/contracts';
import { z } from 'zod';
import { inboundId } from './conversation';
import { kindOf } from './media-link';

const attachment = z.object({ ref: z.string().max(4096), name: z.string().max(255).optional(), mime: z.string().optional(), size: z.number().optional() });

/** The body of `POST …/messages`. `id` is the client's own: the same id is accepted once. */
export const messageSchema = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, - or _'),
  text: z.string().default(''),
  attachments: z.array(attachment).max(10).default([]),
  /** A pressed button of a reply: the action's id and value. */
  interaction: z.object({ id: z.string().max(200), value: z.string().max(2000) }).optional(),
  /** BCP 47. */
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as zh-CN')
    .optional(),
});
export type WebMessage = z.infer<typeof messageSchema>;

/** The message as the one event that every adapter publishes. Throws `bad_request` for a message without content. */
export const normalise = (message: WebMessage, from: Destination, visitorId: string, openRef: (ref: string) => Media, now: Date): InboundEvent => {
  const text = message.text.trim() === '' ? '' : message.text;
  if (text === '' && message.attachments.length === 0 && message.interaction === undefined) {
    throw new AssistantError('bad_request', 'the message has neither text nor attachments', { param: 'text' });
  }
  const files = message.attachments.map(({ ref, name }): Part => {
    const media = openRef(ref);
    return { type: 'media', kind: kindOf(media.mime), media: name === undefined ? media : { ...media, name: safeFileName(name) } };
  });
  const time = now.toISOString();
  return {
    v: 1,
    id: inboundId(from.chatId, message.id),
    type: message.interaction === undefined ? 'message.created' : 'interaction',
    sentAt: time,
    receivedAt: time,
    from,
    sender: { id: visitorId, kind: 'user', ...(message.language === undefined ? {} : { language: message.language }) },
    message: { id: message.id, parts: [...(text === '' ? [] : [{ type: 'text', text, format: 'plain' } satisfies Part]), ...files], text, addressed: true },
    ...(message.interaction === undefined ? {} : { interaction: message.interaction }),
    ...(message.language === undefined ? {} : { language: message.language }),
  };
};
