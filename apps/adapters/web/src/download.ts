import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { BlobStore } from '@assistant/bus';

/** Types a browser shows without running anything of the file; SVG and HTML are not among them. */
const SHOWN = /^(image\/(png|jpeg|gif|webp|avif|bmp)|audio\/[\w.+-]+|video\/(mp4|webm|ogg|quicktime)|text\/plain)$/;

/** `inline` or `attachment` with the name, safe for any characters (RFC 6266 and 8187). */
export const contentDisposition = (mime: string, name: string): string => {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${SHOWN.test(mime) ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
};

/** Sends a blob so that no browser takes it for a page of ours. Throws `not_found` before anything is sent. */
export const sendBlob = async (response: ServerResponse, blobs: BlobStore, ref: string, signal: AbortSignal): Promise<void> => {
  const blob = await blobs.get(ref);
  response.writeHead(200, {
    'content-type': blob.mime.startsWith('text/') ? 'text/plain; charset=utf-8' : blob.mime,
    'content-length': blob.size,
    'content-disposition': contentDisposition(blob.mime, blob.name ?? 'file'),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=86400, immutable',
  });
  await pipeline(Readable.from(blob.bytes), response, { signal });
};
