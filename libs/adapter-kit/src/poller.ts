import type { Bus, PartitionHolder } from '@assistant/bus';
import type { Logger } from '@assistant/telemetry';
import { pause, retryDelayMs } from './delivery/backoff';
import { publishPolled } from './intake/intake';
import type { Account } from './platform';

export interface PollerOptions {
  readonly bus: Bus;
  readonly log: Logger;
  readonly platform: string;
  readonly instance: string;
  readonly leaseTtlMs: number;
}

/**
 * Runs an account's long-running intake in exactly one replica: vendors allow a single poller or socket a bot. The
 * lease moves it to another replica when this one dies.
 */
export const ownPoll = ({ bus, log, platform, instance, leaseTtlMs }: PollerOptions, account: Account<unknown>): PartitionHolder | undefined => {
  const { poll } = account;
  if (poll === undefined) return undefined;
  let abort = new AbortController();
  let running: Promise<void> | undefined;
  const keepPolling = async (signal: AbortSignal): Promise<void> => {
    for (let attempt = 0; !signal.aborted; attempt++) {
      const started = Date.now();
      try {
        await poll(publishPolled(bus, log), signal);
      } catch (error) {
        if (signal.aborted) return;
        if (Date.now() - started > 60_000) attempt = 0;
        log.warn('polling was interrupted, trying again', { platform, account: account.id, error });
        await pause(retryDelayMs(attempt, undefined), signal).catch(() => undefined);
      }
    }
  };
  return bus.spine.holdPartitions({
    role: `${platform}-poll-${account.id}`.replace(/[^A-Za-z0-9_-]/g, '_'),
    instance,
    partitions: 1,
    ttlMs: leaseTtlMs,
    onAcquired: () => {
      abort = new AbortController();
      running = keepPolling(abort.signal);
    },
    onReleased: async () => {
      abort.abort(new Error('the poll lease moved'));
      await running;
    },
  });
};
