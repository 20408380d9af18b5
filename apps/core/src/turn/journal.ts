import type { HistoryMessage, Lane, StepRecord, Usage } from '@assistant/contracts';
import type { Bus } from '@assistant/bus';
import { recordedSteps, type Conversation } from './conversation';
import type { Journal } from './types';

export interface OpenJournal extends Journal {
  /** The conversation with what the journal appended: the state on which the commit builds. */
  readonly conversation: Conversation;
}

/** The journal of one turn: its steps are appended to the lane under the same compare-and-set chain as commits. */
export const openJournal = (bus: Bus, lane: Lane, claimed: Conversation, turnId: string, inSeq: number, epoch: number, traceparent: string): OpenJournal => {
  const recorded = recordedSteps(claimed, turnId);
  let conversation = claimed;
  let step = recorded.length;

  const append = async (record: StepRecord): Promise<void> => {
    const lastSequence = await bus.turns.append(lane, record, conversation.lastSequence, traceparent);
    conversation = { ...conversation, lastSequence, open: [...conversation.open, record] };
  };
  const base = () => ({ v: 1, turnId, inSeq, at: Date.now(), epoch, after: claimed.commitSequence, kind: 'step', step: step++ }) as const;

  return {
    recorded,
    get conversation() {
      return conversation;
    },
    model: (message: HistoryMessage, external: readonly string[], usage: Usage | undefined) =>
      append({ ...base(), of: 'model', message, external, ...(usage === undefined ? {} : { usage }) }),
    tools: (messages: readonly HistoryMessage[]) => append({ ...base(), of: 'tool', messages }),
  };
};
