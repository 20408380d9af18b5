import { conversationToken, type CommitRecord, type DeliveryRecord, type Destination, type Lane, type LiveEvent, type Reply } from '@assistant/contracts';
import { connectBus, type Bus } from '@assistant/bus';
import { metrics, silentLogger } from '@assistant/telemetry';
import { startNats } from '@assistant/testing';
import { SendError, type Account } from '../platform';
import { Dispatcher } from './dispatcher';

const LEASE_MS = 1000;

interface Call {
  readonly text: string;
}

/** What the platform saw, in order. */
interface Seen {
  readonly what: 'send' | 'edit' | 'remove';
  readonly chat: string;
  readonly text: string;
  readonly key: string;
}

const textOf = (reply: Reply): string => reply.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

const laneOf = (name: string, platform = 'fake'): Lane => ({ tenant: 'default', platform, conversation: conversationToken([name]) });

const destination = (lane: Lane): Destination => ({ ...lane, account: 'bot', chatId: lane.conversation, kind: 'direct' });

const commit = (lane: Lane, turnId: string, ...replies: readonly string[]): CommitRecord => ({
  v: 1,
  kind: 'commit',
  turnId,
  inSeq: 1,
  inIds: [turnId],
  at: Date.now(),
  epoch: 1,
  after: 0,
  status: 'answered',
  to: destination(lane),
  replies: replies.map((text) => ({ parts: [{ type: 'text', text, format: 'markdown' }] })),
  history: [],
  session: { window: 0 },
  recent: [],
  acceptedAt: Date.now(),
  waitedMs: 0,
  traceId: '',
});

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('delivery on a real nats-server', () => {
  let nats: Awaited<ReturnType<typeof startNats>>;
  let bus: Bus;
  let seen: Seen[] = [];
  let failures: (SendError | undefined)[] = [];
  const running: Dispatcher<Call>[] = [];

  const account: Account<Call> = {
    id: 'bot',
    receive: () => ({ kind: 'events', events: [] }),
    render: (reply) =>
      textOf(reply)
        .split('|')
        .map((text) => ({ text })),
    send: async ({ text }, to, key) => {
      const failure = failures.shift();
      if (failure?.outcome !== 'not-sent') seen.push({ what: 'send', chat: to.chatId, text, key });
      if (failure !== undefined) throw failure;
      return { messageIds: [`${to.chatId}-${seen.length}`] };
    },
    edit: async (messageId, { text }, to) => void seen.push({ what: 'edit', chat: to.chatId, text, key: messageId }),
    remove: async (messageId, to) => void seen.push({ what: 'remove', chat: to.chatId, text: '', key: messageId }),
    streaming: () => ({ enabled: true, minIntervalMs: 10 }),
    problem: () => undefined,
  };

  const dispatch = (policy: 'resend' | 'drop' = 'resend', senderClass: 'key' | 'none' = 'none', platform = 'fake'): Dispatcher<Call> => {
    const dispatcher = new Dispatcher<Call>({
      tools: { bus, log: silentLogger, platform, senderClass, policy: () => policy, account: (id) => (id === 'bot' ? account : undefined) },
      instance: `sender-${running.length}`,
      leaseTtlMs: LEASE_MS,
      preview: true,
    });
    running.push(dispatcher);
    return dispatcher;
  };

  const sentTo = (lane: Lane): readonly string[] => seen.filter(({ chat, what }) => chat === lane.conversation && what === 'send').map(({ text }) => text);
  const ledger = async (lane: Lane): Promise<DeliveryRecord | undefined> => (await bus.sent.last(lane))?.record;
  const settledAs = (lane: Lane, phase: DeliveryRecord['phase']) => until(async () => (await ledger(lane))?.phase === phase);

  beforeAll(async () => {
    nats = await startNats();
    bus = await connectBus({ url: nats.url, name: 'test', log: silentLogger, leaseTtlMs: LEASE_MS });
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((dispatcher) => dispatcher.drain(AbortSignal.timeout(100))));
    seen = [];
    failures = [];
  });
  afterAll(async () => {
    await bus.close();
    await nats.stop();
  });

  test('answers go out once, in the order of their turns, with one key a part', async () => {
    const lane = laneOf('order');
    let last = 0;
    for (let index = 0; index < 10; index++) last = await bus.turns.append(lane, commit(lane, `t${index}`, `${index}a|${index}b`), last);
    dispatch();
    await until(() => sentTo(lane).length === 20);
    expect(sentTo(lane)).toEqual(Array.from({ length: 10 }, (_, index) => [`${index}a`, `${index}b`]).flat());
    expect(
      seen
        .filter(({ chat }) => chat === lane.conversation)
        .map(({ key }) => key)
        .slice(0, 3),
    ).toEqual(['t0.0', 't0.1', 't1.0']);
    await settledAs(lane, 'done');
  });

  test('a new sender repeats nothing that is done', async () => {
    const lane = laneOf('done');
    await bus.turns.append(lane, commit(lane, 'once', 'hello'), 0);
    const first = dispatch();
    await settledAs(lane, 'done');
    await first.drain(AbortSignal.timeout(1000));
    running.length = 0;
    // The floor is taken back, as if it had never been saved: only the ledger knows.
    for (let partition = 0; partition < 64; partition++) await bus.spine.saveFloor('fake', partition, 0);
    dispatch();
    const next = laneOf('done, next');
    await bus.turns.append(next, commit(next, 'next', 'next'), 0);
    await settledAs(next, 'done');
    expect(sentTo(lane)).toEqual(['hello']);
  });

  test.each([
    ['resend', 'none', ['second half']],
    ['drop', 'none', []],
    ['drop', 'key', ['second half']],
  ] as const)('a bare intent is handled by policy %s of class %s', async (policy, senderClass, expected) => {
    const lane = laneOf(`intent ${policy} ${senderClass}`);
    const turnSeq = await bus.turns.append(lane, commit(lane, 'cut', 'first half|second half'), 0);
    await bus.sent.append(lane, { v: 1, turnSeq, turnId: 'cut', part: 1, phase: 'intent', messageIds: [], at: 0 }, 0);
    dispatch(policy, senderClass);
    await settledAs(lane, expected.length > 0 ? 'done' : 'dropped');
    expect(sentTo(lane)).toEqual(expected);
  });

  test('a refused send waits as long as the platform says and keeps its key and place', async () => {
    const lane = laneOf('429');
    failures = [new SendError('not-sent', 'platform_rate_limited', 'slow down', { retryable: true, retryAfterMs: 30 })];
    const one = await bus.turns.append(lane, commit(lane, 'one', 'one'), 0);
    await bus.turns.append(lane, commit(lane, 'two', 'two'), one);
    dispatch();
    await until(() => sentTo(lane).length === 2);
    expect(seen.map(({ key }) => key)).toEqual(['one.0', 'two.0']);
  });

  test('what becomes of each send is counted', async () => {
    const counted = async (): Promise<ReadonlyMap<unknown, number>> => {
      const { values } = await metrics.sends.get();
      return new Map(values.filter(({ labels }) => labels.platform === 'counted').map(({ labels, value }) => [labels.outcome, value]));
    };
    const before = await counted();
    // A platform of its own: nothing that an earlier test left behind is sent here.
    const lane = laneOf('counted', 'counted');
    failures = [
      new SendError('not-sent', 'platform_rate_limited', 'slow down', { retryable: true, retryAfterMs: 1 }),
      new SendError('unknown', 'platform_unknown_outcome', 'reset', { retryable: true }),
    ];
    await bus.turns.append(lane, commit(lane, 'counted', 'counted'), 0);
    dispatch('resend', 'none', 'counted');
    await settledAs(lane, 'done');
    const after = await counted();
    const outcomes = ['sent', 'platform_rate_limited', 'platform_unknown_outcome'];
    expect(outcomes.map((outcome) => [outcome, (after.get(outcome) ?? 0) - (before.get(outcome) ?? 0)])).toEqual(outcomes.map((outcome) => [outcome, 1]));
  });

  test('an answer that can never be delivered is kept as a dead letter and the next one goes out', async () => {
    const lane = laneOf('refused');
    failures = [new SendError('not-sent', 'platform_bad_format', 'no', { retryable: false })];
    const one = await bus.turns.append(lane, commit(lane, 'one', 'one'), 0);
    await bus.turns.append(lane, commit(lane, 'two', 'two'), one);
    dispatch();
    await until(() => sentTo(lane).length === 1);
    expect(sentTo(lane)).toEqual(['two']);
    expect(await bus.dead.list({ stage: 'delivery', limit: 10 })).toMatchObject([{ lane, reason: 'platform_bad_format' }]);
  });

  test('a send with an unknown outcome is repeated under the same key by policy resend', async () => {
    const lane = laneOf('unknown');
    failures = [new SendError('unknown', 'platform_unknown_outcome', 'reset', { retryable: true })];
    await bus.turns.append(lane, commit(lane, 'one', 'one'), 0);
    dispatch('resend');
    await settledAs(lane, 'done');
    expect(seen.map(({ key }) => key)).toEqual(['one.0', 'one.0']);
  });

  test('a growing answer is shown in a placeholder that becomes the answer', async () => {
    const lane = laneOf('preview');
    const dispatcher = dispatch();
    await until(() => dispatcher.partitions === 64);
    bus.publishLive(lane, { kind: 'started', turnId: 'grows', inIds: [], to: destination(lane) } satisfies LiveEvent);
    bus.publishLive(lane, { kind: 'snapshot', turnId: 'grows', sequence: 1, text: 'half' } satisfies LiveEvent);
    await until(() => sentTo(lane).length === 1);
    await settledAs(lane, 'open');
    await bus.turns.append(lane, commit(lane, 'grows', 'half and whole|rest'), 0);
    // The placeholder's own `done` comes before the rest goes out.
    await until(() => sentTo(lane).length === 2);
    const own = seen.filter(({ chat }) => chat === lane.conversation);
    expect(own.at(0)).toMatchObject({ what: 'send', text: 'half', key: 'grows.0' });
    expect(own.filter(({ what }) => what === 'edit').at(-1)).toMatchObject({ text: 'half and whole' });
    expect(own.at(-1)).toMatchObject({ what: 'send', text: 'rest', key: 'grows.1' });
  });

  test('a conversation that is held up holds up no other', async () => {
    const held = laneOf('held up', 'uneven');
    failures = [new SendError('not-sent', 'platform_rate_limited', 'slow down', { retryable: true, retryAfterMs: 60_000 })];
    await bus.turns.append(held, commit(held, 'held', 'held'), 0);
    dispatch('resend', 'none', 'uneven');
    await until(() => failures.length === 0);
    const others = Array.from({ length: 20 }, (_, index) => laneOf(`not held up ${index}`, 'uneven'));
    for (const lane of others) await bus.turns.append(lane, commit(lane, 'free', 'free'), 0);
    for (const lane of others) await settledAs(lane, 'done');
    expect([sentTo(held), (await ledger(held))?.phase]).toEqual([[], 'intent']);
  });
});
