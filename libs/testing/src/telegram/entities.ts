import { integerField, isFields, textField } from './fields';
import { badRequest } from './refusal';

const TYPES = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'code',
  'pre',
  'text_link',
  'text_mention',
  'blockquote',
  'expandable_blockquote',
  'custom_emoji',
]);

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Refuses what the Bot API refuses: unknown types, ranges outside the text, halves of a surrogate pair, crossings. */
export const checkEntities = (text: string, entities: readonly unknown[]): void => {
  const ranges: Range[] = [];
  for (const entity of entities) {
    if (!isFields(entity)) throw badRequest("can't parse entities: entity must be an object");
    const type = textField(entity, 'type') ?? '';
    if (!TYPES.has(type)) throw badRequest(`can't parse entities: unsupported entity type "${type}"`);
    const start = integerField(entity, 'offset') ?? -1;
    const length = integerField(entity, 'length') ?? 0;
    const end = start + length;
    if (start < 0 || length < 1 || end > text.length) throw badRequest(`can't parse entities: entity ${start}+${length} is outside the text of ${text.length}`);
    if (cutsPair(text, start) || cutsPair(text, end)) throw badRequest("can't parse entities: entity cuts a surrogate pair");
    if (type === 'text_link' && !/^(?:https?|tg|mailto|tel):/i.test(textField(entity, 'url') ?? ''))
      throw badRequest("can't parse entities: text_link needs a url");
    if (ranges.some((other) => other.start < start && start < other.end && other.end < end)) throw badRequest("can't parse entities: entities cross");
    ranges.push({ start, end });
  }
};

const cutsPair = (text: string, index: number): boolean => /[\ud800-\udbff]/.test(text.charAt(index - 1)) && /[\udc00-\udfff]/.test(text.charAt(index));
