import { AssistantError } from '@assistant/contracts';

const MOST_OF_ONE_VISITOR = 16;
const MOST = 10_000;

/** The open event streams of this process: bounded for one visitor and as a whole, and ended together when it drains. */
export class StreamLimit {
  readonly #open = new Map<string, Set<AbortController>>();
  #count = 0;
  readonly #ending = new AbortController();

  /** Throws `rate_limited` for a visitor with too many streams, `overloaded` when the process has too many, `draining` when it stops. */
  open(visitorId: string): { readonly signal: AbortSignal; close(): void } {
    if (this.#ending.signal.aborted) throw new AssistantError('draining', 'this replica is stopping', { retryAfterMs: 1000 });
    const mine = this.#open.get(visitorId) ?? new Set();
    if (mine.size >= MOST_OF_ONE_VISITOR)
      throw new AssistantError('rate_limited', `at most ${MOST_OF_ONE_VISITOR} event streams at a time; close another tab`, { retryAfterMs: 10_000 });
    if (this.#count >= MOST) throw new AssistantError('overloaded', 'too many open event streams', { retryAfterMs: 10_000 });
    const controller = new AbortController();
    mine.add(controller);
    this.#open.set(visitorId, mine);
    this.#count++;
    return {
      signal: controller.signal,
      close: () => {
        if (!mine.delete(controller)) return;
        this.#count--;
        if (mine.size === 0) this.#open.delete(visitorId);
      },
    };
  }

  /** Aborts when the process drains: whoever waits for an answer stops waiting. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Ends every stream for good; the pages reconnect elsewhere and go on where they were. */
  endAll(): void {
    this.#ending.abort();
    for (const controllers of this.#open.values()) for (const controller of controllers) controller.abort();
  }

  get count(): number {
    return this.#count;
  }
}
