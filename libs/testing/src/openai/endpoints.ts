import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { RecordedRequest } from './server';
import { isFields } from './validate';

interface Asked {
  readonly request: RecordedRequest;
  readonly bytes: Buffer;
  readonly models: readonly string[];
}

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Everything but chat. */
export const otherEndpoint = (asked: Asked, response: ServerResponse): void => {
  const { method, path } = asked.request;
  const route = ROUTES[`${method} ${path}`];
  if (route !== undefined) return route(asked, response);
  send(response, 404, { error: { message: `Invalid URL (${method} ${path})`, type: 'invalid_request_error', param: null, code: null } });
};

const send = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

const missing = (response: ServerResponse, param: string): void =>
  send(response, 400, {
    error: { message: `Missing required parameter: '${param}'.`, type: 'invalid_request_error', param, code: 'missing_required_parameter' },
  });

/** Equal texts have equal vectors of length one. */
const vectorOf = (text: string, dimensions: number): readonly number[] => {
  const digest = createHash('sha256').update(text).digest();
  const values = Array.from({ length: dimensions }, (_, index) => (digest[index % digest.length] ?? 0) / 255 - 0.5);
  const length = Math.hypot(...values) || 1;
  return values.map((value) => value / length);
};

const ROUTES: Readonly<Record<string, (asked: Asked, response: ServerResponse) => void>> = {
  'GET /v1/models': ({ models }, response) =>
    send(response, 200, { object: 'list', data: models.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'fake' })) }),

  'POST /v1/embeddings': ({ request: { body } }, response) => {
    if (!isFields(body) || body['input'] === undefined) return missing(response, 'input');
    const inputs: readonly unknown[] = Array.isArray(body['input']) ? body['input'] : [body['input']];
    const dimensions = typeof body['dimensions'] === 'number' ? body['dimensions'] : 8;
    const data = inputs.map((input, index) => ({ object: 'embedding', index, embedding: vectorOf(String(input), dimensions) }));
    send(response, 200, { object: 'list', data, model: body['model'], usage: { prompt_tokens: inputs.length * 4, total_tokens: inputs.length * 4 } });
  },

  'POST /v1/audio/transcriptions': ({ request: { headers, text }, bytes }, response) => {
    if (!String(headers['content-type']).startsWith('multipart/form-data; boundary=')) return missing(response, 'file');
    if (!/name="model"/.test(text)) return missing(response, 'model');
    const name = /name="file"; filename="([^"]*)"/.exec(text)?.[1];
    if (name === undefined) return missing(response, 'file');
    send(response, 200, { text: `heard ${name} in ${bytes.length} bytes` });
  },

  'POST /v1/audio/speech': ({ request: { body } }, response) => {
    if (!isFields(body) || typeof body['input'] !== 'string') return missing(response, 'input');
    response.writeHead(200, { 'content-type': 'audio/mpeg' });
    response.end(Buffer.from(`spoken:${body['input']}`));
  },

  'POST /v1/images/generations': ({ request: { body } }, response) => {
    if (!isFields(body) || typeof body['prompt'] !== 'string') return missing(response, 'prompt');
    const count = typeof body['n'] === 'number' ? body['n'] : 1;
    send(response, 200, { created: 1_700_000_000, data: Array.from({ length: count }, () => ({ b64_json: PIXEL })) });
  },
};
