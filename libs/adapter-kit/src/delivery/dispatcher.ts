import { PARTITIONS } from '@assistant/contracts';
import { Limiter, type PartitionHolder } from '@assistant/bus';
import { metrics } from '@assistant/telemetry';
import type { DeliverTools } from './deliver';
import { PartitionSender } from './partition-sender';

/** Sends under way at a time, over all chats of a platform in one process. */
const MOST_SENDS = 128;
const HAND_OVER_MS = 15_000;

export interface DispatcherOptions<Call> {
  readonly tools: DeliverTools<Call>;
  readonly instance: string;
  readonly leaseTtlMs: number;
  readonly preview: boolean;
}

/** Holds a fair share of a platform's partitions and delivers their answers. */
export class Dispatcher<Call> {
  readonly #options: DispatcherOptions<Call>;
  readonly #senders = new Map<number, PartitionSender<Call>>();
  readonly #holder: PartitionHolder;
  readonly #gauge: NodeJS.Timeout;
  #drainLimit: AbortSignal | undefined;

  constructor(options: DispatcherOptions<Call>) {
    this.#options = options;
    const limiter = new Limiter(MOST_SENDS);
    const { tools, instance, leaseTtlMs, preview } = options;
    this.#holder = tools.bus.spine.holdPartitions({
      role: tools.platform,
      instance,
      partitions: PARTITIONS,
      ttlMs: leaseTtlMs,
      onAcquired: (partition, epoch) => {
        const sender = new PartitionSender<Call>({ partition, epoch, instance, tools, limiter, preview });
        this.#senders.set(partition, sender);
        void this.#open(sender, partition);
      },
      onReleased: (partition, why) => this.#release(partition, why),
    });
    this.#gauge = setInterval(() => metrics.partitions.set({ role: tools.platform }, this.#holder.held.size), 1000);
    this.#gauge.unref();
  }

  /** Partitions that are held and read. */
  get partitions(): number {
    return [...this.#senders.values()].filter(({ opened }) => opened).length;
  }

  async drain(limit: AbortSignal): Promise<void> {
    this.#drainLimit = limit;
    clearInterval(this.#gauge);
    await this.#holder.close();
  }

  async #open(sender: PartitionSender<Call>, partition: number): Promise<void> {
    while (this.#senders.get(partition) === sender) {
      try {
        return await sender.open();
      } catch (error) {
        this.#options.tools.log.warn('a partition could not be opened, trying again', { partition, error });
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  async #release(partition: number, why: 'lost' | 'released'): Promise<void> {
    const sender = this.#senders.get(partition);
    this.#senders.delete(partition);
    if (sender === undefined) return;
    if (why === 'lost') await sender.abandon();
    else await sender.release(this.#drainLimit ?? AbortSignal.timeout(HAND_OVER_MS));
  }
}
