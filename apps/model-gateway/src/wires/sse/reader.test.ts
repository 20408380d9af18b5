import fc from 'fast-check';
import { openAiStreams } from '../../testing/fixtures';
import { SseReader, type SseFrame } from './reader';

const read = (chunks: readonly Uint8Array[], limit?: number): readonly SseFrame[] => {
  const reader = new SseReader(limit);
  return [...chunks.flatMap((chunk) => [...reader.push(chunk)]), ...reader.end()];
};

const told = (frames: readonly SseFrame[]) => frames.filter(({ data }) => data !== undefined).map(({ event, data, bare }) => ({ event, data, bare }));

const cut = (bytes: Buffer, at: readonly number[]): readonly Buffer[] => {
  const edges = [0, ...[...new Set(at)].sort((left, right) => left - right), bytes.length];
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
};

const singly = (bytes: Buffer): readonly Buffer[] => Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ['LF', 'data: a\n\ndata: b\n\n', ['a', 'b']],
  ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
  ['CR', 'data: a\r\rdata: b\r\r', ['a', 'b']],
  ['mixed line ends', 'data: a\r\n\ndata: b\n\r\ndata: c\r\r\n', ['a', 'b', 'c']],
  ['no space behind the colon', 'data:a\n\ndata:  b\n\n', ['a', ' b']],
  ['comments and other fields', ': hi\n\nid: 5\nretry: 3\nevent: x\ndata: a\n\n:\n\n', ['a']],
  ['several data lines with CRLF', 'data: a\r\ndata: b\r\n\r\n', ['a\nb']],
  ['several data lines', 'data: a\ndata\ndata: b\n\n', ['a\n\nb']],
  ['a byte order mark', '\ufeffdata: a\n\n', ['a']],
  ['no blank line at the end', 'data: a\n\ndata: b', ['a', 'b']],
  ['characters of several bytes', 'data: 你好 🌍\n\n', ['你好 🌍']],
  ['a field that only looks like data', 'database: x\nxdata: y\ndata: a\n\n', ['a']],
  ['JSON that stands without data', 'data: a\n\n{"error":\n  {"message":"x"}}\n', ['a', '{"error":\n  {"message":"x"}}']],
];

describe.each(CASES)('%s', (_name, text, expected) => {
  const bytes = Buffer.from(text);

  test('is read whole', () => {
    expect(told(read([bytes])).map(({ data }) => data)).toEqual(expected);
  });

  test('is read the same, one byte at a time', () => {
    expect(told(read(singly(bytes)))).toEqual(told(read([bytes])));
  });

  test('is read the same, cut in two anywhere', () => {
    for (let at = 0; at <= bytes.length; at++) expect(told(read(cut(bytes, [at])))).toEqual(told(read([bytes])));
  });
});

test('any stream is read the same, however it is cut', () => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `data: ${text.replace(/[\r\n]/g, '')}`),
    fc.constantFrom(': note', 'event: x', '', '', 'id: 1', '{"a":1}'),
  );
  const stream = fc
    .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 20 })
    .map((lines) => Buffer.from(lines.map(([text, end]) => text + end).join('')));
  fc.assert(
    fc.property(stream, fc.array(fc.nat(300), { maxLength: 12 }), (bytes, cuts) => {
      expect(
        told(
          read(
            cut(
              bytes,
              cuts.map((at) => Math.min(at, bytes.length)),
            ),
          ),
        ),
      ).toEqual(told(read([bytes])));
    }),
  );
});

test('the bytes of the frames together are the bytes of the stream', () => {
  const bytes = Buffer.from(': a\r\n\r\ndata: x\n\n\ndata: y\r\rdata: z\n\n');
  for (const chunks of [[bytes], singly(bytes)]) expect(Buffer.concat(read(chunks).map((frame) => frame.bytes)).toString()).toBe(bytes.toString());
});

test.each(['\n', '\r\n', '\r'])('an event is handed out before the next one arrives (%j)', (end) => {
  const reader = new SseReader();
  expect(told(reader.push(Buffer.from(`data: a${end}${end}`))).map(({ data }) => data)).toEqual(['a']);
});

test('an event that outgrows the limit is refused', () => {
  expect(() =>
    read(
      Array.from({ length: 20 }, () => Buffer.from('data: 0123456789')),
      100,
    ),
  ).toThrow(expect.objectContaining({ code: 'upstream_line_too_long' }));
});

describe('recorded streams', () => {
  for (const { name, events, raw } of openAiStreams()) {
    test.each(['\n', '\r\n'])(`${name} is read byte by byte (%j)`, (end) => {
      const bytes =
        raw !== undefined && end === '\n' ? raw : Buffer.from(`${events.map((event) => `data: ${event}${end}${end}`).join('')}data: [DONE]${end}${end}`);
      expect(told(read(singly(bytes))).map(({ data }) => data)).toEqual([...events, '[DONE]']);
    });
  }
});
