/** Webhooks in work at a time; beyond it the platform is told to come again. */
const MOST_IN_FLIGHT = 512;
/** A store that confirms this slowly is about to fall behind. */
const SLOW_ACK_MS = 500;
/** Share of the newest confirmation in the moving average. */
const WEIGHT = 0.05;

/** Decides at the edge whether one more webhook is taken. A refused one costs nothing: the platform repeats it. */
export class Pressure {
  #inFlight = 0;
  #averageMs = 0;

  /** Undefined when there is room; else how long to stay away, milliseconds. */
  refuse(): number | undefined {
    if (this.#inFlight >= MOST_IN_FLIGHT) return 5000 + Math.random() * 5000;
    // With nothing in flight one is always let through: it is how we learn that the store is fast again.
    if (this.#averageMs > SLOW_ACK_MS && this.#inFlight > 8) return 5000 + Math.random() * 25_000;
    return undefined;
  }

  async track<T>(publish: () => Promise<T>): Promise<T> {
    this.#inFlight++;
    const started = performance.now();
    try {
      return await publish();
    } finally {
      this.#inFlight--;
      this.#averageMs += (performance.now() - started - this.#averageMs) * WEIGHT;
    }
  }
}
