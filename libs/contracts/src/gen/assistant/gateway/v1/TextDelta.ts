// Original file: protos/assistant/gateway/v1/gateway.proto


export interface TextDelta {
  'choice'?: (number);
  'text'?: (string);
}

export interface TextDelta__Output {
  'choice': (number);
  'text': (string);
}
