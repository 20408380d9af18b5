import { PARTITIONS } from '@assistant/contracts';
import { Limiter, type PartitionHolder } from '@assistant/bus';
import { metrics } from '@assistant/telemetry';
import { ConversationMemory } from './memory';
import { PartitionWorker } from './partition';
import type { QueueTiming } from './queue';
import type { TurnTools } from './turn';

const MEMORY_BYTES = 48 * 1024 ** 2;
/** Running turns may end for this long when a partition is handed over. */
const HAND_OVER_MS = 20_000;

export interface SchedulerOptions {
  readonly tools: TurnTools;
  readonly instance: string;
  readonly leaseTtlMs: number;
  /** Conversations at work at a time. */
  readonly concurrency: number;
  readonly timing: () => QueueTiming;
}

/** Holds a fair share of the partitions and runs a worker for each. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #workers = new Map<number, PartitionWorker>();
  readonly #holder: PartitionHolder;
  readonly #gauges: NodeJS.Timeout;
  #drainLimit: AbortSignal | undefined;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    const limiter = new Limiter(options.concurrency);
    const memory = new ConversationMemory(MEMORY_BYTES);
    const { tools, instance, timing } = options;
    this.#holder = tools.bus.spine.holdPartitions({
      role: 'core',
      instance,
      partitions: PARTITIONS,
      ttlMs: options.leaseTtlMs,
      onAcquired: (partition, epoch) => {
        const worker = new PartitionWorker({ partition, epoch, instance, tools, limiter, memory, timing });
        this.#workers.set(partition, worker);
        void this.#open(worker, partition);
      },
      onReleased: (partition, why) => this.#release(partition, why),
    });
    this.#gauges = setInterval(() => this.#report(), 1000);
    this.#gauges.unref();
  }

  /** Partitions that are held and read. */
  get partitions(): number {
    return [...this.#workers.values()].filter(({ opened }) => opened).length;
  }

  /** Ends running turns and gives every partition back. `limit` aborts what takes too long; it stays uncommitted. */
  async drain(limit: AbortSignal): Promise<void> {
    this.#drainLimit = limit;
    clearInterval(this.#gauges);
    await this.#holder.close();
  }

  async #open(worker: PartitionWorker, partition: number): Promise<void> {
    for (;;) {
      if (this.#workers.get(partition) !== worker) return;
      try {
        return await worker.open();
      } catch (error) {
        this.#options.tools.log.warn('a partition could not be opened, trying again', { partition, error });
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  async #release(partition: number, why: 'lost' | 'released'): Promise<void> {
    const worker = this.#workers.get(partition);
    this.#workers.delete(partition);
    if (worker === undefined) return;
    if (why === 'lost') await worker.abandon();
    else await worker.release(this.#drainLimit ?? AbortSignal.timeout(HAND_OVER_MS));
  }

  #report(): void {
    let pending = 0;
    let oldestAt = Number.POSITIVE_INFINITY;
    for (const { floor } of this.#workers.values()) {
      pending += floor.pending;
      oldestAt = Math.min(oldestAt, floor.oldestAt ?? Number.POSITIVE_INFINITY);
    }
    metrics.partitions.set({ role: 'core' }, this.#holder.held.size);
    metrics.backlog.set(pending);
    metrics.backlogOldest.set(Number.isFinite(oldestAt) ? Math.max(0, (Date.now() - oldestAt) / 1000) : 0);
  }
}
