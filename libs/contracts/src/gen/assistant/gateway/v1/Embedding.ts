// Original file: protos/assistant/gateway/v1/gateway.proto


export interface Embedding {
  'values'?: (number | string)[];
}

export interface Embedding__Output {
  'values': (number)[];
}
