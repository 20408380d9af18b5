// Original file: protos/assistant/toolbox/v1/toolbox.proto

import type { Progress as _assistant_toolbox_v1_Progress, Progress__Output as _assistant_toolbox_v1_Progress__Output } from '../../../assistant/toolbox/v1/Progress';
import type { Result as _assistant_toolbox_v1_Result, Result__Output as _assistant_toolbox_v1_Result__Output } from '../../../assistant/toolbox/v1/Result';

export interface InvokeEvent {
  'progress'?: (_assistant_toolbox_v1_Progress | null);
  'result'?: (_assistant_toolbox_v1_Result | null);
  'event'?: "progress"|"result";
}

export interface InvokeEvent__Output {
  'progress'?: (_assistant_toolbox_v1_Progress__Output | null);
  'result'?: (_assistant_toolbox_v1_Result__Output | null);
  'event'?: "progress"|"result";
}
