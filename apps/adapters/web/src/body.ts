import type { IncomingMessage } from 'node:http';
import { readBody } from '@assistant/adapter-kit';
import { AssistantError } from '@assistant/contracts';
import { z } from 'zod';

const DEEPEST_JSON = 32;

/** How deep arrays and objects nest in a JSON text; strings are skipped. */
export const jsonDepth = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') {
      for (index++; index < text.length && text[index] !== '"'; index++) if (text[index] === '\\') index++;
    } else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth--;
  }
  return deepest;
};

/** The bytes as a value of the schema. Throws `bad_request` and names what is wrong with them. */
export const decodeJson = <T>(bytes: Uint8Array, schema: z.ZodType<T>): T => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new AssistantError('bad_request', 'the body is not valid UTF-8', { cause: error });
  }
  if (jsonDepth(text) > DEEPEST_JSON) throw new AssistantError('bad_request', `the body nests deeper than ${DEEPEST_JSON} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AssistantError('bad_request', 'the body is not valid JSON', { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new AssistantError('bad_request', z.prettifyError(parsed.error).replaceAll('\n', ' '), { param: parsed.error.issues[0]?.path.join('.') });
  return parsed.data;
};

/** Throws `unsupported_media_type` unless the request declares the wanted type, plain (not compressed). */
export const requireType = (request: IncomingMessage, wanted: 'application/json' | 'multipart/form-data'): void => {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (type !== wanted) throw new AssistantError('unsupported_media_type', `the content type must be ${wanted}, not ${type === '' ? 'empty' : type}`);
  if (encoding !== 'identity') throw new AssistantError('unsupported_media_type', `the body must not be compressed (${encoding})`);
};

/** Reads and checks a JSON body. */
export const readJson = async <T>(request: IncomingMessage, schema: z.ZodType<T>, limit: number): Promise<T> => {
  requireType(request, 'application/json');
  return decodeJson(await readBody(request, limit), schema);
};
