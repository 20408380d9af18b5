// Original file: protos/assistant/gateway/v1/gateway.proto


export interface SwitchModelRequest {
  'model'?: (string);
}

export interface SwitchModelRequest__Output {
  'model': (string);
}
