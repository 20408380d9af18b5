import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { AssistantError, newId, type ChatEvent, type ChatRequest, type FinishReason } from '@assistant/contracts';
import type { Attempt, EventBatch, Provider } from '../provider';
import { nextStep, type Step } from './agent';

export const DEMO_MODEL = 'demo';

export interface DemoSettings {
  readonly name: string;
  /** Pause between two words. */
  readonly paceMs: number;
  readonly now?: () => number;
}

/**
 * Answers without any model, key or network: the same question has the same answer. It truly calls the tools of the
 * request, and says in every answer that no language model is behind it.
 */
export const createDemoProvider = ({ name, paceMs, now = Date.now }: DemoSettings): Provider => ({
  name,
  kind: 'demo',
  semanticName: 'demo',
  async *chat(request, attempt, mode): AsyncGenerator<EventBatch> {
    if ((request.choices ?? 1) > 1) throw new AssistantError('unsupported', `provider ${name}: gives one answer only.`, { subject: name, param: 'n' });
    const events = eventsOf(request, nextStep(request, now), name, now());
    if (mode === 'whole') {
      yield events;
      return;
    }
    for (const event of events) {
      await breathe(paceMs, attempt);
      yield [event];
    }
  },
  close: async () => undefined,
});

/** Every word is a chunk of its own on the wire, and an abort is noticed between two of them. */
const breathe = async (paceMs: number, { signal, watch }: Attempt): Promise<void> => {
  watch.pause();
  if (paceMs > 0) await sleep(paceMs, undefined, { signal });
  else await nextTurn();
  signal.throwIfAborted();
};

const eventsOf = (request: ChatRequest, step: Step, provider: string, now: number): readonly ChatEvent[] => {
  const id = `demo-${newId(now)}`;
  const started: ChatEvent = { type: 'started', id, model: DEMO_MODEL, provider, createdAt: Math.floor(now / 1000) };
  const { body, reason, outputTokens } = step.type === 'say' ? spoken(step.text, request.maxOutputTokens) : called(step.calls, id);
  const inputTokens = request.messages.reduce(
    (sum, { parts }) => sum + parts.reduce((size, part) => size + (part.type === 'text' ? tokens(part.text) : 4), 3),
    0,
  );
  return [started, ...body, { type: 'finish', choice: 0, reason, raw: reason }, { type: 'usage', usage: { inputTokens, outputTokens } }];
};

interface Body {
  readonly body: readonly ChatEvent[];
  readonly reason: FinishReason;
  readonly outputTokens: number;
}

const tokens = (text: string): number => Math.ceil(text.length / 4);

/** Words with the space behind them; Chinese goes by two characters. */
const PIECE = /\p{Script=Han}{1,2}|[^\s\p{Script=Han}]+\s*|\s+/gu;

const spoken = (text: string, limit: number | undefined): Body => {
  const pieces = text.match(PIECE) ?? [];
  const kept = limit === undefined ? pieces : pieces.slice(0, limit);
  return {
    body: kept.map((piece) => ({ type: 'text-delta', choice: 0, text: piece })),
    reason: kept.length < pieces.length ? 'length' : 'stop',
    outputTokens: kept.length,
  };
};

const called = (calls: Extract<Step, { readonly type: 'call' }>['calls'], id: string): Body => {
  const texts = calls.map((call) => JSON.stringify(call.arguments));
  return {
    body: calls.flatMap(({ name }, index): readonly ChatEvent[] => [
      { type: 'tool-call-start', choice: 0, index, id: `call_${id.slice(-10)}_${index}`, name },
      ...(texts[index]?.match(/.{1,12}/gs) ?? []).map((fragment): ChatEvent => ({ type: 'tool-call-delta', choice: 0, index, fragment })),
      { type: 'tool-call-end', choice: 0, index },
    ]),
    reason: 'tool_calls',
    outputTokens: texts.reduce((sum, text) => sum + tokens(text), 0),
  };
};
