import type { CommitRecord, HistoryMessage, Lane, SessionState, StepRecord, TurnRecord } from '@assistant/contracts';
import type { LaneLog, Stored } from '@assistant/bus';

/** One committed turn as far as the model needs it. */
export interface HistoryEntry {
  /** TURN sequence of its commit. */
  readonly sequence: number;
  readonly messages: readonly HistoryMessage[];
  readonly tokens: number;
}

/** What the owner of a lane keeps in memory; everything in it can be read back from TURN. */
export interface Conversation {
  /** Sequence of the lane's newest record: what the next append expects. */
  readonly lastSequence: number;
  /** Sequence of the newest commit, 0 = none. */
  readonly commitSequence: number;
  /** Every inbound message up to here is answered. */
  readonly inSeq: number;
  readonly recent: readonly string[];
  readonly session: SessionState;
  readonly history: readonly HistoryEntry[];
  /** Records after the newest commit: a turn that was begun and not ended. */
  readonly open: readonly Exclude<TurnRecord, CommitRecord>[];
}

export const EMPTY_CONVERSATION: Conversation = {
  lastSequence: 0,
  commitSequence: 0,
  inSeq: 0,
  recent: [],
  session: { window: 0 },
  history: [],
  open: [],
};

const sum = (messages: readonly HistoryMessage[]): number => messages.reduce((total, { tokens }) => total + tokens, 0);

export const historyEntry = (sequence: number, messages: readonly HistoryMessage[]): HistoryEntry => ({ sequence, messages, tokens: sum(messages) });

/** Reads a conversation back: its newest record, the records of an unfinished turn, and the history's window. */
export const loadConversation = async (turns: LaneLog<TurnRecord>, lane: Lane): Promise<Conversation> => {
  const last = await turns.last(lane);
  if (last === undefined) return EMPTY_CONVERSATION;
  const commit = await newestCommit(turns, lane, last);
  const open = last.record.kind === 'commit' ? [] : await openRecords(turns, lane, last.record.after + 1);
  if (commit === undefined) return { ...EMPTY_CONVERSATION, lastSequence: last.sequence, open };
  const { record, sequence } = commit;
  return {
    lastSequence: last.sequence,
    commitSequence: sequence,
    inSeq: record.inSeq,
    recent: record.recent,
    session: record.session,
    history: await loadHistory(turns, lane, record.session.window || sequence, sequence),
    open,
  };
};

const newestCommit = async (turns: LaneLog<TurnRecord>, lane: Lane, last: Stored<TurnRecord>): Promise<Stored<CommitRecord> | undefined> => {
  if (last.record.kind === 'commit') return { sequence: last.sequence, record: last.record };
  const before = last.record.after === 0 ? undefined : await turns.at(lane, last.record.after);
  return before?.record.kind === 'commit' ? { sequence: before.sequence, record: before.record } : undefined;
};

const openRecords = async (turns: LaneLog<TurnRecord>, lane: Lane, from: number): Promise<Conversation['open']> => {
  const records: Exclude<TurnRecord, CommitRecord>[] = [];
  for await (const { record } of turns.from(lane, from)) if (record.kind !== 'commit') records.push(record);
  return records;
};

const loadHistory = async (turns: LaneLog<TurnRecord>, lane: Lane, from: number, upTo: number): Promise<readonly HistoryEntry[]> => {
  const entries: HistoryEntry[] = [];
  for await (const { record, sequence } of turns.from(lane, from)) {
    if (record.kind === 'commit' && record.history.length > 0) entries.push(historyEntry(sequence, record.history));
    if (sequence >= upTo) break;
  }
  return entries;
};

/** The newest entries that fit the budget together; the very last one always stays, however long it is. */
export const withinBudget = (history: readonly HistoryEntry[], budgetTokens: number): readonly HistoryEntry[] => {
  let total = 0;
  for (let index = history.length - 1; index >= 0; index--) {
    total += history[index]?.tokens ?? 0;
    if (total > budgetTokens && index < history.length - 1) return history.slice(index + 1);
  }
  return history;
};

/** What an earlier owner recorded of this turn. */
export const recordedSteps = (conversation: Conversation, turnId: string): readonly StepRecord[] =>
  conversation.open.flatMap((record) => (record.kind === 'step' && record.turnId === turnId ? [record] : []));

/** How often this turn was begun by an owner that then died. */
export const begunTimes = (conversation: Conversation, turnId: string): number =>
  conversation.open.filter((record) => record.kind === 'begin' && record.turnId === turnId).length;
