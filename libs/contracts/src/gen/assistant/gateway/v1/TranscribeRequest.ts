// Original file: protos/assistant/gateway/v1/gateway.proto

import type { Media as _assistant_gateway_v1_Media, Media__Output as _assistant_gateway_v1_Media__Output } from '../../../assistant/gateway/v1/Media';

export interface TranscribeRequest {
  'model'?: (string);
  'audio'?: (_assistant_gateway_v1_Media | null);
  'language'?: (string);
  'prompt'?: (string);
}

export interface TranscribeRequest__Output {
  'model': (string);
  'audio': (_assistant_gateway_v1_Media__Output | null);
  'language': (string);
  'prompt': (string);
}
