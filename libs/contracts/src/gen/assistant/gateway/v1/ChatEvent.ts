// Original file: protos/assistant/gateway/v1/gateway.proto

import type { Started as _assistant_gateway_v1_Started, Started__Output as _assistant_gateway_v1_Started__Output } from '../../../assistant/gateway/v1/Started';
import type { TextDelta as _assistant_gateway_v1_TextDelta, TextDelta__Output as _assistant_gateway_v1_TextDelta__Output } from '../../../assistant/gateway/v1/TextDelta';
import type { ReasoningDelta as _assistant_gateway_v1_ReasoningDelta, ReasoningDelta__Output as _assistant_gateway_v1_ReasoningDelta__Output } from '../../../assistant/gateway/v1/ReasoningDelta';
import type { ToolCallStart as _assistant_gateway_v1_ToolCallStart, ToolCallStart__Output as _assistant_gateway_v1_ToolCallStart__Output } from '../../../assistant/gateway/v1/ToolCallStart';
import type { ToolCallDelta as _assistant_gateway_v1_ToolCallDelta, ToolCallDelta__Output as _assistant_gateway_v1_ToolCallDelta__Output } from '../../../assistant/gateway/v1/ToolCallDelta';
import type { ToolCallEnd as _assistant_gateway_v1_ToolCallEnd, ToolCallEnd__Output as _assistant_gateway_v1_ToolCallEnd__Output } from '../../../assistant/gateway/v1/ToolCallEnd';
import type { MediaDelta as _assistant_gateway_v1_MediaDelta, MediaDelta__Output as _assistant_gateway_v1_MediaDelta__Output } from '../../../assistant/gateway/v1/MediaDelta';
import type { Finish as _assistant_gateway_v1_Finish, Finish__Output as _assistant_gateway_v1_Finish__Output } from '../../../assistant/gateway/v1/Finish';
import type { Usage as _assistant_gateway_v1_Usage, Usage__Output as _assistant_gateway_v1_Usage__Output } from '../../../assistant/gateway/v1/Usage';
import type { Warning as _assistant_gateway_v1_Warning, Warning__Output as _assistant_gateway_v1_Warning__Output } from '../../../assistant/gateway/v1/Warning';
import type { RefusalDelta as _assistant_gateway_v1_RefusalDelta, RefusalDelta__Output as _assistant_gateway_v1_RefusalDelta__Output } from '../../../assistant/gateway/v1/RefusalDelta';

export interface ChatEvent {
  'started'?: (_assistant_gateway_v1_Started | null);
  'textDelta'?: (_assistant_gateway_v1_TextDelta | null);
  'reasoningDelta'?: (_assistant_gateway_v1_ReasoningDelta | null);
  'toolCallStart'?: (_assistant_gateway_v1_ToolCallStart | null);
  'toolCallDelta'?: (_assistant_gateway_v1_ToolCallDelta | null);
  'toolCallEnd'?: (_assistant_gateway_v1_ToolCallEnd | null);
  'media'?: (_assistant_gateway_v1_MediaDelta | null);
  'finish'?: (_assistant_gateway_v1_Finish | null);
  'usage'?: (_assistant_gateway_v1_Usage | null);
  'warning'?: (_assistant_gateway_v1_Warning | null);
  'refusalDelta'?: (_assistant_gateway_v1_RefusalDelta | null);
  'event'?: "started"|"textDelta"|"reasoningDelta"|"toolCallStart"|"toolCallDelta"|"toolCallEnd"|"media"|"finish"|"usage"|"warning"|"refusalDelta";
}

export interface ChatEvent__Output {
  'started'?: (_assistant_gateway_v1_Started__Output | null);
  'textDelta'?: (_assistant_gateway_v1_TextDelta__Output | null);
  'reasoningDelta'?: (_assistant_gateway_v1_ReasoningDelta__Output | null);
  'toolCallStart'?: (_assistant_gateway_v1_ToolCallStart__Output | null);
  'toolCallDelta'?: (_assistant_gateway_v1_ToolCallDelta__Output | null);
  'toolCallEnd'?: (_assistant_gateway_v1_ToolCallEnd__Output | null);
  'media'?: (_assistant_gateway_v1_MediaDelta__Output | null);
  'finish'?: (_assistant_gateway_v1_Finish__Output | null);
  'usage'?: (_assistant_gateway_v1_Usage__Output | null);
  'warning'?: (_assistant_gateway_v1_Warning__Output | null);
  'refusalDelta'?: (_assistant_gateway_v1_RefusalDelta__Output | null);
  'event'?: "started"|"textDelta"|"reasoningDelta"|"toolCallStart"|"toolCallDelta"|"toolCallEnd"|"media"|"finish"|"usage"|"warning"|"refusalDelta";
}
