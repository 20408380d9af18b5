import { checkEntities } from './entities';
import { integerField, isFields, listField, objectField, textField, type Fields, type UploadedFile } from './fields';
import { badRequest } from './refusal';

/** core.telegram.org/bots/api: limits after entity parsing, in UTF-16 units, and the size of callback data. */
const TEXT_LIMIT = 4096;
const CAPTION_LIMIT = 1024;
const CALLBACK_BYTES = 64;

export interface SentMessage {
  readonly chat: string;
  readonly id: number;
  readonly text: string;
  readonly entities: readonly unknown[];
  readonly replyTo: number | undefined;
  readonly thread: number | undefined;
  readonly buttons: unknown;
  readonly file: UploadedFile | undefined;
}

export const TARGET_FIELDS = ['chat_id', 'message_thread_id', 'reply_parameters', 'reply_markup', 'disable_notification', 'link_preview_options'];

/** Text of a message or an edit, checked as the Bot API checks it. */
export const checkedText = (fields: Fields): { readonly text: string; readonly entities: readonly unknown[] } => {
  const text = textField(fields, 'text') ?? '';
  if (text.trim() === '') throw badRequest('message text is empty');
  if (text.length > TEXT_LIMIT) throw badRequest('message is too long');
  const entities = listField(fields, 'entities') ?? [];
  checkEntities(text, entities);
  return { text, entities };
};

export const checkedCaption = (fields: Fields): { readonly text: string; readonly entities: readonly unknown[] } => {
  const text = textField(fields, 'caption') ?? '';
  if (text.length > CAPTION_LIMIT) throw badRequest('message caption is too long');
  const entities = listField(fields, 'caption_entities') ?? [];
  checkEntities(text, entities);
  return { text, entities };
};

export const checkedReply = (fields: Fields): number | undefined => {
  const reply = objectField(fields, 'reply_parameters');
  return reply === undefined ? undefined : integerField(reply, 'message_id');
};

export const checkedButtons = (fields: Fields): unknown => {
  const markup = objectField(fields, 'reply_markup');
  if (markup === undefined) return undefined;
  for (const row of listField(markup, 'inline_keyboard') ?? []) {
    if (!Array.isArray(row)) throw badRequest('inline keyboard row must be an Array');
    for (const button of row) {
      if (!isFields(button) || (textField(button, 'text') ?? '') === '') throw badRequest('inline keyboard button text is empty');
      const data = textField(button, 'callback_data') ?? '';
      if (data === '' || Buffer.byteLength(data) > CALLBACK_BYTES) throw badRequest('BUTTON_DATA_INVALID');
    }
  }
  return markup['inline_keyboard'];
};
