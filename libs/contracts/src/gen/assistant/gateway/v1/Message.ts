// Original file: protos/assistant/gateway/v1/gateway.proto

import type { Role as _assistant_gateway_v1_Role, Role__Output as _assistant_gateway_v1_Role__Output } from '../../../assistant/gateway/v1/Role';
import type { Part as _assistant_gateway_v1_Part, Part__Output as _assistant_gateway_v1_Part__Output } from '../../../assistant/gateway/v1/Part';

export interface Message {
  'role'?: (_assistant_gateway_v1_Role);
  'parts'?: (_assistant_gateway_v1_Part)[];
  'name'?: (string);
}

export interface Message__Output {
  'role': (_assistant_gateway_v1_Role__Output);
  'parts': (_assistant_gateway_v1_Part__Output)[];
  'name': (string);
}
