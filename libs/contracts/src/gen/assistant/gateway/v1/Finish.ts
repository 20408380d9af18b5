// Original file: protos/assistant/gateway/v1/gateway.proto

import type { FinishReason as _assistant_gateway_v1_FinishReason, FinishReason__Output as _assistant_gateway_v1_FinishReason__Output } from '../../../assistant/gateway/v1/FinishReason';

export interface Finish {
  'choice'?: (number);
  'reason'?: (_assistant_gateway_v1_FinishReason);
  'raw'?: (string);
}

export interface Finish__Output {
  'choice': (number);
  'reason': (_assistant_gateway_v1_FinishReason__Output);
  'raw': (string);
}
