import { fromMarkdownText, plainRichText, splitRichText, type RichText, type Span } from '@assistant/adapter-kit';
import type { Action, Destination, Part, Reply } from '@assistant/contracts';
import { CALLBACK_DATA_BYTES, CAPTION_LIMIT, telegramManifest } from './manifest';

/** A MessageEntity (core.telegram.org/bots/api#messageentity). */
export interface Entity {
  readonly type: 'bold' | 'italic' | 'strikethrough' | 'code' | 'pre' | 'text_link' | 'blockquote';
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
}

export interface Button {
  readonly text: string;
  readonly callback_data: string;
}

interface Target {
  readonly replyTo?: string;
  readonly buttons?: readonly (readonly Button[])[];
}

/** One call of the Bot API, rendered: plain data. */
export type TelegramCall =
  | (Target & { readonly kind: 'text'; readonly text: string; readonly entities: readonly Entity[] })
  | (Target & {
      readonly kind: 'media';
      readonly as: 'photo' | 'audio' | 'voice' | 'video' | 'document';
      readonly ref: string;
      readonly name: string | undefined;
      readonly caption: string;
      readonly entities: readonly Entity[];
    })
  | (Target & { readonly kind: 'location'; readonly latitude: number; readonly longitude: number });

const ENTITY_TYPE: Readonly<Record<Span['kind'], Entity['type']>> = {
  bold: 'bold',
  italic: 'italic',
  strikethrough: 'strikethrough',
  code: 'code',
  pre: 'pre',
  link: 'text_link',
  blockquote: 'blockquote',
};

/** Inside these Telegram allows no other entity; a quote may not hold another quote. */
const ALONE: ReadonlySet<Span['kind']> = new Set(['code', 'pre']);

const entitiesOf = ({ spans }: RichText): readonly Entity[] => {
  const covers = (outer: Span, inner: Span): boolean =>
    outer !== inner && outer.offset <= inner.offset && outer.offset + outer.length >= inner.offset + inner.length;
  return (
    spans
      .filter((span) => span.length > 0)
      // Code wins over what lies around or inside it: Telegram drops one of them, and code must stay code.
      .filter(
        (span) =>
          !spans.some((other) => other !== span && ALONE.has(other.kind) && (covers(other, span) || (covers(span, other) && span.kind !== 'blockquote'))) ||
          ALONE.has(span.kind),
      )
      .filter((span) => !(span.kind === 'blockquote' && spans.some((other) => other.kind === 'blockquote' && covers(other, span))))
      .map(({ kind, offset, length, url, language }) => ({
        type: ENTITY_TYPE[kind],
        offset,
        length,
        ...(url === undefined ? {} : { url }),
        ...(language === undefined ? {} : { language }),
      }))
  );
};

const richOf = (part: Extract<Part, { type: 'text' }>): RichText => (part.format === 'markdown' ? fromMarkdownText(part.text) : plainRichText(part.text));

/** A reply as calls, in order: text split within 4,096 units, media with their captions, buttons on the last one. */
export const render = (reply: Reply, _to: Destination): readonly TelegramCall[] => {
  const calls = reply.parts.flatMap(renderPart);
  const buttons = buttonsOf(reply.actions);
  return calls.map((call, index) => ({
    ...call,
    ...(index === 0 && reply.replyTo !== undefined ? { replyTo: reply.replyTo } : {}),
    ...(index === calls.length - 1 && buttons.length > 0 ? { buttons } : {}),
  }));
};

const renderPart = (part: Part): readonly TelegramCall[] => {
  switch (part.type) {
    case 'text':
      return textCalls(richOf(part));
    case 'media':
      return mediaCalls(part);
    case 'location':
      return [{ kind: 'location', latitude: part.latitude, longitude: part.longitude }];
    case 'unsupported':
      return textCalls(plainRichText(part.fallbackText));
  }
};

const textCalls = (rich: RichText): readonly TelegramCall[] =>
  splitRichText(rich, telegramManifest.text.limit, 'utf16').map((piece) => ({ kind: 'text', text: piece.text, entities: entitiesOf(piece) }));

const mediaCalls = ({ kind, media, caption = '' }: Extract<Part, { type: 'media' }>): readonly TelegramCall[] => {
  const rich = fromMarkdownText(caption);
  const fits = rich.text.length <= CAPTION_LIMIT;
  const as = kind === 'image' ? 'photo' : kind === 'audio' ? (media.mime === 'audio/ogg' ? 'voice' : 'audio') : kind === 'video' ? 'video' : 'document';
  const call: TelegramCall = { kind: 'media', as, ref: media.ref, name: media.name, caption: fits ? rich.text : '', entities: fits ? entitiesOf(rich) : [] };
  // A caption that is too long follows as a message of its own.
  return fits ? [call] : [call, ...textCalls(rich)];
};

const buttonsOf = (actions: readonly (readonly Action[])[] | undefined): readonly (readonly Button[])[] =>
  (actions ?? [])
    .map((row) => row.flatMap(({ label, value }) => (Buffer.byteLength(value) <= CALLBACK_DATA_BYTES ? [{ text: label, callback_data: value }] : [])))
    .filter((row) => row.length > 0);
