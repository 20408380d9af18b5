import type { ModelGatewayHandlers } from '@assistant/contracts/grpc';
import type { Gateway } from '../call/call';
import type { DefaultModel } from '../default-model';
import { streaming, unary } from './grpc-call';
import { chat, complete, streamChat } from './grpc-chat';
import { embed, generateImage, synthesize, transcribe } from './grpc-media';
import { protoModel } from './grpc-response';

/** `assistant.gateway.v1.ModelGateway`. */
export const grpcHandlers = (gateway: Gateway, defaultModel: Pick<DefaultModel, 'choose'>): ModelGatewayHandlers => ({
  Chat: unary(gateway, (call) => chat(gateway, call)),
  StreamChat: streaming(gateway, (call) => streamChat(gateway, call)),
  Complete: unary(gateway, (call) => complete(gateway, call)),
  Embed: unary(gateway, (call) => embed(gateway, call)),
  Transcribe: unary(gateway, (call) => transcribe(gateway, call)),
  Synthesize: unary(gateway, (call) => synthesize(gateway, call)),
  GenerateImage: unary(gateway, (call) => generateImage(gateway, call)),
  ListModels: unary(gateway, () => ({ models: gateway.registry.current.models().map(protoModel) })),
  SwitchModel: unary(gateway, ({ request }) => defaultModel.choose(request.model)),
});
