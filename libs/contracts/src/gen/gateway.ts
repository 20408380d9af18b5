import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { ChatEvent as _assistant_gateway_v1_ChatEvent, ChatEvent__Output as _assistant_gateway_v1_ChatEvent__Output } from './assistant/gateway/v1/ChatEvent';
import type { ChatRequest as _assistant_gateway_v1_ChatRequest, ChatRequest__Output as _assistant_gateway_v1_ChatRequest__Output } from './assistant/gateway/v1/ChatRequest';
import type { ChatResponse as _assistant_gateway_v1_ChatResponse, ChatResponse__Output as _assistant_gateway_v1_ChatResponse__Output } from './assistant/gateway/v1/ChatResponse';
import type { Choice as _assistant_gateway_v1_Choice, Choice__Output as _assistant_gateway_v1_Choice__Output } from './assistant/gateway/v1/Choice';
import type { CompleteRequest as _assistant_gateway_v1_CompleteRequest, CompleteRequest__Output as _assistant_gateway_v1_CompleteRequest__Output } from './assistant/gateway/v1/CompleteRequest';
import type { CompleteResponse as _assistant_gateway_v1_CompleteResponse, CompleteResponse__Output as _assistant_gateway_v1_CompleteResponse__Output } from './assistant/gateway/v1/CompleteResponse';
import type { EmbedRequest as _assistant_gateway_v1_EmbedRequest, EmbedRequest__Output as _assistant_gateway_v1_EmbedRequest__Output } from './assistant/gateway/v1/EmbedRequest';
import type { EmbedResponse as _assistant_gateway_v1_EmbedResponse, EmbedResponse__Output as _assistant_gateway_v1_EmbedResponse__Output } from './assistant/gateway/v1/EmbedResponse';
import type { Embedding as _assistant_gateway_v1_Embedding, Embedding__Output as _assistant_gateway_v1_Embedding__Output } from './assistant/gateway/v1/Embedding';
import type { Finish as _assistant_gateway_v1_Finish, Finish__Output as _assistant_gateway_v1_Finish__Output } from './assistant/gateway/v1/Finish';
import type { GenerateImageRequest as _assistant_gateway_v1_GenerateImageRequest, GenerateImageRequest__Output as _assistant_gateway_v1_GenerateImageRequest__Output } from './assistant/gateway/v1/GenerateImageRequest';
import type { GenerateImageResponse as _assistant_gateway_v1_GenerateImageResponse, GenerateImageResponse__Output as _assistant_gateway_v1_GenerateImageResponse__Output } from './assistant/gateway/v1/GenerateImageResponse';
import type { ListModelsRequest as _assistant_gateway_v1_ListModelsRequest, ListModelsRequest__Output as _assistant_gateway_v1_ListModelsRequest__Output } from './assistant/gateway/v1/ListModelsRequest';
import type { ListModelsResponse as _assistant_gateway_v1_ListModelsResponse, ListModelsResponse__Output as _assistant_gateway_v1_ListModelsResponse__Output } from './assistant/gateway/v1/ListModelsResponse';
import type { Media as _assistant_gateway_v1_Media, Media__Output as _assistant_gateway_v1_Media__Output } from './assistant/gateway/v1/Media';
import type { MediaDelta as _assistant_gateway_v1_MediaDelta, MediaDelta__Output as _assistant_gateway_v1_MediaDelta__Output } from './assistant/gateway/v1/MediaDelta';
import type { Message as _assistant_gateway_v1_Message, Message__Output as _assistant_gateway_v1_Message__Output } from './assistant/gateway/v1/Message';
import type { ModelGatewayClient as _assistant_gateway_v1_ModelGatewayClient, ModelGatewayDefinition as _assistant_gateway_v1_ModelGatewayDefinition } from './assistant/gateway/v1/ModelGateway';
import type { ModelInfo as _assistant_gateway_v1_ModelInfo, ModelInfo__Output as _assistant_gateway_v1_ModelInfo__Output } from './assistant/gateway/v1/ModelInfo';
import type { Part as _assistant_gateway_v1_Part, Part__Output as _assistant_gateway_v1_Part__Output } from './assistant/gateway/v1/Part';
import type { Reasoning as _assistant_gateway_v1_Reasoning, Reasoning__Output as _assistant_gateway_v1_Reasoning__Output } from './assistant/gateway/v1/Reasoning';
import type { ReasoningDelta as _assistant_gateway_v1_ReasoningDelta, ReasoningDelta__Output as _assistant_gateway_v1_ReasoningDelta__Output } from './assistant/gateway/v1/ReasoningDelta';
import type { RefusalDelta as _assistant_gateway_v1_RefusalDelta, RefusalDelta__Output as _assistant_gateway_v1_RefusalDelta__Output } from './assistant/gateway/v1/RefusalDelta';
import type { ResponseFormat as _assistant_gateway_v1_ResponseFormat, ResponseFormat__Output as _assistant_gateway_v1_ResponseFormat__Output } from './assistant/gateway/v1/ResponseFormat';
import type { Started as _assistant_gateway_v1_Started, Started__Output as _assistant_gateway_v1_Started__Output } from './assistant/gateway/v1/Started';
import type { SwitchModelRequest as _assistant_gateway_v1_SwitchModelRequest, SwitchModelRequest__Output as _assistant_gateway_v1_SwitchModelRequest__Output } from './assistant/gateway/v1/SwitchModelRequest';
import type { SwitchModelResponse as _assistant_gateway_v1_SwitchModelResponse, SwitchModelResponse__Output as _assistant_gateway_v1_SwitchModelResponse__Output } from './assistant/gateway/v1/SwitchModelResponse';
import type { SynthesizeRequest as _assistant_gateway_v1_SynthesizeRequest, SynthesizeRequest__Output as _assistant_gateway_v1_SynthesizeRequest__Output } from './assistant/gateway/v1/SynthesizeRequest';
import type { SynthesizeResponse as _assistant_gateway_v1_SynthesizeResponse, SynthesizeResponse__Output as _assistant_gateway_v1_SynthesizeResponse__Output } from './assistant/gateway/v1/SynthesizeResponse';
import type { TextDelta as _assistant_gateway_v1_TextDelta, TextDelta__Output as _assistant_gateway_v1_TextDelta__Output } from './assistant/gateway/v1/TextDelta';
import type { Tool as _assistant_gateway_v1_Tool, Tool__Output as _assistant_gateway_v1_Tool__Output } from './assistant/gateway/v1/Tool';
import type { ToolCall as _assistant_gateway_v1_ToolCall, ToolCall__Output as _assistant_gateway_v1_ToolCall__Output } from './assistant/gateway/v1/ToolCall';
import type { ToolCallDelta as _assistant_gateway_v1_ToolCallDelta, ToolCallDelta__Output as _assistant_gateway_v1_ToolCallDelta__Output } from './assistant/gateway/v1/ToolCallDelta';
import type { ToolCallEnd as _assistant_gateway_v1_ToolCallEnd, ToolCallEnd__Output as _assistant_gateway_v1_ToolCallEnd__Output } from './assistant/gateway/v1/ToolCallEnd';
import type { ToolCallStart as _assistant_gateway_v1_ToolCallStart, ToolCallStart__Output as _assistant_gateway_v1_ToolCallStart__Output } from './assistant/gateway/v1/ToolCallStart';
import type { ToolChoice as _assistant_gateway_v1_ToolChoice, ToolChoice__Output as _assistant_gateway_v1_ToolChoice__Output } from './assistant/gateway/v1/ToolChoice';
import type { ToolResult as _assistant_gateway_v1_ToolResult, ToolResult__Output as _assistant_gateway_v1_ToolResult__Output } from './assistant/gateway/v1/ToolResult';
import type { TranscribeRequest as _assistant_gateway_v1_TranscribeRequest, TranscribeRequest__Output as _assistant_gateway_v1_TranscribeRequest__Output } from './assistant/gateway/v1/TranscribeRequest';
import type { TranscribeResponse as _assistant_gateway_v1_TranscribeResponse, TranscribeResponse__Output as _assistant_gateway_v1_TranscribeResponse__Output } from './assistant/gateway/v1/TranscribeResponse';
import type { Usage as _assistant_gateway_v1_Usage, Usage__Output as _assistant_gateway_v1_Usage__Output } from './assistant/gateway/v1/Usage';
import type { Warning as _assistant_gateway_v1_Warning, Warning__Output as _assistant_gateway_v1_Warning__Output } from './assistant/gateway/v1/Warning';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  assistant: {
    gateway: {
      v1: {
        ChatEvent: MessageTypeDefinition<_assistant_gateway_v1_ChatEvent, _assistant_gateway_v1_ChatEvent__Output>
        ChatRequest: MessageTypeDefinition<_assistant_gateway_v1_ChatRequest, _assistant_gateway_v1_ChatRequest__Output>
        ChatResponse: MessageTypeDefinition<_assistant_gateway_v1_ChatResponse, _assistant_gateway_v1_ChatResponse__Output>
        Choice: MessageTypeDefinition<_assistant_gateway_v1_Choice, _assistant_gateway_v1_Choice__Output>
        CompleteRequest: MessageTypeDefinition<_assistant_gateway_v1_CompleteRequest, _assistant_gateway_v1_CompleteRequest__Output>
        CompleteResponse: MessageTypeDefinition<_assistant_gateway_v1_CompleteResponse, _assistant_gateway_v1_CompleteResponse__Output>
        EmbedRequest: MessageTypeDefinition<_assistant_gateway_v1_EmbedRequest, _assistant_gateway_v1_EmbedRequest__Output>
        EmbedResponse: MessageTypeDefinition<_assistant_gateway_v1_EmbedResponse, _assistant_gateway_v1_EmbedResponse__Output>
        Embedding: MessageTypeDefinition<_assistant_gateway_v1_Embedding, _assistant_gateway_v1_Embedding__Output>
        Finish: MessageTypeDefinition<_assistant_gateway_v1_Finish, _assistant_gateway_v1_Finish__Output>
        FinishReason: EnumTypeDefinition
        GenerateImageRequest: MessageTypeDefinition<_assistant_gateway_v1_GenerateImageRequest, _assistant_gateway_v1_GenerateImageRequest__Output>
        GenerateImageResponse: MessageTypeDefinition<_assistant_gateway_v1_GenerateImageResponse, _assistant_gateway_v1_GenerateImageResponse__Output>
        ListModelsRequest: MessageTypeDefinition<_assistant_gateway_v1_ListModelsRequest, _assistant_gateway_v1_ListModelsRequest__Output>
        ListModelsResponse: MessageTypeDefinition<_assistant_gateway_v1_ListModelsResponse, _assistant_gateway_v1_ListModelsResponse__Output>
        Media: MessageTypeDefinition<_assistant_gateway_v1_Media, _assistant_gateway_v1_Media__Output>
        MediaDelta: MessageTypeDefinition<_assistant_gateway_v1_MediaDelta, _assistant_gateway_v1_MediaDelta__Output>
        Message: MessageTypeDefinition<_assistant_gateway_v1_Message, _assistant_gateway_v1_Message__Output>
        ModelGateway: SubtypeConstructor<typeof grpc.Client, _assistant_gateway_v1_ModelGatewayClient> & { service: _assistant_gateway_v1_ModelGatewayDefinition }
        ModelInfo: MessageTypeDefinition<_assistant_gateway_v1_ModelInfo, _assistant_gateway_v1_ModelInfo__Output>
        Part: MessageTypeDefinition<_assistant_gateway_v1_Part, _assistant_gateway_v1_Part__Output>
        Reasoning: MessageTypeDefinition<_assistant_gateway_v1_Reasoning, _assistant_gateway_v1_Reasoning__Output>
        ReasoningDelta: MessageTypeDefinition<_assistant_gateway_v1_ReasoningDelta, _assistant_gateway_v1_ReasoningDelta__Output>
        RefusalDelta: MessageTypeDefinition<_assistant_gateway_v1_RefusalDelta, _assistant_gateway_v1_RefusalDelta__Output>
        ResponseFormat: MessageTypeDefinition<_assistant_gateway_v1_ResponseFormat, _assistant_gateway_v1_ResponseFormat__Output>
        Role: EnumTypeDefinition
        Started: MessageTypeDefinition<_assistant_gateway_v1_Started, _assistant_gateway_v1_Started__Output>
        SwitchModelRequest: MessageTypeDefinition<_assistant_gateway_v1_SwitchModelRequest, _assistant_gateway_v1_SwitchModelRequest__Output>
        SwitchModelResponse: MessageTypeDefinition<_assistant_gateway_v1_SwitchModelResponse, _assistant_gateway_v1_SwitchModelResponse__Output>
        SynthesizeRequest: MessageTypeDefinition<_assistant_gateway_v1_SynthesizeRequest, _assistant_gateway_v1_SynthesizeRequest__Output>
        SynthesizeResponse: MessageTypeDefinition<_assistant_gateway_v1_SynthesizeResponse, _assistant_gateway_v1_SynthesizeResponse__Output>
        TextDelta: MessageTypeDefinition<_assistant_gateway_v1_TextDelta, _assistant_gateway_v1_TextDelta__Output>
        Tool: MessageTypeDefinition<_assistant_gateway_v1_Tool, _assistant_gateway_v1_Tool__Output>
        ToolCall: MessageTypeDefinition<_assistant_gateway_v1_ToolCall, _assistant_gateway_v1_ToolCall__Output>
        ToolCallDelta: MessageTypeDefinition<_assistant_gateway_v1_ToolCallDelta, _assistant_gateway_v1_ToolCallDelta__Output>
        ToolCallEnd: MessageTypeDefinition<_assistant_gateway_v1_ToolCallEnd, _assistant_gateway_v1_ToolCallEnd__Output>
        ToolCallStart: MessageTypeDefinition<_assistant_gateway_v1_ToolCallStart, _assistant_gateway_v1_ToolCallStart__Output>
        ToolChoice: MessageTypeDefinition<_assistant_gateway_v1_ToolChoice, _assistant_gateway_v1_ToolChoice__Output>
        ToolResult: MessageTypeDefinition<_assistant_gateway_v1_ToolResult, _assistant_gateway_v1_ToolResult__Output>
        TranscribeRequest: MessageTypeDefinition<_assistant_gateway_v1_TranscribeRequest, _assistant_gateway_v1_TranscribeRequest__Output>
        TranscribeResponse: MessageTypeDefinition<_assistant_gateway_v1_TranscribeResponse, _assistant_gateway_v1_TranscribeResponse__Output>
        Usage: MessageTypeDefinition<_assistant_gateway_v1_Usage, _assistant_gateway_v1_Usage__Output>
        Warning: MessageTypeDefinition<_assistant_gateway_v1_Warning, _assistant_gateway_v1_Warning__Output>
      }
    }
  }
}

