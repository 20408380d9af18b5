import { fileTypeFromBuffer } from 'file-type';
import { AssistantError, type Media } from '@assistant/contracts';
import type { BlobStore } from '@assistant/bus';

/** What a platform calls the message that carries a file of this type. */
export const mediaKind = (mime: string): 'image' | 'audio' | 'video' | 'file' => {
  // Vector pictures hold script: they travel as files.
  if (mime === 'image/svg+xml') return 'file';
  const [family] = mime.split('/');
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'file';
};

/** A file name that is safe to show and to store: no path, no control or direction characters, at most 120 units. */
export const safeFileName = (name: string): string => {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = base
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/^\.+/, '')
    .trim();
  if (clean.length <= 120) return clean || 'file';
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(clean)?.[0] ?? '';
  return clean.slice(0, 120 - extension.length) + extension;
};

export interface IncomingMedia {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** What the vendor says; the bytes decide. */
  readonly mime?: string;
  readonly name?: string;
  readonly limitBytes: number;
}

const SNIFF_BYTES = 4100;

/**
 * Puts a file that is still coming into the blob store. The limit is enforced on the bytes themselves, and their
 * beginning decides the type. Throws `platform_too_large` as soon as too much has come; nothing is then kept.
 */
export const storeMedia = async (blobs: BlobStore, { bytes, mime, name, limitBytes }: IncomingMedia): Promise<Media> => {
  const source = limited(bytes, limitBytes);
  const head: Uint8Array[] = [];
  let size = 0;
  while (size < SNIFF_BYTES) {
    const next = await source.next();
    if (next.done === true) break;
    head.push(next.value);
    size += next.value.length;
  }
  const sniffed = await fileTypeFromBuffer(Buffer.concat(head));
  const actual = sniffed?.mime ?? (mime?.startsWith('text/') ? mime : undefined) ?? mime ?? 'application/octet-stream';
  const safeName = name === undefined ? undefined : safeFileName(name);
  const stored = await blobs.put(chain(head, source), { mime: actual, ...(safeName === undefined ? {} : { name: safeName }) });
  return { ref: stored.ref, mime: actual, size: stored.size, ...(safeName === undefined ? {} : { name: safeName }) };
};

const limited = async function* (bytes: AsyncIterable<Uint8Array>, limitBytes: number): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of bytes) {
    total += chunk.length;
    if (total > limitBytes) throw new AssistantError('platform_too_large', `the file is larger than ${limitBytes} bytes`);
    yield chunk;
  }
};

const chain = async function* (head: readonly Uint8Array[], rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* head;
  yield* rest;
};

/** All bytes of a stored file, at most `limitBytes`. Throws `platform_too_large`. */
export const readMedia = async (
  blobs: BlobStore,
  ref: string,
  limitBytes: number,
): Promise<{ readonly bytes: Buffer; readonly mime: string; readonly name?: string }> => {
  const { bytes, mime, name } = await blobs.get(ref);
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(bytes, limitBytes)) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), mime, ...(name === undefined ? {} : { name }) };
};
