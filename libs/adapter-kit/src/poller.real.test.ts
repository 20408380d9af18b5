import { connectBus, type Bus } from '@assistant/bus';
import { conversationToken, type InboundEvent } from '@assistant/contracts';
import { silentLogger } from '@assistant/telemetry';
import { startNats } from '@assistant/testing';
import type { Account } from './platform';
import { ownPoll } from './poller';

const LEASE_MS = 1000;

const event = (id: string): InboundEvent => ({
  v: 1,
  id: `fake:bot:${id}`,
  type: 'message.created',
  sentAt: '',
  receivedAt: '',
  from: { tenant: 'default', platform: 'fake', account: 'bot', conversation: conversationToken(['bot', id]), chatId: id, kind: 'direct' },
  sender: { id, kind: 'user' },
  message: { id, parts: [], text: '', addressed: true },
});

const untilAborted = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('polling on a real nats-server', () => {
  let nats: Awaited<ReturnType<typeof startNats>>;
  let bus: Bus;

  const accountOf = (id: string, poll: NonNullable<Account<unknown>['poll']>): Account<unknown> => ({
    id,
    receive: () => ({ kind: 'events', events: [] }),
    render: () => [],
    send: async () => ({ messageIds: [] }),
    poll,
    problem: () => undefined,
  });
  const own = (instance: string, account: Account<unknown>) => {
    const holder = ownPoll({ bus, log: silentLogger, platform: 'fake', instance, leaseTtlMs: LEASE_MS }, account);
    if (holder === undefined) throw new Error('the account does not poll');
    return holder;
  };

  beforeAll(async () => {
    nats = await startNats();
    bus = await connectBus({ url: nats.url, name: 'test', log: silentLogger, leaseTtlMs: LEASE_MS });
  });
  afterAll(async () => {
    await bus.close();
    await nats.stop();
  });

  test('a poll that breaks off is taken up again', async () => {
    const before = await bus.spine.lastSequence('IN');
    let polls = 0;
    const holder = own(
      'only',
      accountOf('breaks', async (publish, signal) => {
        polls++;
        await publish(event(`poll-${polls}`));
        if (polls < 3) throw new Error('the connection broke');
        await untilAborted(signal);
      }),
    );
    await until(() => polls === 3);
    await holder.close();
    expect(await bus.spine.lastSequence('IN')).toBe(before + 3);
  });

  test('one replica polls, and another one takes over when it stops', async () => {
    const polling = new Set<string>();
    let most = 0;
    const replica = (name: string) =>
      own(
        name,
        accountOf('owned', async (_publish, signal) => {
          polling.add(name);
          most = Math.max(most, polling.size);
          await untilAborted(signal);
          polling.delete(name);
        }),
      );
    const holders = new Map([
      ['first', replica('first')],
      ['second', replica('second')],
    ]);
    await until(() => polling.size === 1);
    const [owner = ''] = polling;
    await holders.get(owner)?.close();
    holders.delete(owner);
    await until(() => polling.size === 1 && !polling.has(owner));
    for (const holder of holders.values()) await holder.close();
    expect([most, polling.size]).toEqual([1, 0]);
  });
});
