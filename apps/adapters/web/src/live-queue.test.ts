import fc from 'fast-check';
import { LiveQueue, type ShownEvent } from './live-queue';

const snapshot = (turnId: string, sequence: number): ShownEvent => ({ kind: 'snapshot', turnId, sequence, text: `${sequence}` });
const tool = (turnId: string, callId: string, sequence: number): ShownEvent => ({
  kind: 'tool',
  turnId,
  callId,
  sequence,
  name: 'x',
  state: 'running',
  arguments: '',
});
const drain = (queue: LiveQueue): readonly ShownEvent[] => {
  const events: ShownEvent[] = [];
  for (let event = queue.shift(); event !== undefined; event = queue.shift()) events.push(event);
  return events;
};

describe('what a slow reader has still to see', () => {
  it('keeps the newest snapshot alone', () => {
    const queue = new LiveQueue();
    for (const sequence of [1, 2, 3]) queue.push(snapshot('t', sequence));
    expect(drain(queue)).toEqual([snapshot('t', 3)]);
  });

  it('does not let a late snapshot replace a newer one', () => {
    const queue = new LiveQueue();
    queue.push(snapshot('t', 3));
    queue.push(snapshot('t', 2));
    expect(drain(queue)).toEqual([snapshot('t', 3)]);
  });

  it('forgets a committed turn and what comes late of it', () => {
    const queue = new LiveQueue();
    queue.push(snapshot('t', 1));
    queue.push(snapshot('u', 1));
    queue.commit('t');
    queue.push(snapshot('t', 2));
    expect(drain(queue)).toEqual([snapshot('u', 1)]);
  });

  it('stays bounded whatever comes', () => {
    const events = fc.oneof(
      fc.tuple(fc.nat(200), fc.nat(50)).map(([turn, sequence]) => snapshot(`t${turn}`, sequence)),
      fc.tuple(fc.nat(5), fc.nat(200), fc.nat(50)).map(([turn, call, sequence]) => tool(`t${turn}`, `c${call}`, sequence)),
    );
    fc.assert(
      fc.property(fc.array(events, { minLength: 100, maxLength: 500 }), (pushed) => {
        const queue = new LiveQueue();
        for (const event of pushed) {
          queue.push(event);
          expect(queue.size).toBeLessThanOrEqual(64);
        }
      }),
    );
  });
});
