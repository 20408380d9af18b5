// Original file: protos/assistant/gateway/v1/gateway.proto


export interface EmbedRequest {
  'model'?: (string);
  'inputs'?: (string)[];
  'dimensions'?: (number);
  '_dimensions'?: "dimensions";
}

export interface EmbedRequest__Output {
  'model': (string);
  'inputs': (string)[];
  'dimensions'?: (number);
  '_dimensions'?: "dimensions";
}
