import { mutated } from '@assistant/contracts';

/**
 * Tracks which messages of a partition are done. The floor is the highest sequence below which nothing is pending:
 * where the next owner starts to read. It may lag behind, which only costs re-reading; it must never run ahead.
 */
export class Floor {
  /** In stream order, because messages arrive in stream order. */
  readonly #pending = new Map<number, number>();
  #seen: number;

  constructor(start: number) {
    this.#seen = start;
  }

  begin(sequence: number, storedAt: number): void {
    this.#seen = Math.max(this.#seen, sequence);
    this.#pending.set(sequence, storedAt);
  }

  end(sequence: number): void {
    this.#pending.delete(sequence);
  }

  /** Every message up to this sequence is done. */
  get value(): number {
    if (mutated('floor')) return this.#seen;
    const [oldest] = this.#pending.keys();
    return oldest === undefined ? this.#seen : oldest - 1;
  }

  get pending(): number {
    return this.#pending.size;
  }

  /** When the store took the oldest pending message, Unix milliseconds. */
  get oldestAt(): number | undefined {
    const [at] = this.#pending.values();
    return at;
  }
}
