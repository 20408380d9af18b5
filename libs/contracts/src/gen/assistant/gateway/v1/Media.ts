// Original file: protos/assistant/gateway/v1/gateway.proto


export interface Media {
  'mime'?: (string);
  'name'?: (string);
  'data'?: (Buffer | Uint8Array | string);
  'uri'?: (string);
  'detail'?: (string);
  'source'?: "data"|"uri";
}

export interface Media__Output {
  'mime': (string);
  'name': (string);
  'data'?: (Buffer);
  'uri'?: (string);
  'detail': (string);
  'source'?: "data"|"uri";
}
