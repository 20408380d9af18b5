import { mutated, type DeliveryRecord, type Lane } from '@assistant/contracts';
import type { Bus, Stored } from '@assistant/bus';

/**
 * How far the delivery of one conversation got. Its last record decides, so an intent for the next part also says
 * that the part before is done. Appends are a compare-and-set chain: a stale owner cannot write, hence not send.
 */
export class Ledger {
  readonly #bus: Bus;
  readonly #lane: Lane;
  #last: Stored<DeliveryRecord> | undefined;
  #loaded = false;

  constructor(bus: Bus, lane: Lane) {
    this.#bus = bus;
    this.#lane = lane;
  }

  /** The newest record; read from the store the first time. */
  async last(): Promise<DeliveryRecord | undefined> {
    if (!this.#loaded) {
      this.#last = await this.#bus.sent.last(this.#lane);
      this.#loaded = true;
    }
    return this.#last?.record;
  }

  /** Writes the next record. Throws `LaneConflict` when another sender is at work. */
  async append(record: Omit<DeliveryRecord, 'v' | 'at'>): Promise<void> {
    if (record.phase === 'intent' && mutated('intent')) return;
    const full: DeliveryRecord = { v: 1, at: Date.now(), ...record };
    const sequence = await this.#bus.sent.append(this.#lane, full, this.#last?.sequence ?? 0);
    this.#last = { sequence, record: full };
  }

  /** Forgets what is in memory: the next question reads the store. */
  reset(): void {
    this.#loaded = false;
    this.#last = undefined;
  }
}
