// Original file: protos/assistant/toolbox/v1/toolbox.proto


export interface LocalText {
  'en'?: (string);
  'zh'?: (string);
}

export interface LocalText__Output {
  'en': (string);
  'zh': (string);
}
