// Original file: protos/assistant/toolbox/v1/toolbox.proto

import type { ToolError as _assistant_toolbox_v1_ToolError, ToolError__Output as _assistant_toolbox_v1_ToolError__Output } from '../../../assistant/toolbox/v1/ToolError';

export interface Result {
  'ok'?: (boolean);
  'content'?: (string);
  'error'?: (_assistant_toolbox_v1_ToolError | null);
  'truncated'?: (boolean);
}

export interface Result__Output {
  'ok': (boolean);
  'content': (string);
  'error': (_assistant_toolbox_v1_ToolError__Output | null);
  'truncated': (boolean);
}
