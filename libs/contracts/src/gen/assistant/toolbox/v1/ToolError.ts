// Original file: protos/assistant/toolbox/v1/toolbox.proto


export interface ToolError {
  'code'?: (string);
  'message'?: (string);
  'hint'?: (string);
  'retryable'?: (boolean);
}

export interface ToolError__Output {
  'code': (string);
  'message': (string);
  'hint': (string);
  'retryable': (boolean);
}
