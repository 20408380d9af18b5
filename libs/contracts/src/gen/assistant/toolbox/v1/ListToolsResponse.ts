// Original file: protos/assistant/toolbox/v1/toolbox.proto

import type { ToolDescriptor as _assistant_toolbox_v1_ToolDescriptor, ToolDescriptor__Output as _assistant_toolbox_v1_ToolDescriptor__Output } from '../../../assistant/toolbox/v1/ToolDescriptor';

export interface ListToolsResponse {
  'tools'?: (_assistant_toolbox_v1_ToolDescriptor)[];
}

export interface ListToolsResponse__Output {
  'tools': (_assistant_toolbox_v1_ToolDescriptor__Output)[];
}
