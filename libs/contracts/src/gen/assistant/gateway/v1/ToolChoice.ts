// Original file: protos/assistant/gateway/v1/gateway.proto


// Original file: protos/assistant/gateway/v1/gateway.proto

export const _assistant_gateway_v1_ToolChoice_Mode = {
  MODE_UNSPECIFIED: 'MODE_UNSPECIFIED',
  MODE_AUTO: 'MODE_AUTO',
  MODE_NONE: 'MODE_NONE',
  MODE_REQUIRED: 'MODE_REQUIRED',
} as const;

export type _assistant_gateway_v1_ToolChoice_Mode =
  | 'MODE_UNSPECIFIED'
  | 0
  | 'MODE_AUTO'
  | 1
  | 'MODE_NONE'
  | 2
  | 'MODE_REQUIRED'
  | 3

export type _assistant_gateway_v1_ToolChoice_Mode__Output = typeof _assistant_gateway_v1_ToolChoice_Mode[keyof typeof _assistant_gateway_v1_ToolChoice_Mode]

export interface ToolChoice {
  'mode'?: (_assistant_gateway_v1_ToolChoice_Mode);
  'tool'?: (string);
  'choice'?: "mode"|"tool";
}

export interface ToolChoice__Output {
  'mode'?: (_assistant_gateway_v1_ToolChoice_Mode__Output);
  'tool'?: (string);
  'choice'?: "mode"|"tool";
}
