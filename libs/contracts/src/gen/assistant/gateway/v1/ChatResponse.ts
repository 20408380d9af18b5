// Original file: protos/assistant/gateway/v1/gateway.proto

import type { Choice as _assistant_gateway_v1_Choice, Choice__Output as _assistant_gateway_v1_Choice__Output } from '../../../assistant/gateway/v1/Choice';
import type { Usage as _assistant_gateway_v1_Usage, Usage__Output as _assistant_gateway_v1_Usage__Output } from '../../../assistant/gateway/v1/Usage';
import type { Warning as _assistant_gateway_v1_Warning, Warning__Output as _assistant_gateway_v1_Warning__Output } from '../../../assistant/gateway/v1/Warning';

export interface ChatResponse {
  'id'?: (string);
  'model'?: (string);
  'provider'?: (string);
  'choices'?: (_assistant_gateway_v1_Choice)[];
  'usage'?: (_assistant_gateway_v1_Usage | null);
  'warnings'?: (_assistant_gateway_v1_Warning)[];
}

export interface ChatResponse__Output {
  'id': (string);
  'model': (string);
  'provider': (string);
  'choices': (_assistant_gateway_v1_Choice__Output)[];
  'usage': (_assistant_gateway_v1_Usage__Output | null);
  'warnings': (_assistant_gateway_v1_Warning__Output)[];
}
