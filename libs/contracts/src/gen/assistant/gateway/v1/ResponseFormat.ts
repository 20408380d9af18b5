// Original file: protos/assistant/gateway/v1/gateway.proto


// Original file: protos/assistant/gateway/v1/gateway.proto

export const _assistant_gateway_v1_ResponseFormat_Type = {
  TYPE_UNSPECIFIED: 'TYPE_UNSPECIFIED',
  TYPE_TEXT: 'TYPE_TEXT',
  TYPE_JSON_OBJECT: 'TYPE_JSON_OBJECT',
  TYPE_JSON_SCHEMA: 'TYPE_JSON_SCHEMA',
} as const;

export type _assistant_gateway_v1_ResponseFormat_Type =
  | 'TYPE_UNSPECIFIED'
  | 0
  | 'TYPE_TEXT'
  | 1
  | 'TYPE_JSON_OBJECT'
  | 2
  | 'TYPE_JSON_SCHEMA'
  | 3

export type _assistant_gateway_v1_ResponseFormat_Type__Output = typeof _assistant_gateway_v1_ResponseFormat_Type[keyof typeof _assistant_gateway_v1_ResponseFormat_Type]

export interface ResponseFormat {
  'type'?: (_assistant_gateway_v1_ResponseFormat_Type);
  'name'?: (string);
  'schema'?: (string);
  'strict'?: (boolean);
}

export interface ResponseFormat__Output {
  'type': (_assistant_gateway_v1_ResponseFormat_Type__Output);
  'name': (string);
  'schema': (string);
  'strict': (boolean);
}
