import type { BlobStore } from '@assistant/bus';
import fc from 'fast-check';
import { mediaKind, readMedia, safeFileName, storeMedia } from './media';

const memory = (): BlobStore & { readonly kept: Map<string, Buffer> } => {
  const kept = new Map<string, Buffer>();
  return {
    kept,
    put: async (bytes) => {
      const chunks: Uint8Array[] = [];
      if (bytes instanceof Uint8Array) chunks.push(bytes);
      else for await (const chunk of bytes) chunks.push(chunk);
      const ref = `blob:${kept.size}`;
      kept.set(ref, Buffer.concat(chunks));
      return { ref, size: Buffer.concat(chunks).length };
    },
    get: async (ref) => {
      const bytes = kept.get(ref) ?? Buffer.alloc(0);
      return {
        mime: 'x/y',
        size: bytes.length,
        bytes: (async function* () {
          yield bytes;
        })(),
      };
    },
  };
};

const stream = async function* (...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
};
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

test('the bytes decide what a file is, not its sender', async () => {
  const media = await storeMedia(memory(), {
    bytes: stream(PNG.subarray(0, 10), PNG.subarray(10)),
    mime: 'text/html',
    name: '../../etc/x\u202egnp.exe',
    limitBytes: 1000,
  });
  expect(media).toEqual({ ref: 'blob:0', mime: 'image/png', size: PNG.length, name: 'xgnp.exe' });
});

test('a file over the limit is cut off while it comes, whatever was announced', async () => {
  const blobs = memory();
  await expect(storeMedia(blobs, { bytes: stream(Buffer.alloc(600), Buffer.alloc(600)), limitBytes: 1000 })).rejects.toMatchObject({
    code: 'platform_too_large',
  });
  await expect(storeMedia(blobs, { bytes: stream(Buffer.alloc(4500), Buffer.alloc(600)), limitBytes: 5000 })).rejects.toMatchObject({
    code: 'platform_too_large',
  });
  expect(blobs.kept.size).toBe(0);
});

test('stored bytes are read back within a limit', async () => {
  const blobs = memory();
  const { ref } = await storeMedia(blobs, { bytes: stream(PNG), limitBytes: 1000 });
  expect((await readMedia(blobs, ref, 1000)).bytes.equals(PNG)).toBe(true);
  await expect(readMedia(blobs, ref, 10)).rejects.toMatchObject({ code: 'platform_too_large' });
});

test('names lose paths and what hides their end, and keep their extension', () => {
  expect(safeFileName('C:\\temp\\a.txt')).toBe('a.txt');
  expect(safeFileName('...')).toBe('file');
  expect(safeFileName(`${'x'.repeat(300)}.tar.gz`)).toMatch(/^x{117}\.gz$/);
  expect(safeFileName('报告.pdf')).toBe('报告.pdf');
});

test('no name is empty, keeps a path or a character that cannot be seen', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) =>
      expect(safeFileName(name)).toMatch(/^[^/\\\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+$/),
    ),
  );
});

test('a vector picture is a file', () => {
  expect([mediaKind('image/png'), mediaKind('audio/ogg'), mediaKind('video/mp4'), mediaKind('image/svg+xml'), mediaKind('application/pdf')]).toEqual([
    'image',
    'audio',
    'video',
    'file',
    'file',
  ]);
});
