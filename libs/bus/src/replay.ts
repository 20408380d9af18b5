import { AssistantError, inboundEventSchema, turnRecordSchema, type CommitRecord } from '@assistant/contracts';
import type { Bus, DeadLetter } from './bus';

export interface Replayed {
  /** False when this letter was replayed before: nothing was done. */
  readonly fresh: boolean;
  readonly into: 'IN' | 'TURN';
  readonly sequence: number;
}

/**
 * Puts a dead letter back on the road, at the end of its conversation and marked as replayed. Replaying the same
 * letter twice is harmless: its new id is made of the letter's. The letter itself stays until it is dropped.
 * Throws `not_found`, or `bad_request` for a letter that cannot be replayed.
 */
export const replayDeadLetter = async (bus: Bus, id: number): Promise<Replayed> => {
  const letter = await bus.dead.get(id);
  if (letter === undefined) throw new AssistantError('not_found', `there is no dead letter ${id}`);
  switch (letter.stage) {
    case 'turn':
      return replayMessage(bus, letter);
    case 'delivery':
      return replayAnswer(bus, letter);
    default:
      throw new AssistantError(
        'bad_request',
        `dead letter ${id} is of stage ${letter.stage}: its bytes could not be read as a message, so there is nothing to replay`,
      );
  }
};

const jsonOf = (letter: DeadLetter): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(letter.data));
  } catch {
    return undefined;
  }
};

const replayMessage = async (bus: Bus, letter: DeadLetter): Promise<Replayed> => {
  const parsed = inboundEventSchema.safeParse(jsonOf(letter));
  if (!parsed.success) throw new AssistantError('bad_request', `dead letter ${letter.id} is not a readable message`);
  const event = { ...parsed.data, id: `replay:${letter.id}:${parsed.data.id}`, replayed: letter.id, receivedAt: new Date().toISOString() };
  const { sequence, duplicate } = await bus.publishInbound(event, letter.traceparent);
  return { fresh: !duplicate, into: 'IN', sequence };
};

/** The answer exists already: its replies are committed once more, as a turn that answers nothing new. */
const replayAnswer = async (bus: Bus, letter: DeadLetter): Promise<Replayed> => {
  const parsed = turnRecordSchema.safeParse(jsonOf(letter));
  if (!parsed.success || parsed.data.kind !== 'commit') throw new AssistantError('bad_request', `dead letter ${letter.id} is not a readable answer`);
  const last = await bus.turns.last(letter.lane);
  const turnId = `replay-${letter.id}`;
  const before = last?.record.kind === 'commit' ? last : undefined;
  if (last !== undefined && before === undefined) throw new AssistantError('overloaded', 'the conversation is at work; replay again in a moment');
  if (last?.record.turnId === turnId) return { fresh: false, into: 'TURN', sequence: last.sequence };
  const answer = parsed.data;
  const record: CommitRecord = {
    ...answer,
    turnId,
    at: Date.now(),
    history: [],
    after: last?.sequence ?? 0,
    inSeq: before?.record.kind === 'commit' ? before.record.inSeq : answer.inSeq,
    session: before?.record.kind === 'commit' ? { ...before.record.session, window: before.record.session.window || before.sequence } : answer.session,
    recent: before?.record.kind === 'commit' ? before.record.recent : answer.recent,
  };
  return { fresh: true, into: 'TURN', sequence: await bus.turns.append(letter.lane, record, last?.sequence ?? 0, letter.traceparent) };
};
