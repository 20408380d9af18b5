// Original file: protos/assistant/gateway/v1/gateway.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ChatEvent as _assistant_gateway_v1_ChatEvent, ChatEvent__Output as _assistant_gateway_v1_ChatEvent__Output } from '../../../assistant/gateway/v1/ChatEvent';
import type { ChatRequest as _assistant_gateway_v1_ChatRequest, ChatRequest__Output as _assistant_gateway_v1_ChatRequest__Output } from '../../../assistant/gateway/v1/ChatRequest';
import type { ChatResponse as _assistant_gateway_v1_ChatResponse, ChatResponse__Output as _assistant_gateway_v1_ChatResponse__Output } from '../../../assistant/gateway/v1/ChatResponse';
import type { CompleteRequest as _assistant_gateway_v1_CompleteRequest, CompleteRequest__Output as _assistant_gateway_v1_CompleteRequest__Output } from '../../../assistant/gateway/v1/CompleteRequest';
import type { CompleteResponse as _assistant_gateway_v1_CompleteResponse, CompleteResponse__Output as _assistant_gateway_v1_CompleteResponse__Output } from '../../../assistant/gateway/v1/CompleteResponse';
import type { EmbedRequest as _assistant_gateway_v1_EmbedRequest, EmbedRequest__Output as _assistant_gateway_v1_EmbedRequest__Output } from '../../../assistant/gateway/v1/EmbedRequest';
import type { EmbedResponse as _assistant_gateway_v1_EmbedResponse, EmbedResponse__Output as _assistant_gateway_v1_EmbedResponse__Output } from '../../../assistant/gateway/v1/EmbedResponse';
import type { GenerateImageRequest as _assistant_gateway_v1_GenerateImageRequest, GenerateImageRequest__Output as _assistant_gateway_v1_GenerateImageRequest__Output } from '../../../assistant/gateway/v1/GenerateImageRequest';
import type { GenerateImageResponse as _assistant_gateway_v1_GenerateImageResponse, GenerateImageResponse__Output as _assistant_gateway_v1_GenerateImageResponse__Output } from '../../../assistant/gateway/v1/GenerateImageResponse';
import type { ListModelsRequest as _assistant_gateway_v1_ListModelsRequest, ListModelsRequest__Output as _assistant_gateway_v1_ListModelsRequest__Output } from '../../../assistant/gateway/v1/ListModelsRequest';
import type { ListModelsResponse as _assistant_gateway_v1_ListModelsResponse, ListModelsResponse__Output as _assistant_gateway_v1_ListModelsResponse__Output } from '../../../assistant/gateway/v1/ListModelsResponse';
import type { SwitchModelRequest as _assistant_gateway_v1_SwitchModelRequest, SwitchModelRequest__Output as _assistant_gateway_v1_SwitchModelRequest__Output } from '../../../assistant/gateway/v1/SwitchModelRequest';
import type { SwitchModelResponse as _assistant_gateway_v1_SwitchModelResponse, SwitchModelResponse__Output as _assistant_gateway_v1_SwitchModelResponse__Output } from '../../../assistant/gateway/v1/SwitchModelResponse';
import type { SynthesizeRequest as _assistant_gateway_v1_SynthesizeRequest, SynthesizeRequest__Output as _assistant_gateway_v1_SynthesizeRequest__Output } from '../../../assistant/gateway/v1/SynthesizeRequest';
import type { SynthesizeResponse as _assistant_gateway_v1_SynthesizeResponse, SynthesizeResponse__Output as _assistant_gateway_v1_SynthesizeResponse__Output } from '../../../assistant/gateway/v1/SynthesizeResponse';
import type { TranscribeRequest as _assistant_gateway_v1_TranscribeRequest, TranscribeRequest__Output as _assistant_gateway_v1_TranscribeRequest__Output } from '../../../assistant/gateway/v1/TranscribeRequest';
import type { TranscribeResponse as _assistant_gateway_v1_TranscribeResponse, TranscribeResponse__Output as _assistant_gateway_v1_TranscribeResponse__Output } from '../../../assistant/gateway/v1/TranscribeResponse';

export interface ModelGatewayClient extends grpc.Client {
  Chat(argument: _assistant_gateway_v1_ChatRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_ChatResponse__Output>): grpc.ClientUnaryCall;
  Chat(argument: _assistant_gateway_v1_ChatRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_ChatResponse__Output>): grpc.ClientUnaryCall;
  Chat(argument: _assistant_gateway_v1_ChatRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_ChatResponse__Output>): grpc.ClientUnaryCall;
  Chat(argument: _assistant_gateway_v1_ChatRequest, callback: grpc.requestCallback<_assistant_gateway_v1_ChatResponse__Output>): grpc.ClientUnaryCall;
  chat(argument: _assistant_gateway_v1_ChatRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_ChatResponse__Output>): grpc.ClientUnaryCall;
  chat(argument: _assistant_gateway_v1_ChatRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_ChatResponse__Output>): grpc.ClientUnaryCall;
  chat(argument: _assistant_gateway_v1_ChatRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_ChatResponse__Output>): grpc.ClientUnaryCall;
  chat(argument: _assistant_gateway_v1_ChatRequest, callback: grpc.requestCallback<_assistant_gateway_v1_ChatResponse__Output>): grpc.ClientUnaryCall;
  
  Complete(argument: _assistant_gateway_v1_CompleteRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_CompleteResponse__Output>): grpc.ClientUnaryCall;
  Complete(argument: _assistant_gateway_v1_CompleteRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_CompleteResponse__Output>): grpc.ClientUnaryCall;
  Complete(argument: _assistant_gateway_v1_CompleteRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_CompleteResponse__Output>): grpc.ClientUnaryCall;
  Complete(argument: _assistant_gateway_v1_CompleteRequest, callback: grpc.requestCallback<_assistant_gateway_v1_CompleteResponse__Output>): grpc.ClientUnaryCall;
  complete(argument: _assistant_gateway_v1_CompleteRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_CompleteResponse__Output>): grpc.ClientUnaryCall;
  complete(argument: _assistant_gateway_v1_CompleteRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_CompleteResponse__Output>): grpc.ClientUnaryCall;
  complete(argument: _assistant_gateway_v1_CompleteRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_CompleteResponse__Output>): grpc.ClientUnaryCall;
  complete(argument: _assistant_gateway_v1_CompleteRequest, callback: grpc.requestCallback<_assistant_gateway_v1_CompleteResponse__Output>): grpc.ClientUnaryCall;
  
  Embed(argument: _assistant_gateway_v1_EmbedRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_EmbedResponse__Output>): grpc.ClientUnaryCall;
  Embed(argument: _assistant_gateway_v1_EmbedRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_EmbedResponse__Output>): grpc.ClientUnaryCall;
  Embed(argument: _assistant_gateway_v1_EmbedRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_EmbedResponse__Output>): grpc.ClientUnaryCall;
  Embed(argument: _assistant_gateway_v1_EmbedRequest, callback: grpc.requestCallback<_assistant_gateway_v1_EmbedResponse__Output>): grpc.ClientUnaryCall;
  embed(argument: _assistant_gateway_v1_EmbedRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_EmbedResponse__Output>): grpc.ClientUnaryCall;
  embed(argument: _assistant_gateway_v1_EmbedRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_EmbedResponse__Output>): grpc.ClientUnaryCall;
  embed(argument: _assistant_gateway_v1_EmbedRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_EmbedResponse__Output>): grpc.ClientUnaryCall;
  embed(argument: _assistant_gateway_v1_EmbedRequest, callback: grpc.requestCallback<_assistant_gateway_v1_EmbedResponse__Output>): grpc.ClientUnaryCall;
  
  GenerateImage(argument: _assistant_gateway_v1_GenerateImageRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_GenerateImageResponse__Output>): grpc.ClientUnaryCall;
  GenerateImage(argument: _assistant_gateway_v1_GenerateImageRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_GenerateImageResponse__Output>): grpc.ClientUnaryCall;
  GenerateImage(argument: _assistant_gateway_v1_GenerateImageRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_GenerateImageResponse__Output>): grpc.ClientUnaryCall;
  GenerateImage(argument: _assistant_gateway_v1_GenerateImageRequest, callback: grpc.requestCallback<_assistant_gateway_v1_GenerateImageResponse__Output>): grpc.ClientUnaryCall;
  generateImage(argument: _assistant_gateway_v1_GenerateImageRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_GenerateImageResponse__Output>): grpc.ClientUnaryCall;
  generateImage(argument: _assistant_gateway_v1_GenerateImageRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_GenerateImageResponse__Output>): grpc.ClientUnaryCall;
  generateImage(argument: _assistant_gateway_v1_GenerateImageRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_GenerateImageResponse__Output>): grpc.ClientUnaryCall;
  generateImage(argument: _assistant_gateway_v1_GenerateImageRequest, callback: grpc.requestCallback<_assistant_gateway_v1_GenerateImageResponse__Output>): grpc.ClientUnaryCall;
  
  ListModels(argument: _assistant_gateway_v1_ListModelsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_ListModelsResponse__Output>): grpc.ClientUnaryCall;
  ListModels(argument: _assistant_gateway_v1_ListModelsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_ListModelsResponse__Output>): grpc.ClientUnaryCall;
  ListModels(argument: _assistant_gateway_v1_ListModelsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_ListModelsResponse__Output>): grpc.ClientUnaryCall;
  ListModels(argument: _assistant_gateway_v1_ListModelsRequest, callback: grpc.requestCallback<_assistant_gateway_v1_ListModelsResponse__Output>): grpc.ClientUnaryCall;
  listModels(argument: _assistant_gateway_v1_ListModelsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_ListModelsResponse__Output>): grpc.ClientUnaryCall;
  listModels(argument: _assistant_gateway_v1_ListModelsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_ListModelsResponse__Output>): grpc.ClientUnaryCall;
  listModels(argument: _assistant_gateway_v1_ListModelsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_ListModelsResponse__Output>): grpc.ClientUnaryCall;
  listModels(argument: _assistant_gateway_v1_ListModelsRequest, callback: grpc.requestCallback<_assistant_gateway_v1_ListModelsResponse__Output>): grpc.ClientUnaryCall;
  
  StreamChat(argument: _assistant_gateway_v1_ChatRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_assistant_gateway_v1_ChatEvent__Output>;
  StreamChat(argument: _assistant_gateway_v1_ChatRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_assistant_gateway_v1_ChatEvent__Output>;
  streamChat(argument: _assistant_gateway_v1_ChatRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_assistant_gateway_v1_ChatEvent__Output>;
  streamChat(argument: _assistant_gateway_v1_ChatRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_assistant_gateway_v1_ChatEvent__Output>;
  
  SwitchModel(argument: _assistant_gateway_v1_SwitchModelRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_SwitchModelResponse__Output>): grpc.ClientUnaryCall;
  SwitchModel(argument: _assistant_gateway_v1_SwitchModelRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_SwitchModelResponse__Output>): grpc.ClientUnaryCall;
  SwitchModel(argument: _assistant_gateway_v1_SwitchModelRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_SwitchModelResponse__Output>): grpc.ClientUnaryCall;
  SwitchModel(argument: _assistant_gateway_v1_SwitchModelRequest, callback: grpc.requestCallback<_assistant_gateway_v1_SwitchModelResponse__Output>): grpc.ClientUnaryCall;
  switchModel(argument: _assistant_gateway_v1_SwitchModelRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_SwitchModelResponse__Output>): grpc.ClientUnaryCall;
  switchModel(argument: _assistant_gateway_v1_SwitchModelRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_SwitchModelResponse__Output>): grpc.ClientUnaryCall;
  switchModel(argument: _assistant_gateway_v1_SwitchModelRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_SwitchModelResponse__Output>): grpc.ClientUnaryCall;
  switchModel(argument: _assistant_gateway_v1_SwitchModelRequest, callback: grpc.requestCallback<_assistant_gateway_v1_SwitchModelResponse__Output>): grpc.ClientUnaryCall;
  
  Synthesize(argument: _assistant_gateway_v1_SynthesizeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_SynthesizeResponse__Output>): grpc.ClientUnaryCall;
  Synthesize(argument: _assistant_gateway_v1_SynthesizeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_SynthesizeResponse__Output>): grpc.ClientUnaryCall;
  Synthesize(argument: _assistant_gateway_v1_SynthesizeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_SynthesizeResponse__Output>): grpc.ClientUnaryCall;
  Synthesize(argument: _assistant_gateway_v1_SynthesizeRequest, callback: grpc.requestCallback<_assistant_gateway_v1_SynthesizeResponse__Output>): grpc.ClientUnaryCall;
  synthesize(argument: _assistant_gateway_v1_SynthesizeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_SynthesizeResponse__Output>): grpc.ClientUnaryCall;
  synthesize(argument: _assistant_gateway_v1_SynthesizeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_SynthesizeResponse__Output>): grpc.ClientUnaryCall;
  synthesize(argument: _assistant_gateway_v1_SynthesizeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_SynthesizeResponse__Output>): grpc.ClientUnaryCall;
  synthesize(argument: _assistant_gateway_v1_SynthesizeRequest, callback: grpc.requestCallback<_assistant_gateway_v1_SynthesizeResponse__Output>): grpc.ClientUnaryCall;
  
  Transcribe(argument: _assistant_gateway_v1_TranscribeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_TranscribeResponse__Output>): grpc.ClientUnaryCall;
  Transcribe(argument: _assistant_gateway_v1_TranscribeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_TranscribeResponse__Output>): grpc.ClientUnaryCall;
  Transcribe(argument: _assistant_gateway_v1_TranscribeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_TranscribeResponse__Output>): grpc.ClientUnaryCall;
  Transcribe(argument: _assistant_gateway_v1_TranscribeRequest, callback: grpc.requestCallback<_assistant_gateway_v1_TranscribeResponse__Output>): grpc.ClientUnaryCall;
  transcribe(argument: _assistant_gateway_v1_TranscribeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_TranscribeResponse__Output>): grpc.ClientUnaryCall;
  transcribe(argument: _assistant_gateway_v1_TranscribeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_gateway_v1_TranscribeResponse__Output>): grpc.ClientUnaryCall;
  transcribe(argument: _assistant_gateway_v1_TranscribeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_gateway_v1_TranscribeResponse__Output>): grpc.ClientUnaryCall;
  transcribe(argument: _assistant_gateway_v1_TranscribeRequest, callback: grpc.requestCallback<_assistant_gateway_v1_TranscribeResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface ModelGatewayHandlers extends grpc.UntypedServiceImplementation {
  Chat: grpc.handleUnaryCall<_assistant_gateway_v1_ChatRequest__Output, _assistant_gateway_v1_ChatResponse>;
  
  Complete: grpc.handleUnaryCall<_assistant_gateway_v1_CompleteRequest__Output, _assistant_gateway_v1_CompleteResponse>;
  
  Embed: grpc.handleUnaryCall<_assistant_gateway_v1_EmbedRequest__Output, _assistant_gateway_v1_EmbedResponse>;
  
  GenerateImage: grpc.handleUnaryCall<_assistant_gateway_v1_GenerateImageRequest__Output, _assistant_gateway_v1_GenerateImageResponse>;
  
  ListModels: grpc.handleUnaryCall<_assistant_gateway_v1_ListModelsRequest__Output, _assistant_gateway_v1_ListModelsResponse>;
  
  StreamChat: grpc.handleServerStreamingCall<_assistant_gateway_v1_ChatRequest__Output, _assistant_gateway_v1_ChatEvent>;
  
  SwitchModel: grpc.handleUnaryCall<_assistant_gateway_v1_SwitchModelRequest__Output, _assistant_gateway_v1_SwitchModelResponse>;
  
  Synthesize: grpc.handleUnaryCall<_assistant_gateway_v1_SynthesizeRequest__Output, _assistant_gateway_v1_SynthesizeResponse>;
  
  Transcribe: grpc.handleUnaryCall<_assistant_gateway_v1_TranscribeRequest__Output, _assistant_gateway_v1_TranscribeResponse>;
  
}

export interface ModelGatewayDefinition extends grpc.ServiceDefinition {
  Chat: MethodDefinition<_assistant_gateway_v1_ChatRequest, _assistant_gateway_v1_ChatResponse, _assistant_gateway_v1_ChatRequest__Output, _assistant_gateway_v1_ChatResponse__Output>
  Complete: MethodDefinition<_assistant_gateway_v1_CompleteRequest, _assistant_gateway_v1_CompleteResponse, _assistant_gateway_v1_CompleteRequest__Output, _assistant_gateway_v1_CompleteResponse__Output>
  Embed: MethodDefinition<_assistant_gateway_v1_EmbedRequest, _assistant_gateway_v1_EmbedResponse, _assistant_gateway_v1_EmbedRequest__Output, _assistant_gateway_v1_EmbedResponse__Output>
  GenerateImage: MethodDefinition<_assistant_gateway_v1_GenerateImageRequest, _assistant_gateway_v1_GenerateImageResponse, _assistant_gateway_v1_GenerateImageRequest__Output, _assistant_gateway_v1_GenerateImageResponse__Output>
  ListModels: MethodDefinition<_assistant_gateway_v1_ListModelsRequest, _assistant_gateway_v1_ListModelsResponse, _assistant_gateway_v1_ListModelsRequest__Output, _assistant_gateway_v1_ListModelsResponse__Output>
  StreamChat: MethodDefinition<_assistant_gateway_v1_ChatRequest, _assistant_gateway_v1_ChatEvent, _assistant_gateway_v1_ChatRequest__Output, _assistant_gateway_v1_ChatEvent__Output>
  SwitchModel: MethodDefinition<_assistant_gateway_v1_SwitchModelRequest, _assistant_gateway_v1_SwitchModelResponse, _assistant_gateway_v1_SwitchModelRequest__Output, _assistant_gateway_v1_SwitchModelResponse__Output>
  Synthesize: MethodDefinition<_assistant_gateway_v1_SynthesizeRequest, _assistant_gateway_v1_SynthesizeResponse, _assistant_gateway_v1_SynthesizeRequest__Output, _assistant_gateway_v1_SynthesizeResponse__Output>
  Transcribe: MethodDefinition<_assistant_gateway_v1_TranscribeRequest, _assistant_gateway_v1_TranscribeResponse, _assistant_gateway_v1_TranscribeRequest__Output, _assistant_gateway_v1_TranscribeResponse__Output>
}
