import type { KV } from 'nats';
import { BUCKETS } from '@assistant/contracts';
import type { Logger } from '@assistant/telemetry';
import type { HoldOptions, PartitionHolder } from './bus';
import type { Connection } from './connection';

const BUCKET_STREAM = `KV_${BUCKETS.leases}`;

/** What one lease entry says. */
interface LeaseValue {
  readonly instance: string;
  readonly epoch: number;
}

interface Held {
  epoch: number;
  revision: number;
  /** Monotonic milliseconds of the last confirmed renewal. */
  renewedAt: number;
}

const monotonicMs = (): number => performance.now();

/**
 * Competes for the partitions of a role. A lease is a key that the server lets expire; its owner renews it at 30 %
 * of the time to live and stops by itself at 70 %, on its own monotonic clock. Expiry is measured by the server
 * alone, so a wrong wall clock is harmless. Leases give liveness and save work; safety comes from compare-and-set.
 */
export const holdPartitions = (connection: Connection, kv: KV, options: HoldOptions, log: Logger): PartitionHolder => {
  const { role, instance, partitions, ttlMs } = options;
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const held = new Map<number, Held>();
  const heldSet = new Set<number>();
  const releasing = new Set<number>();
  const keyOf = (partition: number): string => `${role}.p${partition}`;
  const memberKey = `${role}.member.${instance.replace(/[^A-Za-z0-9_-]/g, '_')}`;
  const valueOf = (epoch: number): Uint8Array => encoder.encode(JSON.stringify({ instance, epoch } satisfies LeaseValue));
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let lastGiveBack = 0;
  let lastRenewal = -Infinity;

  const liveMembers = async (): Promise<number> => {
    const bucket = await connection.jsm.streams.info(BUCKET_STREAM, { subjects_filter: `$KV.${BUCKETS.leases}.${role}.member.*` });
    return Math.max(1, Object.keys(bucket.state.subjects ?? {}).length);
  };

  const lose = (partition: number, why: string): void => {
    held.delete(partition);
    heldSet.delete(partition);
    log.warn('a partition lease was lost', { role, partition, why });
    void options.onReleased(partition, 'lost').catch((error: unknown) => log.error('stopping a lost partition failed', { role, partition, error }));
  };

  const renew = async (partition: number, lease: Held): Promise<void> => {
    try {
      const asked = monotonicMs();
      lease.revision = await kv.update(keyOf(partition), valueOf(lease.epoch), lease.revision);
      lease.renewedAt = asked;
    } catch (error) {
      if (!held.has(partition) || releasing.has(partition)) return;
      if (isWrongRevision(error)) return lose(partition, 'somebody else owns it');
      if (monotonicMs() - lease.renewedAt > ttlMs * 0.7) lose(partition, 'it could not be renewed');
    }
  };

  /** Takes a free partition, or one that an earlier life of this very instance left behind. */
  const acquire = async (partition: number): Promise<boolean> => {
    const asked = monotonicMs();
    const take = (revision: number): void => {
      held.set(partition, { epoch: revision, revision, renewedAt: asked });
      heldSet.add(partition);
      options.onAcquired(partition, revision);
    };
    try {
      take(await kv.create(keyOf(partition), valueOf(0)));
      return true;
    } catch {
      const entry = await kv.get(keyOf(partition)).catch(() => null);
      if (entry === null || entry.operation !== 'PUT' || ownerOf(decoder.decode(entry.value)) !== instance) return false;
      try {
        take(await kv.update(keyOf(partition), valueOf(0), entry.revision));
        return true;
      } catch {
        return false;
      }
    }
  };

  const release = async (partition: number): Promise<void> => {
    const lease = held.get(partition);
    if (lease === undefined || releasing.has(partition)) return;
    releasing.add(partition);
    try {
      // Renewals go on while running work ends: nobody else may start before we let go.
      const keepAlive = setInterval(() => void renewQuietly(partition, lease), ttlMs * 0.3);
      try {
        await options.onReleased(partition, 'released');
      } finally {
        clearInterval(keepAlive);
      }
      await kv.delete(keyOf(partition), { previousSeq: lease.revision }).catch(() => undefined);
    } finally {
      held.delete(partition);
      heldSet.delete(partition);
      releasing.delete(partition);
    }
  };

  const renewQuietly = async (partition: number, lease: Held): Promise<void> => {
    try {
      lease.revision = await kv.update(keyOf(partition), valueOf(lease.epoch), lease.revision);
    } catch {
      // Lost while handing over: compare-and-set keeps the work safe, and the partition is given up anyway.
    }
  };

  const acquireUpTo = async (wanted: number): Promise<void> => {
    const free = [...Array(partitions).keys()].filter((partition) => !held.has(partition));
    // A random start keeps replicas that come up together from racing for the same keys.
    const start = Math.floor(Math.random() * free.length);
    const order = [...free.slice(start), ...free.slice(0, start)];
    for (let index = 0; index < order.length && held.size < wanted && !closed;) {
      const some = order.slice(index, index + Math.min(16, wanted - held.size));
      index += some.length;
      await Promise.all(some.map(acquire));
    }
  };

  const round = async (): Promise<void> => {
    const now = monotonicMs();
    for (const [partition, lease] of held) {
      if (!releasing.has(partition) && now - lease.renewedAt > ttlMs * 0.7) lose(partition, 'it could not be renewed');
    }
    if (!connection.connected) return;
    if (now - lastRenewal >= ttlMs * 0.3) {
      lastRenewal = now;
      await kv.put(memberKey, valueOf(0));
      await Promise.all([...held].filter(([partition]) => !releasing.has(partition)).map(([partition, lease]) => renew(partition, lease)));
    }
    const share = Math.ceil(partitions / (await liveMembers()));
    if (held.size < share) await acquireUpTo(share);
    else if (held.size - releasing.size > share && now - lastGiveBack > 1000) {
      lastGiveBack = now;
      const [surplus] = [...held.keys()].filter((partition) => !releasing.has(partition));
      if (surplus !== undefined)
        void release(surplus).catch((error: unknown) => log.error('handing over a partition failed', { role, partition: surplus, error }));
    }
  };

  let running: Promise<void> = Promise.resolve();
  const loop = async (): Promise<void> => {
    try {
      await round();
    } catch (error) {
      if (connection.connected) log.warn('a round of lease keeping failed', { role, error });
    }
    if (closed) return;
    timer = setTimeout(
      () => {
        running = loop();
      },
      Math.min(500, ttlMs / 10),
    );
  };
  running = loop();

  return {
    held: heldSet,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      // A round that is under way may still take partitions; what it took is given back too.
      await running;
      const members = connection.jsm.streams.purge(BUCKET_STREAM, { filter: `$KV.${BUCKETS.leases}.${memberKey}` }).catch(() => undefined);
      await Promise.all([...held.keys()].map(release));
      await members;
    },
  };
};

const isWrongRevision = (error: unknown): boolean => error instanceof Error && /wrong last sequence/i.test(error.message);

const ownerOf = (text: string): string | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'instance' in value && typeof value.instance === 'string' ? value.instance : undefined;
  } catch {
    return undefined;
  }
};
