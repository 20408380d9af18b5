// Original file: protos/assistant/gateway/v1/gateway.proto


export interface Reasoning {
  'text'?: (string);
  'signature'?: (string);
}

export interface Reasoning__Output {
  'text': (string);
  'signature': (string);
}
