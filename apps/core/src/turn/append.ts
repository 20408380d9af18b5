import { crashPoint, ERRORS, isErrorCode, recentToken, type CommitRecord, type Lane, type TurnStatus } from '@assistant/contracts';
import type { Bus } from '@assistant/bus';
import { metrics, type Span } from '@assistant/telemetry';
import { historyEntry, withinBudget, type Conversation } from './conversation';
import type { Item } from './item';
import type { Outcome } from './types';

/** How many inbound ids a conversation remembers, against duplicates older than the stream's window. */
const RECENT_IDS = 64;

export interface Ending extends Omit<Outcome, 'status'> {
  readonly status: TurnStatus;
}

export interface AppendInput {
  readonly bus: Bus;
  readonly lane: Lane;
  readonly turnId: string;
  readonly items: readonly [Item, ...Item[]];
  readonly conversation: Conversation;
  readonly ending: Ending;
  /** Every message of the lane up to here is done once this turn is. */
  readonly inSeq: number;
  readonly historyTokens: number;
  readonly epoch: number;
  readonly span: Span;
}

/**
 * Ends a turn by one compare-and-set append: commit, history entry and outbox entry at once, so there is nothing to
 * keep in step. Returns the conversation as it is now. Throws `LaneConflict` when another owner was faster.
 */
export const append = async (input: AppendInput): Promise<Conversation> => {
  const { bus, lane, turnId, items, conversation, ending, epoch, span } = input;
  const [first] = items;
  const past = ending.session?.startOver === true ? [] : conversation.history;
  // The record's own sequence is not known yet: 0 stands for it.
  const kept = withinBudget([...past, ...(ending.history.length > 0 ? [historyEntry(0, ending.history)] : [])], input.historyTokens);
  const { startOver: _forgotten, ...changes } = ending.session ?? {};
  const session = { ...conversation.session, ...changes, window: kept[0]?.sequence ?? 0 };
  const inIds = items.map(({ event }) => event.id);
  const recent = [...conversation.recent, ...inIds.map(recentToken)].slice(-RECENT_IDS);
  const record: CommitRecord = {
    v: 1,
    kind: 'commit',
    turnId,
    inSeq: input.inSeq,
    inIds,
    at: Date.now(),
    epoch,
    after: conversation.commitSequence,
    status: ending.status,
    to: first.event.from,
    replies: ending.replies,
    history: ending.history,
    session,
    recent,
    acceptedAt: Date.parse(first.event.receivedAt),
    waitedMs: Math.round(ending.waitedMs),
    traceId: span.traceId,
    ...(ending.model === undefined ? {} : { model: ending.model }),
    ...(ending.usage === undefined ? {} : { usage: ending.usage }),
    // The reason in its own words is in the log; a person's page shows what the code means.
    ...(ending.error === undefined
      ? {}
      : { error: { code: ending.error.code, message: isErrorCode(ending.error.code) ? ERRORS[ending.error.code].remedy : '' } }),
  };
  crashPoint('core-before-commit');
  const sequence = await bus.turns.append(lane, record, conversation.lastSequence, span.traceparent);
  crashPoint('core-after-commit');
  metrics.turns.inc({ status: ending.status });
  bus.publishLive(lane, { kind: 'committed', turnId, turnSeq: sequence });
  return {
    lastSequence: sequence,
    commitSequence: sequence,
    inSeq: input.inSeq,
    recent,
    session,
    history: kept.map((entry) => (entry.sequence === 0 ? { ...entry, sequence } : entry)),
    open: [],
  };
};
