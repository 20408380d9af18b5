import type { Stored } from '@assistant/bus';
import type { CommitRecord } from '@assistant/contracts';
import { metrics } from '@assistant/telemetry';

/** A reply that is read later than this was history, not an answer that somebody waited for. */
const FRESH_MS = 60_000;
const REMEMBERED = 1024;

/** Measures each reply once, when its first reader gets it. */
export class ReplyClock {
  readonly #seen = new Set<number>();

  shown({ sequence, record }: Stored<CommitRecord>, now: number = Date.now()): void {
    if (now - record.at > FRESH_MS || this.#seen.has(sequence)) return;
    this.#seen.add(sequence);
    for (const oldest of this.#seen) {
      if (this.#seen.size <= REMEMBERED) break;
      this.#seen.delete(oldest);
    }
    const durationMs = Math.max(0, now - record.acceptedAt);
    metrics.reply.observe({ platform: 'web' }, durationMs / 1000);
    metrics.overhead.observe({ platform: 'web' }, Math.max(0, durationMs - record.waitedMs) / 1000);
  }
}
