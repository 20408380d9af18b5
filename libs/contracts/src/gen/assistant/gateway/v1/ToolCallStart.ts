// Original file: protos/assistant/gateway/v1/gateway.proto


export interface ToolCallStart {
  'choice'?: (number);
  'index'?: (number);
  'id'?: (string);
  'name'?: (string);
}

export interface ToolCallStart__Output {
  'choice': (number);
  'index': (number);
  'id': (string);
  'name': (string);
}
