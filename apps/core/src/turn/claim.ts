import { recentToken, turnIdOf, type BeginRecord, type Lane } from '@assistant/contracts';
import type { Bus } from '@assistant/bus';
import { begunTimes, type Conversation } from './conversation';
import type { Item } from './item';

/**
 * A message over which its owner died this often is set aside (docs/decisions/0007). Three would be enough for the guilty
 * one, but an innocent one that runs beside it must not be taken for it.
 */
export const MAX_BEGINS = 5;

export type Claim =
  /** Ours to answer, on this state of the conversation. */
  | { readonly kind: 'claimed'; readonly turnId: string; readonly conversation: Conversation; readonly items: readonly [Item, ...Item[]] }
  /** Committed before: nothing to do. */
  | { readonly kind: 'done' }
  /** Its owners died over it. */
  | {
      readonly kind: 'poison';
      readonly turnId: string;
      readonly conversation: Conversation;
      readonly items: readonly [Item, ...Item[]];
      readonly attempts: number;
    };

/** True when this message has a committed turn already. */
export const isAnswered = (conversation: Conversation, item: Item): boolean =>
  item.sequence <= conversation.inSeq || conversation.recent.includes(recentToken(item.event.id));

/**
 * Claims messages for a turn: leaves out what is answered, and counts in the log how often a message that an
 * earlier owner may have died over was begun. Throws `LaneConflict` when another owner is at work.
 */
export const claim = async (bus: Bus, lane: Lane, conversation: Conversation, items: readonly Item[], epoch: number): Promise<Claim> => {
  const [first, ...rest] = items.filter((item) => !isAnswered(conversation, item));
  if (first === undefined) return { kind: 'done' };
  const turnId = turnIdOf(first.event.id);
  if (!first.suspect) return { kind: 'claimed', turnId, conversation, items: [first, ...rest] };
  const attempt = begunTimes(conversation, turnId) + 1;
  if (attempt >= MAX_BEGINS) return { kind: 'poison', turnId, conversation, items: [first, ...rest], attempts: attempt };
  const record: BeginRecord = { v: 1, kind: 'begin', turnId, inSeq: first.sequence, at: Date.now(), epoch, after: conversation.commitSequence, attempt };
  const lastSequence = await bus.turns.append(lane, record, conversation.lastSequence, first.traceparent);
  return { kind: 'claimed', turnId, conversation: { ...conversation, lastSequence, open: [...conversation.open, record] }, items: [first, ...rest] };
};
