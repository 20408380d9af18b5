// Original file: protos/assistant/gateway/v1/gateway.proto


export interface RefusalDelta {
  'choice'?: (number);
  'text'?: (string);
}

export interface RefusalDelta__Output {
  'choice': (number);
  'text': (string);
}
