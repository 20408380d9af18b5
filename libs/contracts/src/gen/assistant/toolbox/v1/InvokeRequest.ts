// Original file: protos/assistant/toolbox/v1/toolbox.proto

import type { Caller as _assistant_toolbox_v1_Caller, Caller__Output as _assistant_toolbox_v1_Caller__Output } from '../../../assistant/toolbox/v1/Caller';

export interface InvokeRequest {
  'tool'?: (string);
  'arguments'?: (string);
  'idempotencyKey'?: (string);
  'caller'?: (_assistant_toolbox_v1_Caller | null);
}

export interface InvokeRequest__Output {
  'tool': (string);
  'arguments': (string);
  'idempotencyKey': (string);
  'caller': (_assistant_toolbox_v1_Caller__Output | null);
}
