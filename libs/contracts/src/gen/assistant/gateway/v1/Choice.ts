// Original file: protos/assistant/gateway/v1/gateway.proto

import type { Message as _assistant_gateway_v1_Message, Message__Output as _assistant_gateway_v1_Message__Output } from '../../../assistant/gateway/v1/Message';
import type { FinishReason as _assistant_gateway_v1_FinishReason, FinishReason__Output as _assistant_gateway_v1_FinishReason__Output } from '../../../assistant/gateway/v1/FinishReason';

export interface Choice {
  'message'?: (_assistant_gateway_v1_Message | null);
  'finishReason'?: (_assistant_gateway_v1_FinishReason);
  'rawFinishReason'?: (string);
  'refusal'?: (string);
}

export interface Choice__Output {
  'message': (_assistant_gateway_v1_Message__Output | null);
  'finishReason': (_assistant_gateway_v1_FinishReason__Output);
  'rawFinishReason': (string);
  'refusal': (string);
}
