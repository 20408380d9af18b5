// Original file: protos/assistant/gateway/v1/gateway.proto


export interface Started {
  'id'?: (string);
  'model'?: (string);
  'provider'?: (string);
}

export interface Started__Output {
  'id': (string);
  'model': (string);
  'provider': (string);
}
