// Original file: protos/assistant/toolbox/v1/toolbox.proto


export interface Progress {
  'message'?: (string);
}

export interface Progress__Output {
  'message': (string);
}
