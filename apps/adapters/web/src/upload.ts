import busboy from 'busboy';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { safeFileName } from '@assistant/adapter-kit';
import type { BlobStore } from '@assistant/bus';
import { AssistantError } from '@assistant/contracts';
import { requireType } from './body';

export interface StoredUpload {
  readonly ref: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
}

/** file-type needs this much of a file to name its type. */
const SNIFF_BYTES = 4100;
const FORM_OVERHEAD_BYTES = 64 * 1024;
const PLAIN_TYPE = /^(text\/[\w.+-]+|application\/(json|xml|yaml|x-yaml|csv))$/;

/** What the bytes are. A declared text type is believed only for bytes that are text. */
export const sniff = async (head: Uint8Array, declared: string): Promise<string> => {
  // Loaded with the first upload: most replicas never see one.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head);
  if (found !== undefined) return found.mime;
  if (head.includes(0)) return 'application/octet-stream';
  return PLAIN_TYPE.test(declared) ? declared : 'text/plain';
};

/** The first bytes of a stream, and the stream as a whole. */
const peek = async (source: Readable): Promise<{ readonly head: Buffer; readonly whole: AsyncIterable<Uint8Array> }> => {
  const iterator: AsyncIterator<unknown> = source[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  let size = 0;
  let ended = false;
  while (size < SNIFF_BYTES && !ended) {
    const next = await iterator.next();
    ended = next.done === true;
    if (Buffer.isBuffer(next.value)) {
      chunks.push(next.value);
      size += next.value.length;
    }
  }
  const head = Buffer.concat(chunks);
  const whole = async function* (): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head;
    while (!ended) {
      const next = await iterator.next();
      ended = next.done === true;
      if (Buffer.isBuffer(next.value)) yield next.value;
    }
  };
  return { head, whole: whole() };
};

const store = async (file: Readable & { truncated?: boolean }, info: busboy.FileInfo, blobs: BlobStore, limit: number): Promise<StoredUpload> => {
  const { head, whole } = await peek(file);
  const mime = await sniff(head.subarray(0, SNIFF_BYTES), info.mimeType);
  const name = safeFileName(info.filename ?? '');
  const checked = async function* (): AsyncGenerator<Uint8Array> {
    yield* whole;
    // Thrown inside the store's own reading, so that a file cut off at the limit is not kept.
    if (file.truncated === true) throw new AssistantError('payload_too_large', `${name} is larger than ${limit} bytes`);
  };
  const { ref, size } = await blobs.put(checked(), { mime, name });
  if (size === 0) throw new AssistantError('bad_request', `${name} is empty`);
  return { ref, name, mime, size };
};

/**
 * Takes the first file of a multipart body into the blob store; never more than some chunks of it are in memory.
 * Throws `unsupported_media_type`, `payload_too_large`, `bad_request` or `client_closed`.
 */
export const receiveUpload = (request: IncomingMessage, blobs: BlobStore, limit: number): Promise<StoredUpload> => {
  requireType(request, 'multipart/form-data');
  if (Number(request.headers['content-length'] ?? 0) > limit + FORM_OVERHEAD_BYTES)
    throw new AssistantError('payload_too_large', `the file is larger than ${limit} bytes`);
  return new Promise((resolve, reject) => {
    let parser: busboy.Busboy;
    try {
      parser = busboy({
        headers: request.headers,
        defParamCharset: 'utf8',
        limits: { files: 1, fileSize: limit, fields: 8, fieldSize: 1024, parts: 16, headerPairs: 64 },
      });
    } catch (error) {
      reject(new AssistantError('bad_request', 'the multipart body has no boundary', { cause: error }));
      return;
    }
    let taken = false;
    const fail = (error: unknown): void => {
      request.unpipe(parser);
      request.off('close', onClose);
      parser.destroy();
      reject(error);
    };
    const onClose = (): void => {
      if (!request.complete) fail(new AssistantError('client_closed', 'the caller went away before the file was complete'));
    };
    parser.on('file', (_field, file, info) => {
      taken = true;
      // A file that breaks off with its form ends the reading below; without a listener it would end the process.
      file.on('error', () => undefined);
      store(file, info, blobs, limit).then((stored) => {
        request.off('close', onClose);
        resolve(stored);
      }, fail);
    });
    parser.on('error', (error) => fail(new AssistantError('bad_request', 'the multipart body is broken', { cause: error })));
    parser.on('close', () => {
      if (!taken) fail(new AssistantError('bad_request', 'the form holds no file', { param: 'file' }));
    });
    request.on('close', onClose);
    request.pipe(parser);
  });
};
