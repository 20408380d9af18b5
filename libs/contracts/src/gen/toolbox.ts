import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { Caller as _assistant_toolbox_v1_Caller, Caller__Output as _assistant_toolbox_v1_Caller__Output } from './assistant/toolbox/v1/Caller';
import type { InvokeEvent as _assistant_toolbox_v1_InvokeEvent, InvokeEvent__Output as _assistant_toolbox_v1_InvokeEvent__Output } from './assistant/toolbox/v1/InvokeEvent';
import type { InvokeRequest as _assistant_toolbox_v1_InvokeRequest, InvokeRequest__Output as _assistant_toolbox_v1_InvokeRequest__Output } from './assistant/toolbox/v1/InvokeRequest';
import type { ListToolsRequest as _assistant_toolbox_v1_ListToolsRequest, ListToolsRequest__Output as _assistant_toolbox_v1_ListToolsRequest__Output } from './assistant/toolbox/v1/ListToolsRequest';
import type { ListToolsResponse as _assistant_toolbox_v1_ListToolsResponse, ListToolsResponse__Output as _assistant_toolbox_v1_ListToolsResponse__Output } from './assistant/toolbox/v1/ListToolsResponse';
import type { LocalText as _assistant_toolbox_v1_LocalText, LocalText__Output as _assistant_toolbox_v1_LocalText__Output } from './assistant/toolbox/v1/LocalText';
import type { Progress as _assistant_toolbox_v1_Progress, Progress__Output as _assistant_toolbox_v1_Progress__Output } from './assistant/toolbox/v1/Progress';
import type { Result as _assistant_toolbox_v1_Result, Result__Output as _assistant_toolbox_v1_Result__Output } from './assistant/toolbox/v1/Result';
import type { ToolDescriptor as _assistant_toolbox_v1_ToolDescriptor, ToolDescriptor__Output as _assistant_toolbox_v1_ToolDescriptor__Output } from './assistant/toolbox/v1/ToolDescriptor';
import type { ToolError as _assistant_toolbox_v1_ToolError, ToolError__Output as _assistant_toolbox_v1_ToolError__Output } from './assistant/toolbox/v1/ToolError';
import type { ToolboxClient as _assistant_toolbox_v1_ToolboxClient, ToolboxDefinition as _assistant_toolbox_v1_ToolboxDefinition } from './assistant/toolbox/v1/Toolbox';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  assistant: {
    toolbox: {
      v1: {
        Caller: MessageTypeDefinition<_assistant_toolbox_v1_Caller, _assistant_toolbox_v1_Caller__Output>
        InvokeEvent: MessageTypeDefinition<_assistant_toolbox_v1_InvokeEvent, _assistant_toolbox_v1_InvokeEvent__Output>
        InvokeRequest: MessageTypeDefinition<_assistant_toolbox_v1_InvokeRequest, _assistant_toolbox_v1_InvokeRequest__Output>
        ListToolsRequest: MessageTypeDefinition<_assistant_toolbox_v1_ListToolsRequest, _assistant_toolbox_v1_ListToolsRequest__Output>
        ListToolsResponse: MessageTypeDefinition<_assistant_toolbox_v1_ListToolsResponse, _assistant_toolbox_v1_ListToolsResponse__Output>
        LocalText: MessageTypeDefinition<_assistant_toolbox_v1_LocalText, _assistant_toolbox_v1_LocalText__Output>
        Progress: MessageTypeDefinition<_assistant_toolbox_v1_Progress, _assistant_toolbox_v1_Progress__Output>
        Result: MessageTypeDefinition<_assistant_toolbox_v1_Result, _assistant_toolbox_v1_Result__Output>
        ToolDescriptor: MessageTypeDefinition<_assistant_toolbox_v1_ToolDescriptor, _assistant_toolbox_v1_ToolDescriptor__Output>
        ToolError: MessageTypeDefinition<_assistant_toolbox_v1_ToolError, _assistant_toolbox_v1_ToolError__Output>
        Toolbox: SubtypeConstructor<typeof grpc.Client, _assistant_toolbox_v1_ToolboxClient> & { service: _assistant_toolbox_v1_ToolboxDefinition }
      }
    }
  }
}

