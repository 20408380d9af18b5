// Original file: protos/assistant/gateway/v1/gateway.proto


export interface ToolResult {
  'id'?: (string);
  'name'?: (string);
  'content'?: (string);
  'isError'?: (boolean);
}

export interface ToolResult__Output {
  'id': (string);
  'name': (string);
  'content': (string);
  'isError': (boolean);
}
