import type { Bus, LaneLog, Stored } from '@assistant/bus';
import type { CommitRecord, LiveEvent, TurnRecord } from '@assistant/contracts';
import { silentLogger } from '@assistant/telemetry';
import fc from 'fast-check';
import { destinationOf, newChatId } from './conversation';
import { followLane, type FeedEvent } from './feed';

const to = destinationOf(newChatId('v'.repeat(22)));
const base = { v: 1 as const, inSeq: 1, at: 0, epoch: 1, after: 0 };
const commit = (turnId: string): CommitRecord => ({
  ...base,
  turnId,
  kind: 'commit',
  inIds: [],
  status: 'answered',
  to,
  replies: [],
  history: [],
  session: { window: 0 },
  recent: [],
  acceptedAt: 0,
  waitedMs: 0,
  traceId: '',
});
const step = (turnId: string): TurnRecord => ({
  ...base,
  turnId,
  kind: 'step',
  of: 'model',
  step: 1,
  external: [],
  message: { role: 'assistant', parts: [{ type: 'tool-call', id: 'c', name: 'clock', arguments: '{}' }], tokens: 1, at: 0 },
});

/** A turn log and a live channel in memory. */
class Lane {
  readonly records: Stored<TurnRecord>[] = [];
  failing = false;
  #listener: (event: LiveEvent) => void = () => undefined;

  readonly bus: Pick<Bus, 'turns' | 'subscribeLive'> = {
    turns: this.#log(),
    subscribeLive: (_lane, listener) => {
      this.#listener = listener;
      return { stop: () => (this.#listener = () => undefined) };
    },
  };

  #log(): LaneLog<TurnRecord> {
    const { records } = this;
    const broken = (): boolean => this.failing;
    return {
      last: () => Promise.resolve(records.at(-1)),
      at: (_lane, sequence) => Promise.resolve(records.find((stored) => stored.sequence === sequence)),
      append: () => Promise.reject(new Error('read only')),
      from: async function* (_lane, sequence) {
        if (broken()) throw new Error('the store is away');
        for (const stored of records) if (stored.sequence >= sequence) yield stored;
      },
    };
  }

  append(record: TurnRecord, announce: boolean): void {
    const sequence = (this.records.at(-1)?.sequence ?? 0) + 3;
    this.records.push({ sequence, record });
    if (announce && record.kind === 'commit') this.say({ kind: 'committed', turnId: record.turnId, turnSeq: sequence });
  }

  say(event: LiveEvent): void {
    this.#listener(event);
  }
}

const read = async (lane: Lane, after: number, enough: (events: readonly FeedEvent[]) => boolean, recheckMs = 5000): Promise<readonly FeedEvent[]> => {
  const events: FeedEvent[] = [];
  for await (const event of followLane({ bus: lane.bus, lane: to, after, log: silentLogger, signal: AbortSignal.timeout(10_000), recheckMs })) {
    events.push(event);
    if (enough(events)) break;
  }
  return events;
};
const commits = (events: readonly FeedEvent[]): readonly number[] => events.flatMap((event) => (event.kind === 'commit' ? [event.stored.sequence] : []));

describe('following a conversation', () => {
  it('gives every commit once and in order, wherever it is cut off and resumed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('commit', 'step'), { minLength: 1, maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }),
        async (kinds, cuts) => {
          const lane = new Lane();
          for (const [index, kind] of kinds.entries()) lane.append(kind === 'commit' ? commit(`t${index}`) : step(`t${index}`), false);
          const wanted = lane.records.flatMap(({ sequence, record }) => (record.kind === 'commit' ? [sequence] : []));
          const seen: number[] = [];
          for (let round = 0; seen.length < wanted.length; round++) {
            const cut = cuts[round % cuts.length] ?? 1;
            seen.push(...commits(await read(lane, seen.at(-1) ?? 0, (events) => commits(events).length >= Math.min(cut, wanted.length - seen.length))));
          }
          expect(seen).toEqual(wanted);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('finds a commit at once when it is announced, and by itself when it is not', async () => {
    for (const announced of [true, false]) {
      const lane = new Lane();
      const reading = read(lane, 0, (events) => events.length === 2, announced ? 60_000 : 20);
      setImmediate(() => {
        lane.say({ kind: 'snapshot', turnId: 't', sequence: 1, text: 'growing' });
        setImmediate(() => lane.append(commit('t'), announced));
      });
      expect((await reading).map(({ kind }) => kind)).toEqual(['snapshot', 'commit']);
    }
  });

  it('shows nothing of a turn after its commit', async () => {
    const lane = new Lane();
    const reading = read(lane, 0, (events) => commits(events).length === 2);
    setImmediate(() => {
      lane.append(commit('t'), true);
      lane.say({ kind: 'snapshot', turnId: 't', sequence: 9, text: 'late' });
      setImmediate(() => lane.append(commit('u'), true));
    });
    expect((await reading).map(({ kind }) => kind)).toEqual(['commit', 'commit']);
  });

  it('shows the tool calls of a turn that already runs', async () => {
    const lane = new Lane();
    lane.append(commit('old'), false);
    lane.append(step('t'), false);
    expect(await read(lane, 3, (events) => events.length === 1)).toEqual([
      { kind: 'tool', turnId: 't', sequence: 0, callId: 'c', name: 'clock', state: 'running', arguments: '{}' },
    ]);
  });

  it('goes on after the store was away', async () => {
    const lane = new Lane();
    lane.failing = true;
    lane.append(commit('t'), false);
    const reading = read(lane, 0, (events) => events.length === 1, 20);
    setTimeout(() => (lane.failing = false), 60);
    expect(commits(await reading)).toEqual([3]);
  });

  it('ends when the caller goes away', async () => {
    const gone = new AbortController();
    const feed = followLane({ bus: new Lane().bus, lane: to, after: 0, log: silentLogger, signal: gone.signal });
    const next = feed.next();
    gone.abort();
    expect(await next).toMatchObject({ done: true });
  });
});
