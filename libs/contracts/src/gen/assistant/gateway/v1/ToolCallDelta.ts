// Original file: protos/assistant/gateway/v1/gateway.proto


export interface ToolCallDelta {
  'choice'?: (number);
  'index'?: (number);
  'fragment'?: (string);
}

export interface ToolCallDelta__Output {
  'choice': (number);
  'index': (number);
  'fragment': (string);
}
