import fc from 'fast-check';
import { toPlainText } from './plain';
import { fromMarkdownText } from './rich-text';

const looks = (markdown: string): readonly string[] => {
  const { text, spans } = fromMarkdownText(markdown);
  return spans.map(({ kind, offset, length, url, language }) =>
    [kind, text.slice(offset, offset + length), url ?? language].filter((part) => part !== undefined).join(' '),
  );
};

test('the looks of Markdown become spans over the bare text', () => {
  expect(fromMarkdownText('**bold _both_** ~~gone~~ `a*b`').text).toBe('bold both gone a*b');
  expect(looks('**bold _both_** ~~gone~~ `a*b`')).toEqual(['bold bold both', 'italic both', 'strikethrough gone', 'code a*b']);
});

test('a heading is a bold line, a fence keeps its language, a quote its paragraphs', () => {
  expect(looks('# Title')).toEqual(['bold Title']);
  expect(looks('```c++\nint x;\n```')).toEqual(['pre int x; c++']);
  expect(looks('> one\n>\n> two')).toEqual(['blockquote one\n\ntwo']);
});

test('lists keep their numbers, their depth and their boxes', () => {
  expect(fromMarkdownText('3. three\n4. four\n   - deep\n   - deeper\n- [x] done\n- [ ] open').text).toBe(
    '3. three\n4. four\n   • deep\n   • deeper\n\n• ☑ done\n• ☐ open',
  );
});

test('a narrow table is aligned, a wide one is a list', () => {
  expect(fromMarkdownText('| 名称 | n |\n|---|---|\n| 苹果 | 1 |').text).toBe('名称 | n\n-----+--\n苹果 | 1');
  expect(fromMarkdownText(`| name | text |\n|---|---|\n| a | ${'long '.repeat(20)}|`).text).toBe(`name: a\ntext: ${'long '.repeat(20).trim()}`);
});

test('only real addresses become links; a picture is a link that nobody fetches', () => {
  expect(looks('[a](https://a.example) [b](javascript:alert(1)) ![c](https://c.example/p.png)')).toEqual([
    'link a https://a.example',
    'link c https://c.example/p.png',
  ]);
});

test('text that looks like markup of a platform stays as it is', () => {
  const text = '@everyone <!channel> <b>x</b> a_b_c 1 < 2 & 3';
  expect(fromMarkdownText(text)).toEqual({ text, spans: [] });
});

test('without looks a link shows its address', () => {
  expect(toPlainText(fromMarkdownText('see [the page](https://a.example) and https://b.example'))).toBe(
    'see the page (https://a.example) and https://b.example',
  );
});

test('any text is taken, and spans lie inside it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (markdown) => {
      const { text, spans } = fromMarkdownText(markdown);
      for (const { offset, length } of spans) expect(offset >= 0 && length >= 0 && offset + length <= text.length).toBe(true);
    }),
  );
});
