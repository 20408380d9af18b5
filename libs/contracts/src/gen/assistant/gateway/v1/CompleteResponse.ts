// Original file: protos/assistant/gateway/v1/gateway.proto

import type { FinishReason as _assistant_gateway_v1_FinishReason, FinishReason__Output as _assistant_gateway_v1_FinishReason__Output } from '../../../assistant/gateway/v1/FinishReason';
import type { Usage as _assistant_gateway_v1_Usage, Usage__Output as _assistant_gateway_v1_Usage__Output } from '../../../assistant/gateway/v1/Usage';

export interface CompleteResponse {
  'id'?: (string);
  'model'?: (string);
  'provider'?: (string);
  'text'?: (string);
  'finishReason'?: (_assistant_gateway_v1_FinishReason);
  'usage'?: (_assistant_gateway_v1_Usage | null);
}

export interface CompleteResponse__Output {
  'id': (string);
  'model': (string);
  'provider': (string);
  'text': (string);
  'finishReason': (_assistant_gateway_v1_FinishReason__Output);
  'usage': (_assistant_gateway_v1_Usage__Output | null);
}
