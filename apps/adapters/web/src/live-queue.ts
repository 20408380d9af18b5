import type { LiveEvent } from '@assistant/contracts';

export type ShownEvent = Exclude<LiveEvent, { readonly kind: 'committed' }>;

const MOST_TOOLS = 64;
const REMEMBERED_TURNS = 64;

const slotOf = (event: ShownEvent): string => (event.kind === 'tool' ? `tool ${event.turnId} ${event.callId}` : `${event.kind} ${event.turnId}`);

/**
 * What a slow reader has still to see of running turns. Bounded: a newer snapshot replaces the older, a tool call
 * keeps its newest state, and what belongs to a committed turn is dropped, because the commit says it all.
 */
export class LiveQueue {
  readonly #waiting = new Map<string, ShownEvent>();
  readonly #committed = new Set<string>();

  push(event: ShownEvent): void {
    if (this.#committed.has(event.turnId)) return;
    const slot = slotOf(event);
    const waiting = this.#waiting.get(slot);
    if (waiting !== undefined && 'sequence' in waiting && 'sequence' in event && waiting.sequence > event.sequence) return;
    this.#waiting.set(slot, event);
    if (this.#waiting.size > MOST_TOOLS) this.shift();
  }

  shift(): ShownEvent | undefined {
    const [first] = this.#waiting;
    if (first === undefined) return undefined;
    this.#waiting.delete(first[0]);
    return first[1];
  }

  /** The turn is over: nothing of it is shown any more, also not what arrives late. */
  commit(turnId: string): void {
    this.#committed.add(turnId);
    for (const [oldest] of this.#committed.entries()) {
      if (this.#committed.size <= REMEMBERED_TURNS) break;
      this.#committed.delete(oldest);
    }
    for (const [slot, event] of this.#waiting) if (event.turnId === turnId) this.#waiting.delete(slot);
  }

  get size(): number {
    return this.#waiting.size;
  }
}
