import type { ServerUnaryCall } from '@grpc/grpc-js';
import { AssistantError } from '@assistant/contracts';
import { runCall, type Gateway } from '../call/call';
import type { Call, Journey } from '../call/journey';
import type { Attempt, Provider } from '../providers/provider';
import { callOf } from './grpc-call';
import type { InputOf } from './grpc-chat';
import { protoUsage } from './grpc-response';

/** Runs one question whose answer comes as a whole. */
const ask = async <Answer>(
  gateway: Gateway,
  call: Call,
  work: (provider: Provider, attempt: Attempt) => Promise<Answer> | undefined,
  note?: (answer: Answer, journey: Journey) => void,
) => {
  let found: { readonly answer: Answer; readonly provider: string; readonly model: string } | undefined;
  await runCall(
    gateway,
    call,
    async ({ provider, model }, attempt) => {
      const answer = work(provider, attempt);
      if (answer === undefined)
        throw new AssistantError('unsupported', `provider ${provider.name} offers no ${call.operation.replace('_', ' ')}.`, { subject: provider.name });
      return { answer: await answer, provider: provider.name, model };
    },
    (value, journey) => {
      found = value;
      note?.(value.answer, journey);
    },
  );
  if (found === undefined) throw new AssistantError('internal', 'a call ended without an answer');
  return found;
};

const required = (value: string, param: string): void => {
  if (value === '') throw new AssistantError('bad_request', `${param}: must not be empty.`, { param });
};

export const embed = async (gateway: Gateway, call: ServerUnaryCall<InputOf<'EmbedRequest'>, unknown>) => {
  const { model, inputs, dimensions } = call.request;
  if (inputs.length === 0) throw new AssistantError('bad_request', 'inputs: there must be at least one.', { param: 'inputs' });
  const { answer, provider } = await ask(
    gateway,
    callOf(call, { operation: 'embeddings', model }),
    ({ embed: run }, attempt) => run?.({ inputs, ...(dimensions === undefined ? {} : { dimensions }) }, attempt),
    ({ usage }, journey) => void Object.assign(journey, { usage }),
  );
  return {
    model: answer.model,
    provider,
    embeddings: answer.vectors.map((values) => ({ values: [...values] })),
    ...(answer.usage === undefined ? {} : { usage: protoUsage(answer.usage) }),
  };
};

export const transcribe = async (gateway: Gateway, call: ServerUnaryCall<InputOf<'TranscribeRequest'>, unknown>) => {
  const { model, audio, language, prompt } = call.request;
  const data = audio?.data;
  if (data === undefined || data.length === 0)
    throw new AssistantError('bad_request', 'audio: needs data; it is not fetched from an address.', { param: 'audio' });
  const mime = audio?.mime === '' || audio === null ? 'application/octet-stream' : audio.mime;
  const name = audio?.name === '' || audio === null ? `audio.${mime.split('/')[1]?.replace('mpeg', 'mp3') ?? 'bin'}` : audio.name;
  const found = await ask(gateway, callOf(call, { operation: 'transcription', model }), ({ transcribe: run }, attempt) =>
    run?.({ audio: { mime, data }, name, language, prompt }, attempt),
  );
  return { model: found.model, provider: found.provider, text: found.answer };
};

export const synthesize = async (gateway: Gateway, call: ServerUnaryCall<InputOf<'SynthesizeRequest'>, unknown>) => {
  const { model, input, voice, format, speed } = call.request;
  required(input, 'input');
  const found = await ask(gateway, callOf(call, { operation: 'speech', model }), ({ synthesize: run }, attempt) =>
    run?.({ input, voice: voice === '' ? 'alloy' : voice, format, ...(speed === undefined ? {} : { speed }) }, attempt),
  );
  return { model: found.model, provider: found.provider, audio: { mime: found.answer.mime, data: Buffer.from(found.answer.data) } };
};

export const generateImage = async (gateway: Gateway, call: ServerUnaryCall<InputOf<'GenerateImageRequest'>, unknown>) => {
  const { model, prompt, count, size } = call.request;
  required(prompt, 'prompt');
  const found = await ask(gateway, callOf(call, { operation: 'image_generation', model }), ({ generateImages: run }, attempt) =>
    run?.({ prompt, count: count ?? 1, size }, attempt),
  );
  const images = found.answer.map((image) => ('uri' in image ? { mime: 'image/*', uri: image.uri } : { mime: image.mime, data: Buffer.from(image.data) }));
  return { model: found.model, provider: found.provider, images };
};
