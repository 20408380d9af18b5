import { AssistantError } from '@assistant/contracts';
import { metrics } from '@assistant/telemetry';
import { spanned, type Journey } from './journey';

/** Beyond this a process only gets slower; other replicas answer sooner. */
const MAX_IN_FLIGHT = 4096;

/** Counts the calls under way. */
export class Seats {
  readonly #capacity: number;
  #taken = 0;
  #waiting: (() => void)[] = [];

  constructor(capacity: number = MAX_IN_FLIGHT) {
    this.#capacity = capacity;
  }

  get taken(): number {
    return this.#taken;
  }

  take(): void {
    if (this.#taken >= this.#capacity) {
      throw new AssistantError('overloaded', `The gateway is working on ${this.#capacity} requests already.`, { retryAfterMs: 1000 });
    }
    this.#taken += 1;
    metrics.gatewayInFlight.set(this.#taken);
  }

  giveBack(): void {
    this.#taken -= 1;
    metrics.gatewayInFlight.set(this.#taken);
    if (this.#taken === 0) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Resolves when nobody is seated, or when the signal aborts. */
  empty(signal: AbortSignal): Promise<void> {
    if (this.#taken === 0 || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

/** Takes a seat for one call. Throws `overloaded` when all are taken. Returns the way to give it back. */
export const limit = (seats: Seats, journey: Journey): (() => void) =>
  spanned(journey.span, 'call.limit', () => {
    seats.take();
    return () => seats.giveBack();
  });
