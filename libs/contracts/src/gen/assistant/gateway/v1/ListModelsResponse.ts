// Original file: protos/assistant/gateway/v1/gateway.proto

import type { ModelInfo as _assistant_gateway_v1_ModelInfo, ModelInfo__Output as _assistant_gateway_v1_ModelInfo__Output } from '../../../assistant/gateway/v1/ModelInfo';

export interface ListModelsResponse {
  'models'?: (_assistant_gateway_v1_ModelInfo)[];
}

export interface ListModelsResponse__Output {
  'models': (_assistant_gateway_v1_ModelInfo__Output)[];
}
