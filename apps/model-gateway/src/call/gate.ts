import { AssistantError, type ChatEvent } from '@assistant/contracts';
import type { Attempt, EventBatch } from '../providers/provider';

/** Says something; `started`, warnings and usage alone are no answer. */
const isReal = ({ type }: ChatEvent): boolean => type !== 'started' && type !== 'usage' && type !== 'warning';

/**
 * Waits for the first real event, so that an error before it is still a status of its own. Throws `upstream_empty`
 * when the answer ends without one.
 */
export const gate = async (batches: AsyncIterable<EventBatch>, attempt: Attempt, provider: string): Promise<AsyncIterable<EventBatch>> => {
  const iterator = batches[Symbol.asyncIterator]();
  const held: EventBatch[] = [];
  for (;;) {
    const step = await iterator.next();
    if (step.done === true) throw new AssistantError('upstream_empty', `provider ${provider}: the stream ended without any event`, { subject: provider });
    held.push(step.value);
    if (!step.value.some(isReal)) continue;
    attempt.watch.firstToken();
    attempt.watch.pause();
    return resumed(held, iterator);
  }
};

async function* resumed(held: readonly EventBatch[], iterator: AsyncIterator<EventBatch>): AsyncGenerator<EventBatch> {
  try {
    yield* held;
    for (;;) {
      const step = await iterator.next();
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    await iterator.return?.();
  }
}
