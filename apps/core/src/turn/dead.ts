import type { Lane } from '@assistant/contracts';
import { metrics, type Span } from '@assistant/telemetry';
import type { Ending } from './append';
import type { Item } from './item';
import { languageOf } from './language';
import { SENTENCES, withTrace } from './sentences';
import type { TurnTools } from './turn';

export interface Burial {
  readonly reason: string;
  readonly attempts: number;
  readonly span: Span;
}

/**
 * Sets a message aside as a dead letter and says how its turn ends: one apology, so that the person knows and the
 * conversation moves on. Storing it twice is harmless: the letter's id is the message's sequence.
 */
export const setAside = async (tools: Pick<TurnTools, 'bus' | 'log'>, lane: Lane, item: Item, { reason, attempts, span }: Burial): Promise<Ending> => {
  const id = await tools.bus.dead.put({
    stage: 'turn',
    reason,
    attempts,
    source: item.sequence,
    lane,
    traceparent: span.traceparent,
    data: new TextEncoder().encode(JSON.stringify(item.event)),
  });
  metrics.dead.inc({ stage: 'turn' });
  tools.log.error('a message was set aside as a dead letter', {
    hop: 'turn.claim',
    dead_letter: id,
    reason,
    attempts,
    platform: lane.platform,
    conversation: lane.conversation,
    trace_id: span.traceId,
  });
  const language = languageOf(item.event, { window: 0 });
  const text = withTrace(SENTENCES.dead[language], language, span.traceId);
  return {
    status: 'dead',
    replies: [{ parts: [{ type: 'text', text, format: 'plain' }] }],
    history: [],
    waitedMs: 0,
    error: { code: 'poison', message: reason },
  };
};
