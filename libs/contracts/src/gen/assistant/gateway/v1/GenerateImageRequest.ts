// Original file: protos/assistant/gateway/v1/gateway.proto


export interface GenerateImageRequest {
  'model'?: (string);
  'prompt'?: (string);
  'count'?: (number);
  'size'?: (string);
  '_count'?: "count";
}

export interface GenerateImageRequest__Output {
  'model': (string);
  'prompt': (string);
  'count'?: (number);
  'size': (string);
  '_count'?: "count";
}
