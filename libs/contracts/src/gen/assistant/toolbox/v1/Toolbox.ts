// Original file: protos/assistant/toolbox/v1/toolbox.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { InvokeEvent as _assistant_toolbox_v1_InvokeEvent, InvokeEvent__Output as _assistant_toolbox_v1_InvokeEvent__Output } from '../../../assistant/toolbox/v1/InvokeEvent';
import type { InvokeRequest as _assistant_toolbox_v1_InvokeRequest, InvokeRequest__Output as _assistant_toolbox_v1_InvokeRequest__Output } from '../../../assistant/toolbox/v1/InvokeRequest';
import type { ListToolsRequest as _assistant_toolbox_v1_ListToolsRequest, ListToolsRequest__Output as _assistant_toolbox_v1_ListToolsRequest__Output } from '../../../assistant/toolbox/v1/ListToolsRequest';
import type { ListToolsResponse as _assistant_toolbox_v1_ListToolsResponse, ListToolsResponse__Output as _assistant_toolbox_v1_ListToolsResponse__Output } from '../../../assistant/toolbox/v1/ListToolsResponse';

export interface ToolboxClient extends grpc.Client {
  Invoke(argument: _assistant_toolbox_v1_InvokeRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_assistant_toolbox_v1_InvokeEvent__Output>;
  Invoke(argument: _assistant_toolbox_v1_InvokeRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_assistant_toolbox_v1_InvokeEvent__Output>;
  invoke(argument: _assistant_toolbox_v1_InvokeRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_assistant_toolbox_v1_InvokeEvent__Output>;
  invoke(argument: _assistant_toolbox_v1_InvokeRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_assistant_toolbox_v1_InvokeEvent__Output>;
  
  ListTools(argument: _assistant_toolbox_v1_ListToolsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_toolbox_v1_ListToolsResponse__Output>): grpc.ClientUnaryCall;
  ListTools(argument: _assistant_toolbox_v1_ListToolsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_toolbox_v1_ListToolsResponse__Output>): grpc.ClientUnaryCall;
  ListTools(argument: _assistant_toolbox_v1_ListToolsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_toolbox_v1_ListToolsResponse__Output>): grpc.ClientUnaryCall;
  ListTools(argument: _assistant_toolbox_v1_ListToolsRequest, callback: grpc.requestCallback<_assistant_toolbox_v1_ListToolsResponse__Output>): grpc.ClientUnaryCall;
  listTools(argument: _assistant_toolbox_v1_ListToolsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_toolbox_v1_ListToolsResponse__Output>): grpc.ClientUnaryCall;
  listTools(argument: _assistant_toolbox_v1_ListToolsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_assistant_toolbox_v1_ListToolsResponse__Output>): grpc.ClientUnaryCall;
  listTools(argument: _assistant_toolbox_v1_ListToolsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_assistant_toolbox_v1_ListToolsResponse__Output>): grpc.ClientUnaryCall;
  listTools(argument: _assistant_toolbox_v1_ListToolsRequest, callback: grpc.requestCallback<_assistant_toolbox_v1_ListToolsResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface ToolboxHandlers extends grpc.UntypedServiceImplementation {
  Invoke: grpc.handleServerStreamingCall<_assistant_toolbox_v1_InvokeRequest__Output, _assistant_toolbox_v1_InvokeEvent>;
  
  ListTools: grpc.handleUnaryCall<_assistant_toolbox_v1_ListToolsRequest__Output, _assistant_toolbox_v1_ListToolsResponse>;
  
}

export interface ToolboxDefinition extends grpc.ServiceDefinition {
  Invoke: MethodDefinition<_assistant_toolbox_v1_InvokeRequest, _assistant_toolbox_v1_InvokeEvent, _assistant_toolbox_v1_InvokeRequest__Output, _assistant_toolbox_v1_InvokeEvent__Output>
  ListTools: MethodDefinition<_assistant_toolbox_v1_ListToolsRequest, _assistant_toolbox_v1_ListToolsResponse, _assistant_toolbox_v1_ListToolsRequest__Output, _assistant_toolbox_v1_ListToolsResponse__Output>
}
