import { isAssistantError, type Lane, type LiveEvent } from '@assistant/contracts';
import { LaneConflict, type Limiter } from '@assistant/bus';
import { pause } from './backoff';
import { deliver, type Delivery, type DeliverTools } from './deliver';
import { Ledger } from './ledger';
import { Preview } from './preview';

const STORE_RETRY_MS = 500;

export interface LaneSenderOptions<Call> {
  readonly lane: Lane;
  readonly tools: DeliverTools<Call>;
  readonly limiter: Limiter;
  readonly signal: AbortSignal;
  onDone(sequence: number): void;
  onIdle(): void;
}

/** One conversation's answers, one after the other, and the preview of the one being written. */
export class LaneSender<Call> {
  readonly #options: LaneSenderOptions<Call>;
  readonly #ledger: Ledger;
  readonly #queue: Delivery[] = [];
  readonly #preview: Preview<Call>;
  #loop: Promise<void> | undefined;

  constructor(options: LaneSenderOptions<Call>) {
    this.#options = options;
    this.#ledger = new Ledger(options.tools.bus, options.lane);
    this.#preview = new Preview({ tools: options.tools, ledger: this.#ledger, signal: options.signal, wake: () => this.#start() });
  }

  get idle(): boolean {
    return this.#loop === undefined && this.#queue.length === 0 && this.#preview.idle;
  }

  push(delivery: Delivery): void {
    this.#preview.close(delivery.commit.turnId);
    this.#queue.push(delivery);
    this.#start();
  }

  /** A live event of this conversation: previews never hold up an answer that is ready. */
  show(event: LiveEvent): void {
    this.#preview.show(event);
  }

  async settled(): Promise<void> {
    await this.#loop;
  }

  #start(): void {
    this.#loop ??= this.#work().finally(() => {
      this.#loop = undefined;
      if (this.#options.signal.aborted) return;
      if (this.#queue.length > 0) this.#start();
      else this.#options.onIdle();
    });
  }

  async #work(): Promise<void> {
    const { limiter, signal } = this.#options;
    while (!signal.aborted) {
      const delivery = this.#queue.shift();
      if (delivery !== undefined) await limiter.run(() => this.#deliver(delivery));
      else if (!(await this.#previewed())) return;
    }
  }

  async #previewed(): Promise<boolean> {
    try {
      return await this.#preview.step();
    } catch (error) {
      // A preview is worth no retry; the answer reads the ledger anew.
      this.#preview.abandon();
      this.#ledger.reset();
      const { tools, signal } = this.#options;
      if (!signal.aborted && !(error instanceof LaneConflict))
        tools.log.warn('a preview was given up', { hop: 'delivery.send', platform: tools.platform, error });
      return false;
    }
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { tools, signal, onDone } = this.#options;
    while (!signal.aborted) {
      try {
        await deliver(tools, this.#ledger, delivery, signal);
        return onDone(delivery.turnSeq);
      } catch (error) {
        if (signal.aborted) return;
        // Another sender wrote, or the store was away: read again how far delivery got.
        this.#ledger.reset();
        if (error instanceof LaneConflict) continue;
        if (!isAssistantError(error)) tools.log.error('a delivery threw', { hop: 'delivery.send', platform: tools.platform, error });
        await pause(STORE_RETRY_MS, signal).catch(() => undefined);
      }
    }
  }
}
