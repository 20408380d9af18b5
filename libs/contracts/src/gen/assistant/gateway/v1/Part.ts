// Original file: protos/assistant/gateway/v1/gateway.proto

import type { Media as _assistant_gateway_v1_Media, Media__Output as _assistant_gateway_v1_Media__Output } from '../../../assistant/gateway/v1/Media';
import type { ToolCall as _assistant_gateway_v1_ToolCall, ToolCall__Output as _assistant_gateway_v1_ToolCall__Output } from '../../../assistant/gateway/v1/ToolCall';
import type { ToolResult as _assistant_gateway_v1_ToolResult, ToolResult__Output as _assistant_gateway_v1_ToolResult__Output } from '../../../assistant/gateway/v1/ToolResult';
import type { Reasoning as _assistant_gateway_v1_Reasoning, Reasoning__Output as _assistant_gateway_v1_Reasoning__Output } from '../../../assistant/gateway/v1/Reasoning';

export interface Part {
  'text'?: (string);
  'media'?: (_assistant_gateway_v1_Media | null);
  'toolCall'?: (_assistant_gateway_v1_ToolCall | null);
  'toolResult'?: (_assistant_gateway_v1_ToolResult | null);
  'reasoning'?: (_assistant_gateway_v1_Reasoning | null);
  'part'?: "text"|"media"|"toolCall"|"toolResult"|"reasoning";
}

export interface Part__Output {
  'text'?: (string);
  'media'?: (_assistant_gateway_v1_Media__Output | null);
  'toolCall'?: (_assistant_gateway_v1_ToolCall__Output | null);
  'toolResult'?: (_assistant_gateway_v1_ToolResult__Output | null);
  'reasoning'?: (_assistant_gateway_v1_Reasoning__Output | null);
  'part'?: "text"|"media"|"toolCall"|"toolResult"|"reasoning";
}
