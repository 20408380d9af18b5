// Original file: protos/assistant/toolbox/v1/toolbox.proto


export interface Caller {
  'tenant'?: (string);
  'platform'?: (string);
  'account'?: (string);
  'conversation'?: (string);
  'userId'?: (string);
  'language'?: (string);
  'timeZone'?: (string);
}

export interface Caller__Output {
  'tenant': (string);
  'platform': (string);
  'account': (string);
  'conversation': (string);
  'userId': (string);
  'language': (string);
  'timeZone': (string);
}
