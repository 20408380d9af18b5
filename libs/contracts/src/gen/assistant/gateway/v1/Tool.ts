// Original file: protos/assistant/gateway/v1/gateway.proto


export interface Tool {
  'name'?: (string);
  'description'?: (string);
  'parameters'?: (string);
  'strict'?: (boolean);
}

export interface Tool__Output {
  'name': (string);
  'description': (string);
  'parameters': (string);
  'strict': (boolean);
}
