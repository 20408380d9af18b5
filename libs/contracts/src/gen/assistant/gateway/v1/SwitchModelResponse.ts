// Original file: protos/assistant/gateway/v1/gateway.proto


export interface SwitchModelResponse {
  'previous'?: (string);
  'current'?: (string);
}

export interface SwitchModelResponse__Output {
  'previous': (string);
  'current': (string);
}
