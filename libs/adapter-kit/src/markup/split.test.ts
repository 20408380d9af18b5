import fc from 'fast-check';
import { fromMarkdownText, plainRichText } from './rich-text';
import { measure, splitRichText } from './split';

const bare = (text: string): string => text.replace(/\s+/g, '');
const unit = fc.constantFrom('utf16' as const, 'codepoints' as const, 'bytes' as const);
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', ' ', '\n', '\n\n', '。', '. ', '`', '*', '👩‍👩‍👧‍👦', 'é', '你好', '\u200d', '\ud83d', '| a | b |\n'),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
  ),
  maxLength: 300,
});

test('no part is over the limit or empty, and together they hold the whole text in order', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 16, max: 80 }), unit, (text, limit, of) => {
      const parts = splitRichText(plainRichText(text), limit, of);
      for (const part of parts) {
        expect(measure(part.text, of)).toBeLessThanOrEqual(limit);
        expect(part.text.trim()).not.toBe('');
      }
      expect(bare(parts.map((part) => part.text).join(''))).toBe(bare(text.toWellFormed()));
    }),
    { numRuns: 2000 },
  );
});

test('spans stay inside their part and over the same characters', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 16, max: 80 }), (text, limit) => {
      const rich = fromMarkdownText(text);
      const looks = (
        kind: string,
        from: readonly { readonly text: string; readonly spans: readonly { readonly kind: string; readonly offset: number; readonly length: number }[] }[],
      ): string =>
        bare(
          from
            .flatMap((part) => part.spans.filter((span) => span.kind === kind).map(({ offset, length }) => part.text.slice(offset, offset + length)))
            .join(''),
        );
      const parts = splitRichText(rich, limit, 'utf16');
      for (const { text: own, spans } of parts)
        for (const { offset, length } of spans) expect(length > 0 && offset >= 0 && offset + length <= own.length).toBe(true);
      expect(looks('bold', parts)).toBe(looks('bold', [rich]));
    }),
    { numRuns: 500 },
  );
});

test('a joined emoji and a surrogate pair are never cut', () => {
  const family = '👩‍👩‍👧‍👦';
  const parts = splitRichText(plainRichText(family.repeat(10)), 25, 'utf16');
  expect(parts.every(({ text }) => text.length % family.length === 0)).toBe(true);
  expect(parts.map(({ text }) => text).join('')).toBe(family.repeat(10));
});

test('a paragraph is the best place to cut, then a line, a sentence, a word', () => {
  const first = (text: string): string | undefined => splitRichText(plainRichText(text), 20, 'utf16')[0]?.text;
  expect(first('One two.\n\nThree four. Five six seven')).toBe('One two.');
  expect(first('One two. Three\nfour five six')).toBe('One two. Three');
  expect(first('One two three. Four five six')).toBe('One two three.');
  expect(first('One two three four five')).toBe('One two three four');
  expect(first('x'.repeat(50))).toBe('x'.repeat(20));
});

test('code that is cut stays code in every part', () => {
  const parts = splitRichText(fromMarkdownText(`\`\`\`c++\n${'int x = 1;\n'.repeat(20)}\`\`\``), 60, 'utf16');
  expect(parts.length).toBeGreaterThan(3);
  expect(
    parts.every(({ text, spans }) => spans.length === 1 && spans[0]?.kind === 'pre' && spans[0].language === 'c++' && spans[0].length === text.length),
  ).toBe(true);
});

test('bytes are counted as bytes', () => {
  const parts = splitRichText(plainRichText('汉'.repeat(1000)), 2048, 'bytes');
  expect(parts.map(({ text }) => text.length)).toEqual([682, 318]);
});
