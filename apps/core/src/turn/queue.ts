import type { InboundEvent } from '@assistant/contracts';
import type { Item } from './item';

export interface QueueTiming {
  /** How long the first message of an idle conversation is held, to sort what comes out of order. */
  readonly coalesceMs: number;
  /** How long the pictures of an album are gathered. */
  readonly albumMs: number;
}

export type Next = { readonly items: readonly [Item, ...Item[]] } | { readonly waitMs: number } | undefined;

/** The messages of one conversation that are not begun yet. Pure but for the clock it is handed. */
export class LaneQueue {
  readonly #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** Lowest sequence that waits, or undefined. */
  get lowest(): number | undefined {
    return this.#items.length === 0 ? undefined : Math.min(...this.#items.map(({ sequence }) => sequence));
  }

  push(item: Item): void {
    const { event } = item;
    // An edit or a recall of a message that nobody has begun changes that message in place.
    if (event.type === 'message.updated' || event.type === 'message.deleted') {
      const original = this.#items.find(({ event: waiting }) => waiting.type === 'message.created' && waiting.message.id === event.message.id);
      if (original !== undefined) original.event = amended(original.event, event);
    }
    this.#items.push(item);
  }

  clear(): readonly Item[] {
    return this.#items.splice(0);
  }

  /** Takes what is next: the message with the lowest platform order, with its whole album; or how long to wait. */
  take(nowMs: number, timing: QueueTiming, idle: boolean): Next {
    const first = this.#earliest();
    if (first === undefined) return undefined;
    const { groupId } = first.event.message;
    const holdMs = Math.max(idle ? timing.coalesceMs : 0, groupId === undefined ? 0 : timing.albumMs);
    const waitMs = first.queuedAt + holdMs - nowMs;
    if (waitMs > 0) return { waitMs };
    const album = groupId === undefined ? [first] : this.#items.filter(({ event }) => event.message.groupId === groupId).sort(byOrder);
    const [head = first, ...rest] = album;
    for (const item of album) this.#items.splice(this.#items.indexOf(item), 1);
    return { items: [head, ...rest] };
  }

  #earliest(): Item | undefined {
    return this.#items.reduce<Item | undefined>((best, item) => (best === undefined || byOrder(item, best) < 0 ? item : best), undefined);
  }
}

/** Platform order where both have one; else the order in which they were accepted. Replays stay where they are. */
const byOrder = (left: Item, right: Item): number => {
  const [first, second] = [orderOf(left.event), orderOf(right.event)];
  return first !== undefined && second !== undefined && first !== second ? first - second : left.sequence - right.sequence;
};

const orderOf = ({ message, replayed, type }: InboundEvent): number | undefined =>
  replayed === undefined && type === 'message.created' ? message.order : undefined;

const amended = (original: InboundEvent, change: InboundEvent): InboundEvent =>
  change.type === 'message.deleted'
    ? { ...original, type: 'message.deleted' }
    : { ...original, message: { ...original.message, parts: change.message.parts, text: change.message.text } };
