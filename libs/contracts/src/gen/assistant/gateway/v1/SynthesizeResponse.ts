// Original file: protos/assistant/gateway/v1/gateway.proto

import type { Media as _assistant_gateway_v1_Media, Media__Output as _assistant_gateway_v1_Media__Output } from '../../../assistant/gateway/v1/Media';

export interface SynthesizeResponse {
  'model'?: (string);
  'provider'?: (string);
  'audio'?: (_assistant_gateway_v1_Media | null);
}

export interface SynthesizeResponse__Output {
  'model': (string);
  'provider': (string);
  'audio': (_assistant_gateway_v1_Media__Output | null);
}
