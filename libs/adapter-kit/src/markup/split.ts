import type { TextUnit } from '../platform';
import { clip, type RichText } from './rich-text';

const encoder = new TextEncoder();

/** The length of a text as a platform counts it. */
export const measure = (text: string, unit: TextUnit): number => {
  switch (unit) {
    case 'utf16':
      return text.length;
    case 'codepoints':
      return [...text].length;
    case 'bytes':
      return encoder.encode(text).length;
  }
};

/** Where a cut hurts least, best first: paragraph, line, sentence, word. Each matches up to and including the cut. */
const BREAKS = [/\n{2,}/g, /\n/g, /(?:[.!?…](?=\s)\s|[。！？])/g, /\s/g];
/** A part that breaks before this share of the limit wastes messages. */
const LEAST_SHARE = 0.4;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Splits a text into parts of at most `limit` units, in order. Never inside a surrogate pair, a combining sequence or
 * a joined emoji (unless a single one is longer than the limit); at the end of a paragraph, line, sentence or word
 * where there is one. Spans that are cut go on in the next part. Only white space at the cuts is left out; there are
 * no empty parts.
 */
export const splitRichText = (rich: RichText, limit: number, unit: TextUnit): readonly RichText[] => {
  const parts: RichText[] = [];
  for (let start = skipSpace(rich.text, 0); start < rich.text.length;) {
    const end = endOfPart(rich.text, start, limit, unit);
    const text = rich.text.slice(start, end).trimEnd();
    if (text !== '') parts.push({ text, spans: rich.spans.flatMap((span) => clip(span, start, start + text.length)) });
    start = end >= rich.text.length ? end : skipBreak(rich.text, end);
  }
  return parts;
};

/** White space at the very start is no content. */
const skipSpace = (text: string, from: number): number => from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);

/** After a cut the line breaks and spaces up to the next line's indentation go. */
const skipBreak = (text: string, from: number): number => from + (/^[^\S\n]*(?:\n\s*\n|\n)?/.exec(text.slice(from))?.[0].length ?? 0);

const endOfPart = (text: string, start: number, limit: number, unit: TextUnit): number => {
  const most = longestWithin(text, start, limit, unit);
  if (most >= text.length) return text.length;
  const window = text.slice(start, most + 1);
  for (const pattern of BREAKS) {
    const end = lastBreak(window, pattern, most - start);
    if (end !== undefined && end >= (most - start) * LEAST_SHARE) return start + end;
  }
  return most;
};

const lastBreak = (window: string, pattern: RegExp, most: number): number | undefined => {
  let found: number | undefined;
  for (const match of window.matchAll(pattern)) {
    const content = match.index + match[0].trimEnd().length;
    if (content > most) break;
    if (content > 0) found = Math.min(match.index + match[0].length, most);
  }
  return found;
};

/** The furthest grapheme boundary within the limit; at least one code point, so that splitting always moves on. */
const longestWithin = (text: string, start: number, limit: number, unit: TextUnit): number => {
  // No unit counts less than one for a UTF-16 unit's worth of two, so this many are enough to look at.
  const window = text.slice(start, start + limit * 2 + 64);
  if (measure(window, unit) <= limit) return start + window.length;
  let size = 0;
  let end = 0;
  for (const { segment } of graphemes.segment(window)) {
    const next = size + measure(segment, unit);
    if (next > limit) break;
    size = next;
    end += segment.length;
  }
  return start + (end > 0 ? end : hardCut(window, limit, unit));
};

/** A single grapheme longer than the limit is cut between code points. */
const hardCut = (window: string, limit: number, unit: TextUnit): number => {
  let size = 0;
  let end = 0;
  for (const character of window) {
    const next = size + measure(character, unit);
    if (end > 0 && next > limit) break;
    size = next;
    end += character.length;
  }
  return end;
};
