// Original file: protos/assistant/gateway/v1/gateway.proto

import type { Long } from '@grpc/proto-loader';

export interface Usage {
  'inputTokens'?: (number | string | Long);
  'outputTokens'?: (number | string | Long);
  'cachedInputTokens'?: (number | string | Long);
  'cacheWriteTokens'?: (number | string | Long);
  'reasoningTokens'?: (number | string | Long);
}

export interface Usage__Output {
  'inputTokens': (number);
  'outputTokens': (number);
  'cachedInputTokens': (number);
  'cacheWriteTokens': (number);
  'reasoningTokens': (number);
}
