import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { AssistantError } from '@assistant/contracts';

const DECODERS = { gzip: promisify(gunzip), 'x-gzip': promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) } as const;

const isKnown = (encoding: string): encoding is keyof typeof DECODERS => Object.hasOwn(DECODERS, encoding);

/** Takes the content encoding off. Throws `payload_too_large` before a small body can grow beyond `maxBytes`. */
export const decodeBody = async (body: Buffer, encoding: string | undefined, maxBytes: number, subject: string): Promise<Buffer> => {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity' || name === '' || body.length === 0) return body;
  if (!isKnown(name))
    throw new AssistantError('upstream_error', `${subject} answered in the encoding "${name.slice(0, 40)}", which was not asked for.`, { subject });
  try {
    return await DECODERS[name](body, { maxOutputLength: maxBytes });
  } catch (error) {
    const tooLarge = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw tooLarge
      ? new AssistantError('payload_too_large', `The answer of ${subject} is larger than ${maxBytes} bytes when unpacked.`, { subject })
      : new AssistantError('upstream_error', `${subject} answered with a broken ${name} body.`, { subject, cause: error });
  }
};
