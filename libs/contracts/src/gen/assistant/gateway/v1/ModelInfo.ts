// Original file: protos/assistant/gateway/v1/gateway.proto

import type { Long } from '@grpc/proto-loader';

export interface ModelInfo {
  'id'?: (string);
  'provider'?: (string);
  'model'?: (string);
  'kind'?: (string);
  'isDefault'?: (boolean);
  'contextTokens'?: (number | string | Long);
  'tools'?: (boolean);
  'vision'?: (boolean);
}

export interface ModelInfo__Output {
  'id': (string);
  'provider': (string);
  'model': (string);
  'kind': (string);
  'isDefault': (boolean);
  'contextTokens': (number);
  'tools': (boolean);
  'vision': (boolean);
}
