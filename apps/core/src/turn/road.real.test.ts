import { conversationToken, turnIdOf, type CommitRecord, type HistoryMessage, type InboundEvent, type Lane, type TurnRecord } from '@assistant/contracts';
import { connectBus, replayDeadLetter, type Bus } from '@assistant/bus';
import { silentLogger } from '@assistant/telemetry';
import { startNats } from '@assistant/testing';
import { Admittance } from './admit';
import { Scheduler } from './scheduler';
import type { Outcome, Turn } from './types';

const LEASE_MS = 1000;

const laneOf = (name: string): Lane => ({ tenant: 'default', platform: 'telegram', conversation: conversationToken([name]) });

const message = (lane: Lane, id: string, text: string): InboundEvent => ({
  v: 1,
  id,
  type: 'message.created',
  sentAt: new Date().toISOString(),
  receivedAt: new Date().toISOString(),
  from: { ...lane, account: 'bot', chatId: lane.conversation, kind: 'direct' },
  sender: { id: lane.conversation, kind: 'user' },
  message: { id, parts: [{ type: 'text', text, format: 'plain' }], text, addressed: true },
});

const said = (role: 'user' | 'assistant', text: string): HistoryMessage => ({ role, parts: [{ type: 'text', text }], tokens: 10, at: 0 });

const answer = (turn: Turn, text: string): Outcome => ({
  status: 'answered',
  replies: [{ parts: [{ type: 'text', text, format: 'plain' }] }],
  history: [said('user', turn.events[0].message.text), said('assistant', text)],
  waitedMs: 0,
});

/** Resolves with the conversation's commits once there are as many. */
const commits = async (bus: Bus, lane: Lane, count: number): Promise<readonly CommitRecord[]> => {
  for (;;) {
    const found: CommitRecord[] = [];
    for await (const { record } of bus.turns.from(lane, 1)) if (record.kind === 'commit') found.push(record);
    if (found.length >= count) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const records = async (bus: Bus, lane: Lane): Promise<readonly TurnRecord[]> => {
  const found: TurnRecord[] = [];
  for await (const { record } of bus.turns.from(lane, 1)) found.push(record);
  return found;
};

const signal = (): { readonly given: Promise<void>; give(): void } => {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
};

const texts = (found: readonly CommitRecord[]): readonly string[] =>
  found.flatMap(({ replies }) => replies.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : []))));

describe('the road of a turn on a real nats-server', () => {
  let nats: Awaited<ReturnType<typeof startNats>>;
  let bus: Bus;
  const running: Scheduler[] = [];

  const connect = (): Promise<Bus> => connectBus({ url: nats.url, name: 'test', log: silentLogger, leaseTtlMs: LEASE_MS });

  const schedule = async (on: Bus, instance: string, agent: (turn: Turn) => Promise<Outcome>): Promise<Scheduler> => {
    const scheduler = new Scheduler({
      tools: {
        bus: on,
        log: silentLogger,
        admittance: new Admittance(),
        rateLimit: () => ({ enabled: false, maxRequests: 1, windowMs: 1000 }),
        responders: { command: async () => undefined, agent, historyTokens: () => 60, isStop: (event) => event.message.text === '/stop' },
      },
      instance,
      leaseTtlMs: LEASE_MS,
      concurrency: 64,
      timing: () => ({ coalesceMs: 0, albumMs: 0 }),
    });
    running.push(scheduler);
    // Live leases of a killed owner have to expire first.
    while (scheduler.partitions < 64) await new Promise((resolve) => setTimeout(resolve, 20));
    return scheduler;
  };

  beforeAll(async () => {
    nats = await startNats();
    bus = await connect();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((scheduler) => scheduler.drain(AbortSignal.timeout(100))));
  });
  afterAll(async () => {
    await bus.close();
    await nats.stop();
  });

  test('messages of one conversation are answered one after the other, in order, however long each takes', async () => {
    const lane = laneOf('order');
    let busy = 0;
    await schedule(bus, 'a', async (turn) => {
      expect(++busy).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      busy--;
      return answer(turn, `echo ${turn.events[0].message.text}`);
    });
    for (let index = 0; index < 20; index++) await bus.publishInbound(message(lane, `order-${index}`, String(index)), '');
    expect(texts(await commits(bus, lane, 20))).toEqual(Array.from({ length: 20 }, (_, index) => `echo ${index}`));
  });

  test('the model is shown the newest turns that fit the budget, also by a new owner', async () => {
    const lane = laneOf('history');
    const shown: number[] = [];
    const first = await schedule(bus, 'a', async (turn) => {
      shown.push(turn.history.length);
      return answer(turn, 'ok');
    });
    for (let index = 0; index < 5; index++) await bus.publishInbound(message(lane, `history-${index}`, String(index)), '');
    await commits(bus, lane, 5);
    await first.drain(AbortSignal.timeout(1000));
    running.length = 0;
    await schedule(bus, 'b', async (turn) => {
      shown.push(turn.history.length);
      return answer(turn, 'ok');
    });
    await bus.publishInbound(message(lane, 'history-5', '5'), '');
    await commits(bus, lane, 6);
    // Two messages of ten tokens a turn, sixty in all.
    expect(shown).toEqual([0, 2, 4, 6, 6, 6]);
  });

  test('a turn whose owner died is answered once by the next owner, on what was recorded', async () => {
    const lane = laneOf('takeover');
    const dying = await connect();
    const began = signal();
    await schedule(dying, 'dies', async (turn) => {
      await turn.journal.model(
        { role: 'assistant', parts: [{ type: 'tool-call', id: 'c', name: 'calculate', arguments: '{}' }], tokens: 1, at: 0 },
        ['c'],
        undefined,
      );
      began.give();
      return new Promise<never>(() => undefined);
    });
    await bus.publishInbound(message(lane, 'takeover-1', 'hello'), '');
    await began.given;
    // As after kill -9: the connection is gone, nothing was handed over.
    await dying.close();
    running.length = 0;
    const recorded: string[] = [];
    await schedule(bus, 'next', async (turn) => {
      recorded.push(...turn.journal.recorded.map(({ of }) => of));
      await turn.journal.tools([said('assistant', 'result')]);
      return answer(turn, 'done');
    });
    const [commit, ...rest] = await commits(bus, lane, 1);
    expect(rest).toEqual([]);
    expect(commit?.turnId).toBe(turnIdOf('takeover-1'));
    expect(recorded).toEqual(['model']);
    expect((await records(bus, lane)).map(({ kind }) => kind)).toEqual(['step', 'begin', 'step', 'commit']);
  });

  test('an owner that was overtaken finds the answer there and adds nothing', async () => {
    const lane = laneOf('zombie');
    let calls = 0;
    await schedule(bus, 'zombie', async (turn) => {
      calls++;
      const commit: CommitRecord = {
        v: 1,
        kind: 'commit',
        turnId: turn.id,
        inSeq: 1_000_000,
        inIds: [turn.events[0].id],
        at: 0,
        epoch: 99,
        after: 0,
        status: 'answered',
        to: turn.to,
        replies: [{ parts: [{ type: 'text', text: 'by the other owner', format: 'plain' }] }],
        history: [],
        session: { window: 0 },
        recent: [],
        acceptedAt: 0,
        waitedMs: 0,
        traceId: '',
      };
      await bus.turns.append(lane, commit, 0);
      return answer(turn, 'by the zombie');
    });
    await bus.publishInbound(message(lane, 'zombie-1', 'hello'), '');
    const [scheduler] = running;
    await commits(bus, lane, 1);
    await scheduler?.drain(AbortSignal.timeout(5000));
    running.length = 0;
    expect(texts(await commits(bus, lane, 1))).toEqual(['by the other owner']);
    expect((await records(bus, lane)).map(({ kind }) => kind)).toEqual(['commit']);
    expect(calls).toBe(1);
  });

  test('/stop ends the running turn with what there is, and only that one', async () => {
    const lane = laneOf('stop');
    const begun = signal();
    await schedule(bus, 'a', async (turn) => {
      if (turn.events[0].message.text === '/stop') return answer(turn, 'stopped it');
      begun.give();
      await new Promise<void>((resolve) => turn.signal.addEventListener('abort', () => resolve(), { once: true }));
      expect(turn.signal.reason).toBe('asked');
      return { ...answer(turn, 'so far'), status: 'stopped' };
    });
    await bus.publishInbound(message(lane, 'stop-1', 'write a novel'), '');
    await begun.given;
    await bus.publishInbound(message(lane, 'stop-2', '/stop'), '');
    const found = await commits(bus, lane, 2);
    expect(found.map(({ status }) => status)).toEqual(['stopped', 'answered']);
    expect(texts(found)).toEqual(['so far', 'stopped it']);
  });

  test('a message over which its owner died five times is set aside with one apology, and the next one is answered', async () => {
    const lane = laneOf('poison');
    for (let life = 0; life < 5; life++) {
      const dying = await connect();
      const began = signal();
      await schedule(dying, `dies-${life}`, async () => {
        began.give();
        return new Promise<never>(() => undefined);
      });
      if (life === 0) await bus.publishInbound(message(lane, 'poison-1', 'bad'), '');
      await began.given;
      await dying.close();
      running.length = 0;
    }
    await schedule(bus, 'next', async (turn) => answer(turn, 'fine'));
    await bus.publishInbound(message(lane, 'poison-2', 'good'), '');
    const found = await commits(bus, lane, 2);
    expect(found.map(({ status }) => status)).toEqual(['dead', 'answered']);
    const [letter] = await bus.dead.list({ stage: 'turn', limit: 10 });
    expect(letter).toMatchObject({ attempts: 5, lane });
    // Replayed twice, it is answered once, at the end.
    expect((await replayDeadLetter(bus, letter?.id ?? 0)).fresh).toBe(true);
    expect((await replayDeadLetter(bus, letter?.id ?? 0)).fresh).toBe(false);
    expect((await commits(bus, lane, 3)).map(({ status }) => status)).toEqual(['dead', 'answered', 'answered']);
  });

  test('a turn that throws is tried again in place', async () => {
    const lane = laneOf('retry');
    let tries = 0;
    await schedule(bus, 'a', async (turn) => {
      if (++tries === 1) throw new Error('once');
      return answer(turn, `try ${tries}`);
    });
    await bus.publishInbound(message(lane, 'retry-1', 'hello'), '');
    expect(texts(await commits(bus, lane, 1))).toEqual(['try 2']);
  });

  test('drained, a core leaves a running turn uncommitted and gives its partitions to the other at once', async () => {
    const lane = laneOf('drain');
    const begun = signal();
    const first = await schedule(bus, 'first', async (turn) => {
      begun.give();
      await new Promise<void>((resolve) => turn.signal.addEventListener('abort', () => resolve(), { once: true }));
      throw new Error(String(turn.signal.reason));
    });
    await bus.publishInbound(message(lane, 'drain-1', 'hello'), '');
    await begun.given;
    await first.drain(AbortSignal.timeout(50));
    running.length = 0;
    expect(await records(bus, lane)).toEqual([]);
    await schedule(bus, 'second', async (turn) => answer(turn, 'by the second'));
    expect(texts(await commits(bus, lane, 1))).toEqual(['by the second']);
  });
});
