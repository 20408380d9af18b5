import { z } from 'zod';

/** The parts of the Bot API's Update that are read (core.telegram.org/bots/api#update); everything else is ignored. */
const userSchema = z.object({
  id: z.number(),
  is_bot: z.boolean().default(false),
  first_name: z.string().default(''),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});

const chatSchema = z.object({ id: z.number(), type: z.string(), title: z.string().optional() });

const entitySchema = z.object({ type: z.string(), offset: z.number(), length: z.number(), user: userSchema.optional(), url: z.string().optional() });
export type TelegramEntity = z.infer<typeof entitySchema>;

const fileSchema = z.object({ file_id: z.string(), file_size: z.number().optional(), mime_type: z.string().optional(), file_name: z.string().optional() });

const baseMessageSchema = z.object({
  message_id: z.number(),
  message_thread_id: z.number().optional(),
  is_topic_message: z.boolean().optional(),
  date: z.number(),
  chat: chatSchema,
  from: userSchema.optional(),
  sender_chat: chatSchema.optional(),
  text: z.string().optional(),
  entities: z.array(entitySchema).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entitySchema).optional(),
  media_group_id: z.string().optional(),
  photo: z.array(fileSchema).optional(),
  voice: fileSchema.optional(),
  audio: fileSchema.optional(),
  video: fileSchema.optional(),
  video_note: fileSchema.optional(),
  animation: fileSchema.optional(),
  document: fileSchema.optional(),
  sticker: fileSchema.extend({ emoji: z.string().optional() }).optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  migrate_to_chat_id: z.number().optional(),
});

const messageSchema = baseMessageSchema.extend({ reply_to_message: baseMessageSchema.optional() });
export type TelegramMessage = z.infer<typeof messageSchema>;

export const updateSchema = z.object({
  update_id: z.number(),
  message: messageSchema.optional(),
  edited_message: messageSchema.optional(),
  channel_post: messageSchema.optional(),
  edited_channel_post: messageSchema.optional(),
  callback_query: z.object({ id: z.string(), from: userSchema, message: messageSchema.optional(), data: z.string().optional() }).optional(),
});
export type TelegramUpdate = z.infer<typeof updateSchema>;
export type TelegramUser = z.infer<typeof userSchema>;
