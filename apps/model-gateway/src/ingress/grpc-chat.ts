import { once } from 'node:events';
import type { ServerUnaryCall, ServerWritableStream } from '@grpc/grpc-js';
import type { ChatRequest } from '@assistant/contracts';
import type { GatewayProto, ProtoChatEvent, ProtoChatRequestOutput, ProtoChatResponse } from '@assistant/contracts/grpc';
import { AnswerBuilder, type Answer } from '../answer';
import { runCall, type Gateway } from '../call/call';
import { gate } from '../call/gate';
import type { Call, Journey } from '../call/journey';
import type { Route } from '../call/route';
import type { AnswerMode, Attempt, EventBatch } from '../providers/provider';
import { callOf } from './grpc-call';
import { fromProto } from './grpc-request';
import { protoEvent, protoFinish, protoResponse, protoUsage } from './grpc-response';

type Proto = GatewayProto.ProtoGrpcType['assistant']['gateway']['v1'];
export type InputOf<Name extends keyof Proto> = Proto[Name] extends { deserialize(bytes: Buffer): infer Output } ? Output : never;

const askFor =
  (request: ChatRequest, mode: AnswerMode) =>
  ({ provider }: Route, attempt: Attempt): Promise<AsyncIterable<EventBatch>> =>
    gate(provider.chat(request, attempt, mode), attempt, provider.name);

const answerOf = async (events: AsyncIterable<EventBatch>, journey: Journey): Promise<Answer> => {
  const builder = new AnswerBuilder();
  for await (const batch of events) for (const event of batch) builder.add(event);
  const answer = builder.build();
  Object.assign(journey, { usage: answer.usage, responseModel: answer.model, finishReasons: answer.choices.map(({ reason }) => reason) });
  return answer;
};

const wholeAnswer = async (gateway: Gateway, call: Call, request: ChatRequest): Promise<Answer> => {
  let answer: Answer | undefined;
  await runCall(gateway, call, askFor(request, 'whole'), async (events, journey) => {
    answer = await answerOf(events, journey);
  });
  return answer ?? new AnswerBuilder().build();
};

export const chat = async (gateway: Gateway, call: ServerUnaryCall<ProtoChatRequestOutput, ProtoChatResponse>): Promise<ProtoChatResponse> => {
  const request = fromProto(call.request);
  return protoResponse(await wholeAnswer(gateway, callOf(call, { operation: 'chat', model: request.model, requestId: call.request.requestId }), request));
};

export const complete = async (gateway: Gateway, call: ServerUnaryCall<InputOf<'CompleteRequest'>, unknown>) => {
  const { model, prompt, maxOutputTokens, temperature, topP, stop } = call.request;
  const request: ChatRequest = {
    model,
    messages: [{ role: 'user', parts: [{ type: 'text', text: prompt }] }],
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(stop.length === 0 ? {} : { stop }),
  };
  const answer = await wholeAnswer(gateway, callOf(call, { operation: 'text_completion', model }), request);
  const [first] = answer.choices;
  return {
    id: answer.id,
    model: answer.model,
    provider: answer.provider,
    text: (first?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join(''),
    finishReason: protoFinish(first?.reason ?? 'error'),
    ...(answer.usage === undefined ? {} : { usage: protoUsage(answer.usage) }),
  };
};

/** A caller that reads slowly stops the reading at the provider: nothing is asked for until `drain`. */
export const streamChat = async (gateway: Gateway, stream: ServerWritableStream<ProtoChatRequestOutput, ProtoChatEvent>): Promise<void> => {
  const request = fromProto(stream.request);
  const call = callOf(stream, { operation: 'chat', model: request.model, streaming: true, requestId: stream.request.requestId });
  await runCall(gateway, call, askFor(request, 'stream'), async (events, journey) => {
    journey.firstEventAt = performance.now();
    for await (const batch of events) {
      for (const event of batch) {
        if (event.type === 'usage') journey.usage = event.usage;
        if (event.type === 'started') journey.responseModel = event.model;
        if (event.type === 'finish') journey.finishReasons = [...journey.finishReasons, event.reason];
        if (!stream.write(protoEvent(event))) await once(stream, 'drain', { signal: call.signal });
      }
    }
  });
};
