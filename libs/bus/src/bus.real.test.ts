import { conversationToken, type CommitRecord, type InboundEvent, type Lane } from '@assistant/contracts';
import { silentLogger } from '@assistant/telemetry';
import { startNats } from '@assistant/testing';
import { connectBus, LaneConflict, type Bus, type StreamMessage } from './index';

const lane: Lane = { tenant: 'default', platform: 'telegram', conversation: conversationToken(['bot', '42', '']) };

const event = (id: string): InboundEvent => ({
  v: 1,
  id,
  type: 'message.created',
  sentAt: new Date().toISOString(),
  receivedAt: new Date().toISOString(),
  from: { ...lane, account: 'bot', chatId: '42', kind: 'direct' },
  sender: { id: '7', kind: 'user' },
  message: { id: '1', parts: [{ type: 'text', text: 'hello', format: 'plain' }], text: 'hello', addressed: true },
});

const commit = (turnId: string): CommitRecord => ({
  v: 1,
  kind: 'commit',
  turnId,
  inSeq: 1,
  inIds: ['a'],
  at: 1,
  epoch: 1,
  after: 0,
  status: 'answered',
  to: event('x').from,
  replies: [],
  history: [],
  session: { window: 0 },
  recent: [],
  acceptedAt: 1,
  waitedMs: 0,
  traceId: 't',
});

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('the bus on a real nats-server', () => {
  let nats: Awaited<ReturnType<typeof startNats>>;
  let bus: Bus;

  beforeAll(async () => {
    nats = await startNats();
    bus = await connectBus({ url: nats.url, name: 'test', log: silentLogger, leaseTtlMs: 1000 });
  });
  afterAll(async () => {
    await bus.close();
    await nats.stop();
  });

  test('a message that comes twice is stored once', async () => {
    const first = await bus.publishInbound(event('telegram:bot:1'), '00-00000000000000000000000000000001-0000000000000001-01');
    const second = await bus.publishInbound(event('telegram:bot:1'), '');
    expect(first.duplicate).toBe(false);
    expect(second).toEqual({ sequence: first.sequence, duplicate: true });
  });

  test('of fifty appends on the same state exactly one wins', async () => {
    const own = { ...lane, conversation: conversationToken(['race']) };
    const results = await Promise.allSettled(Array.from({ length: 50 }, (_, index) => bus.turns.append(own, commit(`turn-${index}`), 0)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = results.filter((result) => result.status === 'rejected').map(({ reason }: { reason: unknown }) => reason);
    expect(refused.every((reason) => reason instanceof LaneConflict)).toBe(true);
  });

  test('an append that is repeated after a lost answer finds itself', async () => {
    const own = { ...lane, conversation: conversationToken(['repeat']) };
    const first = await bus.turns.append(own, commit('one'), 0);
    expect(await bus.turns.append(own, commit('one'), 0)).toBe(first);
    await expect(bus.turns.append(own, commit('two'), 0)).rejects.toThrow(LaneConflict);
  });

  test('a lane is read back in order from any of its records', async () => {
    const own = { ...lane, conversation: conversationToken(['read']) };
    expect(await bus.turns.last(own)).toBeUndefined();
    const one = await bus.turns.append(own, commit('one'), 0);
    const two = await bus.turns.append(own, commit('two'), one);
    expect((await bus.turns.last(own))?.sequence).toBe(two);
    const read: string[] = [];
    for await (const { record } of bus.turns.from(own, 1)) read.push(record.turnId);
    expect(read).toEqual(['one', 'two']);
    expect(await bus.turns.at(own, one)).toMatchObject({ record: { turnId: 'one' } });
    expect(await bus.turns.at({ ...own, conversation: lane.conversation }, one)).toBeUndefined();
  });

  test('a cursor reads on over a kill of the server, without a gap or a repeat', async () => {
    const from = (await bus.spine.lastSequence('IN')) + 1;
    const seen: StreamMessage[] = [];
    const reader = bus.spine.read({ stream: 'IN', filter: 'in.>', from, name: 'test-cursor', batch: 8, onMessage: (message) => seen.push(message) });
    for (let index = 0; index < 30; index++) await bus.publishInbound(event(`telegram:bot:cursor-${index}`), '');
    await until(() => seen.length === 30);
    await nats.kill9();
    await nats.restart();
    for (let index = 30; index < 60;) {
      const stored = await bus.publishInbound(event(`telegram:bot:cursor-${index}`), '').catch(() => undefined);
      if (stored !== undefined) index++;
    }
    await until(() => seen.length >= 60);
    await reader.close();
    expect(seen.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 60 }, (_, index) => from + index));
  });

  test('a paused cursor asks for no more than its batch', async () => {
    const from = (await bus.spine.lastSequence('IN')) + 1;
    const seen: number[] = [];
    const reader = bus.spine.read({
      stream: 'IN',
      filter: 'in.>',
      from,
      name: 'test-pause',
      batch: 4,
      onMessage: ({ sequence }) => {
        seen.push(sequence);
        reader.pause();
      },
    });
    for (let index = 0; index < 12; index++) await bus.publishInbound(event(`telegram:bot:pause-${index}`), '');
    await until(() => seen.length >= 4);
    await bus.publishInbound(event('telegram:bot:pause-last'), '');
    expect(seen).toHaveLength(4);
    const resume = setInterval(() => reader.resume(), 5);
    await until(() => seen.length === 13);
    clearInterval(resume);
    await reader.close();
  });

  test('partitions are shared, taken over after an owner fell silent, and never held twice', async () => {
    const holders = new Map<number, Set<string>>();
    const hold = (to: Bus, instance: string) =>
      to.spine.holdPartitions({
        role: 'test',
        instance,
        partitions: 8,
        ttlMs: 1000,
        onAcquired: (partition) => holders.set(partition, (holders.get(partition) ?? new Set()).add(instance)),
        onReleased: async (partition) => void holders.get(partition)?.delete(instance),
      });
    const other = await connectBus({ url: nats.url, name: 'other', log: silentLogger, leaseTtlMs: 1000 });
    const first = hold(bus, 'first');
    await until(() => first.held.size === 8);
    const second = hold(other, 'second');
    await until(() => first.held.size === 4 && second.held.size === 4);
    expect([...holders.values()].every((owners) => owners.size === 1)).toBe(true);
    // The second one dies without a word: its connection is cut, its leases expire on the server's clock.
    await other.close();
    await until(() => first.held.size === 8);
    await first.close();
    expect(first.held.size).toBe(0);
    await second.close();
  });

  test('a holder that is closed while it still takes partitions keeps none', async () => {
    const taken = new Set<number>();
    for (let round = 0; round < 5; round++) {
      const holder = bus.spine.holdPartitions({
        role: 'brief',
        instance: `brief-${round}`,
        partitions: 64,
        ttlMs: 60_000,
        onAcquired: (partition) => taken.add(partition),
        onReleased: async (partition) => void taken.delete(partition),
      });
      await until(() => taken.size > 0);
      await holder.close();
      expect([taken.size, holder.held.size]).toEqual([0, 0]);
    }
  });

  test('bytes come back as they were put, and an unknown reference is not found', async () => {
    const bytes = Buffer.alloc(300_000, 'x');
    const { ref, size } = await bus.blobs.put(bytes, { mime: 'text/plain', name: 'x.txt' });
    expect(size).toBe(bytes.length);
    const found = await bus.blobs.get(ref);
    const chunks: Uint8Array[] = [];
    for await (const chunk of found.bytes) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    expect(found).toMatchObject({ mime: 'text/plain', name: 'x.txt', size: bytes.length });
    await expect(bus.blobs.get('blob:unknown')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a dead letter is kept once, listed, shown and dropped', async () => {
    const letter = { stage: 'turn', reason: 'two\nlines', attempts: 3, source: 77, lane, traceparent: 'tp', data: new TextEncoder().encode('{}') };
    const id = await bus.dead.put(letter);
    expect(await bus.dead.put(letter)).toBe(id);
    expect(await bus.dead.list({ stage: 'turn', limit: 10 })).toMatchObject([{ id, reason: 'two lines', attempts: 3, source: 77, lane }]);
    expect(await bus.dead.drop(id)).toBe(true);
    expect(await bus.dead.get(id)).toBeUndefined();
  });

  test('a request is answered by one replica, and an error keeps its code', async () => {
    const one = bus.respond('media.test', 'group', async (value) => ({ got: value }));
    expect(await bus.request('media.test', { a: 1 }, 1000)).toEqual({ got: { a: 1 } });
    one.stop();
    await expect(bus.request('media.test', {}, 300)).rejects.toMatchObject({ code: 'overloaded' });
  });
});
