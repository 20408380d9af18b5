// Original file: protos/assistant/gateway/v1/gateway.proto


export interface SynthesizeRequest {
  'model'?: (string);
  'input'?: (string);
  'voice'?: (string);
  'format'?: (string);
  'speed'?: (number | string);
  '_speed'?: "speed";
}

export interface SynthesizeRequest__Output {
  'model': (string);
  'input': (string);
  'voice': (string);
  'format': (string);
  'speed'?: (number);
  '_speed'?: "speed";
}
