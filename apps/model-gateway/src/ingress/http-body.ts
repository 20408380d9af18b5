import type { IncomingMessage } from 'node:http';
import { AssistantError } from '@assistant/contracts';
import { isRecord, type JsonRecord } from '../wires/json';
import { locateJsonError } from './json-position';

/** Pictures travel inside as base64. */
export const MAX_BODY_BYTES = 20 * 1024 ** 2;

export interface JsonBody {
  readonly bytes: Buffer;
  readonly value: JsonRecord;
}

/**
 * Reads a request's JSON once. Throws `unsupported_media_type`, `payload_too_large`, `client_closed`, and `bad_request`
 * naming the place where the text stops being JSON.
 */
export const readJsonBody = async (request: IncomingMessage, maxBytes: number = MAX_BODY_BYTES): Promise<JsonBody> => {
  const type = request.headers['content-type'] ?? '';
  if (!/^\s*application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)) {
    throw new AssistantError('unsupported_media_type', `The body must be application/json${type === '' ? '' : `, not ${type.slice(0, 80)}`}.`);
  }
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw new AssistantError('unsupported_media_type', 'The body must not be compressed.');
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const bytes = await readAll(request, maxBytes);
  return { bytes, value: parse(bytes) };
};

const tooLarge = (maxBytes: number): AssistantError => new AssistantError('payload_too_large', `The body is larger than ${maxBytes / 1024 ** 2} MB.`);

const readAll = (request: IncomingMessage, maxBytes: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let settled = false;
    // `close` follows every request; only one that is cut off costs an error.
    const broken = (): void => {
      if (!settled) reject(gone());
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else if (!settled) {
        settled = true;
        chunks.length = 0;
        reject(tooLarge(maxBytes));
      }
    });
    request.on('end', () => {
      settled = true;
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    });
    request.on('error', broken);
    request.on('close', broken);
  });

const gone = (): AssistantError => new AssistantError('client_closed', 'The caller went away before its request was complete.');

const parse = (bytes: Buffer): JsonRecord => {
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { line, column, offset } = locateJsonError(text);
    throw new AssistantError('bad_request', `The body is not valid JSON: line ${line}, column ${column} (position ${offset}).`);
  }
  if (!isRecord(value)) throw new AssistantError('bad_request', 'The body must be a JSON object.');
  return value;
};
