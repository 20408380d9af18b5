// Original file: protos/assistant/gateway/v1/gateway.proto


export interface CompleteRequest {
  'model'?: (string);
  'prompt'?: (string);
  'maxOutputTokens'?: (number);
  'temperature'?: (number | string);
  'topP'?: (number | string);
  'stop'?: (string)[];
  '_maxOutputTokens'?: "maxOutputTokens";
  '_temperature'?: "temperature";
  '_topP'?: "topP";
}

export interface CompleteRequest__Output {
  'model': (string);
  'prompt': (string);
  'maxOutputTokens'?: (number);
  'temperature'?: (number);
  'topP'?: (number);
  'stop': (string)[];
  '_maxOutputTokens'?: "maxOutputTokens";
  '_temperature'?: "temperature";
  '_topP'?: "topP";
}
