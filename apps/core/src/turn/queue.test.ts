import type { InboundEvent } from '@assistant/contracts';
import type { Item } from './item';
import { LaneQueue } from './queue';

const item = (
  sequence: number,
  changes: {
    readonly order?: number;
    readonly groupId?: string;
    readonly text?: string;
    readonly id?: string;
    readonly type?: InboundEvent['type'];
    readonly replayed?: number;
  } = {},
): Item => ({
  sequence,
  queuedAt: 0,
  suspect: false,
  traceparent: undefined,
  event: {
    v: 1,
    id: `e${sequence}`,
    type: changes.type ?? 'message.created',
    sentAt: '',
    receivedAt: '',
    from: { tenant: 'default', platform: 'telegram', account: 'bot', conversation: 'c'.repeat(22), chatId: '1', kind: 'direct' },
    sender: { id: '7', kind: 'user' },
    ...(changes.replayed === undefined ? {} : { replayed: changes.replayed }),
    message: {
      id: changes.id ?? String(sequence),
      parts: [],
      text: changes.text ?? '',
      addressed: true,
      ...(changes.order === undefined ? {} : { order: changes.order }),
      ...(changes.groupId === undefined ? {} : { groupId: changes.groupId }),
    },
  },
});

const taken = (queue: LaneQueue, now = 0, timing = { coalesceMs: 0, albumMs: 0 }, idle = true): readonly number[] | number | undefined => {
  const next = queue.take(now, timing, idle);
  return next === undefined ? undefined : 'waitMs' in next ? next.waitMs : next.items.map(({ sequence }) => sequence);
};

test('messages leave in the order in which they were accepted', () => {
  const queue = new LaneQueue();
  [item(3), item(5), item(9)].forEach((one) => queue.push(one));
  expect([taken(queue), taken(queue), taken(queue), taken(queue)]).toEqual([[3], [5], [9], undefined]);
});

test('what waits together leaves in the order of the platform', () => {
  const queue = new LaneQueue();
  [item(3, { order: 12 }), item(5, { order: 11 })].forEach((one) => queue.push(one));
  expect([taken(queue), taken(queue)]).toEqual([[5], [3]]);
});

test('a replayed message keeps its place at the end', () => {
  const queue = new LaneQueue();
  [item(3, { order: 12 }), item(5, { order: 1, replayed: 1 })].forEach((one) => queue.push(one));
  expect(taken(queue)).toEqual([3]);
});

test('the first message of an idle conversation is held for the coalescing time, a later one is not', () => {
  const queue = new LaneQueue();
  queue.push(item(3));
  expect(taken(queue, 100, { coalesceMs: 300, albumMs: 0 })).toBe(200);
  expect(taken(queue, 100, { coalesceMs: 300, albumMs: 0 }, false)).toEqual([3]);
});

test('an album is gathered and leaves as one, in platform order', () => {
  const queue = new LaneQueue();
  [item(3, { groupId: 'a', order: 2 }), item(4, { order: 9 }), item(5, { groupId: 'a', order: 1 })].forEach((one) => queue.push(one));
  expect(taken(queue, 400, { coalesceMs: 0, albumMs: 1000 })).toBe(600);
  expect(taken(queue, 1000, { coalesceMs: 0, albumMs: 1000 })).toEqual([5, 3]);
  expect(queue.lowest).toBe(4);
});

test('an edit changes the message that still waits', () => {
  const queue = new LaneQueue();
  queue.push(item(3, { id: 'm', text: 'old' }));
  queue.push(item(4, { id: 'm', text: 'new', type: 'message.updated' }));
  const next = queue.take(0, { coalesceMs: 0, albumMs: 0 }, true);
  expect(next !== undefined && 'items' in next && next.items[0].event.message.text).toBe('new');
});

test('a recall makes the waiting message one that is not answered', () => {
  const queue = new LaneQueue();
  queue.push(item(3, { id: 'm' }));
  queue.push(item(4, { id: 'm', type: 'message.deleted' }));
  const next = queue.take(0, { coalesceMs: 0, albumMs: 0 }, true);
  expect(next !== undefined && 'items' in next && next.items[0].event.type).toBe('message.deleted');
});
