/** The gRPC contracts: types from `protos/`, and the descriptors that servers and clients load. */
import gatewayJson from './gen/gateway.json';
import toolboxJson from './gen/toolbox.json';

export const gatewayDescriptor: object = gatewayJson;
export const toolboxDescriptor: object = toolboxJson;
export const GATEWAY_SERVICE = 'assistant.gateway.v1.ModelGateway';
export const TOOLBOX_SERVICE = 'assistant.toolbox.v1.Toolbox';

export type { ModelGatewayClient, ModelGatewayHandlers } from './gen/assistant/gateway/v1/ModelGateway';
export type * as GatewayProto from './gen/gateway';
export type { ChatRequest as ProtoChatRequest, ChatRequest__Output as ProtoChatRequestOutput } from './gen/assistant/gateway/v1/ChatRequest';
export type { ChatResponse as ProtoChatResponse, ChatResponse__Output as ProtoChatResponseOutput } from './gen/assistant/gateway/v1/ChatResponse';
export type { ChatEvent as ProtoChatEvent, ChatEvent__Output as ProtoChatEventOutput } from './gen/assistant/gateway/v1/ChatEvent';
export type { Message as ProtoMessage, Message__Output as ProtoMessageOutput } from './gen/assistant/gateway/v1/Message';
export type { Part as ProtoPart, Part__Output as ProtoPartOutput } from './gen/assistant/gateway/v1/Part';
export type { Usage as ProtoUsage, Usage__Output as ProtoUsageOutput } from './gen/assistant/gateway/v1/Usage';
export type { ModelInfo as ProtoModelInfo, ModelInfo__Output as ProtoModelInfoOutput } from './gen/assistant/gateway/v1/ModelInfo';
export type { ToolboxClient, ToolboxHandlers } from './gen/assistant/toolbox/v1/Toolbox';
export type { InvokeRequest as ProtoInvokeRequest, InvokeRequest__Output as ProtoInvokeRequestOutput } from './gen/assistant/toolbox/v1/InvokeRequest';
export type { InvokeEvent as ProtoInvokeEvent, InvokeEvent__Output as ProtoInvokeEventOutput } from './gen/assistant/toolbox/v1/InvokeEvent';
export type { ToolDescriptor as ProtoToolDescriptor, ToolDescriptor__Output as ProtoToolDescriptorOutput } from './gen/assistant/toolbox/v1/ToolDescriptor';
