// Original file: protos/assistant/gateway/v1/gateway.proto


export interface TranscribeResponse {
  'model'?: (string);
  'provider'?: (string);
  'text'?: (string);
}

export interface TranscribeResponse__Output {
  'model': (string);
  'provider': (string);
  'text': (string);
}
