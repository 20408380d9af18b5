import type { ModelStepRecord, StepRecord, ToolStepRecord } from '@assistant/contracts';

/** One model answer an earlier owner recorded, with the results of its calls where those were recorded too. */
export interface RecordedRound {
  readonly model: ModelStepRecord;
  readonly tools: ToolStepRecord | undefined;
}

/** The journal's steps as rounds. A result without its model answer cannot be, and is passed over. */
export const recordedRounds = (recorded: readonly StepRecord[]): readonly RecordedRound[] =>
  recorded.flatMap((step, index) => {
    if (step.of !== 'model') return [];
    const next = recorded[index + 1];
    return [{ model: step, tools: next?.of === 'tool' ? next : undefined }];
  });
