// Original file: protos/assistant/toolbox/v1/toolbox.proto

import type { LocalText as _assistant_toolbox_v1_LocalText, LocalText__Output as _assistant_toolbox_v1_LocalText__Output } from '../../../assistant/toolbox/v1/LocalText';

export interface ToolDescriptor {
  'name'?: (string);
  'title'?: (_assistant_toolbox_v1_LocalText | null);
  'description'?: (string);
  'inputSchema'?: (string);
  'risk'?: (string);
  'effects'?: (string);
  'retrySafe'?: (boolean);
  'readsPrivate'?: (boolean);
  'ingestsUntrusted'?: (boolean);
  'timeoutMs'?: (number);
}

export interface ToolDescriptor__Output {
  'name': (string);
  'title': (_assistant_toolbox_v1_LocalText__Output | null);
  'description': (string);
  'inputSchema': (string);
  'risk': (string);
  'effects': (string);
  'retrySafe': (boolean);
  'readsPrivate': (boolean);
  'ingestsUntrusted': (boolean);
  'timeoutMs': (number);
}
