// Original file: protos/assistant/gateway/v1/gateway.proto


export interface ToolCallEnd {
  'choice'?: (number);
  'index'?: (number);
}

export interface ToolCallEnd__Output {
  'choice': (number);
  'index': (number);
}
