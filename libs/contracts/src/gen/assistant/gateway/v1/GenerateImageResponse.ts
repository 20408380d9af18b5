// Original file: protos/assistant/gateway/v1/gateway.proto

import type { Media as _assistant_gateway_v1_Media, Media__Output as _assistant_gateway_v1_Media__Output } from '../../../assistant/gateway/v1/Media';

export interface GenerateImageResponse {
  'model'?: (string);
  'provider'?: (string);
  'images'?: (_assistant_gateway_v1_Media)[];
}

export interface GenerateImageResponse__Output {
  'model': (string);
  'provider': (string);
  'images': (_assistant_gateway_v1_Media__Output)[];
}
