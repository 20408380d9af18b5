// Original file: protos/assistant/gateway/v1/gateway.proto

import type { Embedding as _assistant_gateway_v1_Embedding, Embedding__Output as _assistant_gateway_v1_Embedding__Output } from '../../../assistant/gateway/v1/Embedding';
import type { Usage as _assistant_gateway_v1_Usage, Usage__Output as _assistant_gateway_v1_Usage__Output } from '../../../assistant/gateway/v1/Usage';

export interface EmbedResponse {
  'model'?: (string);
  'provider'?: (string);
  'embeddings'?: (_assistant_gateway_v1_Embedding)[];
  'usage'?: (_assistant_gateway_v1_Usage | null);
}

export interface EmbedResponse__Output {
  'model': (string);
  'provider': (string);
  'embeddings': (_assistant_gateway_v1_Embedding__Output)[];
  'usage': (_assistant_gateway_v1_Usage__Output | null);
}
