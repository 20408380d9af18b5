import { AssistantError } from '@assistant/contracts';
import { decodeUsage } from '../../wires/openai-chat/answer';
import { compact, isRecord, listOf, numberOf, parseJson, textOf, type JsonRecord } from '../../wires/json';
import type { Attempt, MediaBytes, ProviderExtras } from '../provider';
import { errorInside, named, notAnAnswer } from './errors';
import type { Upstream } from './upstream';

/** Embeddings, speech and pictures of an OpenAI-compatible vendor. */
export const openAiExtras = (upstream: Upstream): ProviderExtras => ({
  embed: async ({ inputs, dimensions }, attempt) => {
    const body = JSON.stringify(compact({ model: attempt.model, input: inputs, dimensions, encoding_format: 'float' }));
    const value = await json(upstream, '/embeddings', body, 'application/json', attempt);
    const vectors = listOf(value['data'])
      .filter(isRecord)
      .map((item, position) => ({
        index: numberOf(item['index']) ?? position,
        vector: listOf(item['embedding']).map((number) => numberOf(number) ?? Number.NaN),
      }))
      .sort((left, right) => left.index - right.index)
      .map(({ vector }) => vector);
    if (vectors.length !== inputs.length || vectors.some((vector) => vector.length === 0 || vector.some(Number.isNaN))) {
      throw named(upstream.provider, new AssistantError('upstream_bad_json', `answered ${inputs.length} texts with ${vectors.length} usable vectors`));
    }
    const usage = isRecord(value['usage']) ? decodeUsage({ completion_tokens: 0, ...value['usage'] }) : undefined;
    return { model: textOf(value['model']) ?? attempt.model, vectors, ...(usage === undefined ? {} : { usage }) };
  },

  transcribe: async ({ audio, name, language, prompt }, attempt) => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(audio.data)], { type: audio.mime }), name);
    form.set('model', attempt.model);
    form.set('response_format', 'json');
    if (language !== '') form.set('language', language);
    if (prompt !== '') form.set('prompt', prompt);
    const encoded = new Response(form);
    const value = await json(
      upstream,
      '/audio/transcriptions',
      new Uint8Array(await encoded.arrayBuffer()),
      encoded.headers.get('content-type') ?? '',
      attempt,
    );
    const text = textOf(value['text']);
    if (text === undefined) throw named(upstream.provider, new AssistantError('upstream_bad_json', 'answered without a text'));
    return text;
  },

  synthesize: async ({ input, voice, format, speed }, attempt) => {
    const body = JSON.stringify(compact({ model: attempt.model, input, voice, response_format: format === '' ? undefined : format, speed }));
    const answer = await upstream.post({ path: '/audio/speech', body, accept: '*/*' }, attempt);
    const data = await upstream.read(answer.body, attempt);
    if (data.length === 0) throw notAnAnswer(upstream.provider, '', '');
    if (/application\/json|text\/html/.test(answer.contentType)) {
      throw errorInside(upstream.provider, parseJson(data.toString('utf8'))) ?? notAnAnswer(upstream.provider, data.toString('utf8'), answer.contentType);
    }
    return { mime: answer.contentType === '' ? 'application/octet-stream' : (answer.contentType.split(';', 1)[0] ?? ''), data };
  },

  generateImages: async ({ prompt, count, size }, attempt) => {
    const body = JSON.stringify(compact({ model: attempt.model, prompt, n: count, size: size === '' ? undefined : size }));
    const value = await json(upstream, '/images/generations', body, 'application/json', attempt);
    const images = listOf(value['data']).filter(isRecord).flatMap(picture);
    if (images.length === 0) throw named(upstream.provider, new AssistantError('upstream_empty', 'answered without a picture'));
    return images;
  },
});

const picture = (item: JsonRecord): readonly Picture[] => {
  const inline = textOf(item['b64_json']);
  if (inline !== undefined) {
    const data = Buffer.from(inline, 'base64');
    return [{ mime: imageMime(data), data }];
  }
  const uri = textOf(item['url']);
  return uri === undefined ? [] : [{ uri }];
};

type Picture = MediaBytes | { readonly uri: string };

/** By the first bytes: PNG, JPEG and WebP are what vendors send. */
const imageMime = (data: Buffer): string => {
  if (data.subarray(0, 4).toString('latin1') === '\u0089PNG') return 'image/png';
  if (data[0] === 0xff && data[1] === 0xd8) return 'image/jpeg';
  return data.subarray(8, 12).toString('latin1') === 'WEBP' ? 'image/webp' : 'application/octet-stream';
};

const json = async (upstream: Upstream, path: string, body: string | Uint8Array, contentType: string, attempt: Attempt): Promise<JsonRecord> => {
  const answer = await upstream.post({ path, body, contentType }, attempt);
  const text = (await upstream.read(answer.body, attempt)).toString('utf8');
  attempt.watch.stop();
  const value = parseJson(text);
  const failure = errorInside(upstream.provider, value);
  if (failure !== undefined) throw failure;
  if (!isRecord(value)) throw notAnAnswer(upstream.provider, text, answer.contentType);
  return value;
};
