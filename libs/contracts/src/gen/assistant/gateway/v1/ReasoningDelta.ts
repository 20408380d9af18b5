// Original file: protos/assistant/gateway/v1/gateway.proto


export interface ReasoningDelta {
  'choice'?: (number);
  'text'?: (string);
  'signature'?: (string);
}

export interface ReasoningDelta__Output {
  'choice': (number);
  'text': (string);
  'signature': (string);
}
