import type { Bus } from '@assistant/bus';
import {
  inboundEventSchema,
  laneKey,
  turnIdOf,
  type CommitRecord,
  type HistoryMessage,
  type InboundEvent,
  type Lane,
  type LiveEvent,
  type Part,
  type StepRecord,
  type TurnRecord,
} from '@assistant/contracts';

export interface ScriptedCore {
  close(): Promise<void>;
}

export interface ScriptedCoreOptions {
  /** Between two snapshots, milliseconds. */
  readonly paceMs: number;
  /** Says nothing over live events: the pages must find the commits by themselves. */
  readonly mute?: boolean;
}

const SAMPLE = `Here is what I found, **step by step**:

1. The quarter closed at *18.4 %* above plan.
2. Two regions explain most of it, see the table.

| Region | Revenue | Change |
|:-------|--------:|:------:|
| North  | 1,284 k | +12 % |
| South  |   967 k | +31 % |
| West   |   412 k | −4 % |

> Figures are in thousands and not audited.

\`\`\`python
def growth(now: float, before: float) -> float:
    """Relative change, for instance 0.18."""
    return (now - before) / before
\`\`\`

Ask me for \`details\` of a region, or [read more](https://example.com/report).`;

const textMessage = (role: 'user' | 'assistant', text: string): HistoryMessage => ({
  role,
  parts: [{ type: 'text', text }],
  tokens: Math.ceil(text.length / 4),
  at: Date.now(),
});

/** A core for tests: answers every message of the web lanes with a fixed script, in order, and streams it. */
export const startScriptedCore = async (bus: Bus, { paceMs, mute = false }: ScriptedCoreOptions): Promise<ScriptedCore> => {
  const queues = new Map<string, Promise<void>>();
  const stopped = new Set<string>();

  const say = (lane: Lane, event: LiveEvent): void => {
    if (!mute) bus.publishLive(lane, event);
  };

  const answer = async (event: InboundEvent, sequence: number): Promise<void> => {
    const lane: Lane = event.from;
    const turnId = turnIdOf(event.id);
    const last = await bus.turns.last(lane);
    const after = last === undefined ? 0 : last.record.kind === 'commit' ? last.sequence : last.record.after;
    let expected = last?.sequence ?? 0;
    const base = { v: 1 as const, turnId, inSeq: sequence, at: Date.now(), epoch: 1, after };
    const append = async (record: TurnRecord): Promise<void> => {
      expected = await bus.turns.append(lane, record, expected);
    };
    say(lane, { kind: 'started', turnId, inIds: [event.id], to: event.from });
    const text = event.message.text;
    const history: HistoryMessage[] = [];
    let live = 0;

    if (/tool|calculate|table/i.test(text)) {
      const call = { callId: 'call-1', name: 'calculator', arguments: '{"expression":"(1284+967+412)*1.05"}' };
      const model: HistoryMessage = {
        role: 'assistant',
        parts: [{ type: 'tool-call', id: call.callId, name: call.name, arguments: call.arguments }],
        tokens: 20,
        at: Date.now(),
      };
      const tool: HistoryMessage = {
        role: 'tool',
        parts: [{ type: 'tool-result', id: call.callId, name: call.name, content: '{"value": 2796.15}' }],
        tokens: 10,
        at: Date.now(),
      };
      const steps: readonly StepRecord[] = [
        { ...base, kind: 'step', step: 1, of: 'model', message: model, external: [] },
        { ...base, kind: 'step', step: 2, of: 'tool', messages: [tool] },
      ];
      say(lane, { kind: 'tool', turnId, sequence: ++live, ...call, state: 'running' });
      for (const step of steps) await append(step);
      await pause(paceMs * 4);
      say(lane, { kind: 'tool', turnId, sequence: ++live, ...call, state: 'done', result: '{"value": 2796.15}' });
      history.push(model, tool);
    }

    const files = event.message.parts.filter((part) => part.type === 'media');
    const full = text.startsWith('/')
      ? `You sent the command \`${text}\`.`
      : files.length > 0
        ? `Got ${files.length} file(s): **${files.map((part) => part.media.name ?? '').join(', ')}**`
        : /long|table|report/i.test(text)
          ? SAMPLE
          : `You said: ${text}`;
    let shown = '';
    let status: CommitRecord['status'] = /fail/i.test(text) ? 'failed' : 'answered';
    for (const piece of status === 'failed' ? [] : (full.match(/[\s\S]{1,12}/g) ?? [])) {
      if (stopped.delete(laneKey(lane))) {
        status = 'stopped';
        break;
      }
      shown += piece;
      say(lane, { kind: 'snapshot', turnId, sequence: ++live, text: shown });
      await pause(paceMs);
    }
    const parts: Part[] = shown === '' ? [] : [{ type: 'text', text: shown, format: 'markdown' }, ...files];
    await append({
      ...base,
      at: Date.now(),
      kind: 'commit',
      inIds: [event.id],
      status,
      to: event.from,
      replies: parts.length === 0 ? [] : [{ parts }],
      history: text.startsWith('/') ? [] : [questionOf(event), ...history, textMessage('assistant', shown)],
      session: { window: 0 },
      recent: [],
      model: 'demo',
      usage: { inputTokens: 120, outputTokens: 80 },
      acceptedAt: Date.parse(event.receivedAt),
      waitedMs: 0,
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      ...(status === 'failed' ? { error: { code: 'upstream_auth', message: 'The provider refused our key: check api_key of this provider.' } } : {}),
    });
    say(lane, { kind: 'committed', turnId, turnSeq: expected });
  };

  const reader = bus.spine.read({
    stream: 'IN',
    filter: 'in.*.*.web.*',
    from: (await bus.spine.lastSequence('IN')) + 1,
    name: `scripted-core-${process.pid}-${Date.now()}`,
    batch: 32,
    onMessage: ({ sequence, data }) => {
      const event = inboundEventSchema.parse(JSON.parse(new TextDecoder().decode(data)));
      const key = laneKey(event.from);
      const before = queues.get(key);
      if (event.message.text === '/stop' && before !== undefined) stopped.add(key);
      const mine = (before ?? Promise.resolve())
        .then(() => answer(event, sequence))
        .catch((error: unknown) => console.error('the scripted core failed', error));
      queues.set(key, mine);
      void mine.then(() => {
        if (queues.get(key) === mine) queues.delete(key);
      });
    },
  });
  return {
    close: async () => {
      await reader.close();
      await Promise.all(queues.values());
    },
  };
};

const questionOf = (event: InboundEvent): HistoryMessage => ({
  ...textMessage('user', event.message.text),
  parts: event.message.parts.flatMap((part): HistoryMessage['parts'] => {
    if (part.type === 'text') return [{ type: 'text', text: part.text }];
    return part.type === 'media'
      ? [{ type: 'media', mime: part.media.mime, uri: part.media.ref, ...(part.media.name === undefined ? {} : { name: part.media.name }) }]
      : [];
  }),
});

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
