import { ErrorCode as NatsErrorCode, NatsError, StorageType, type Msg } from 'nats';
import {
  AssistantError,
  BUCKETS,
  deliveryRecordSchema,
  inboundPartition,
  isErrorCode,
  laneOf,
  livePartition,
  liveSubject,
  logSubject,
  sentSubject,
  STREAMS,
  turnRecordSchema,
  turnSubject,
  type LiveEvent,
} from '@assistant/contracts';
import type { Logger } from '@assistant/telemetry';
import { createBlobStore } from './blobs';
import type { Bus, BusStatus, Subscription } from './bus';
import { openConnection, type Connection, type ConnectOptions } from './connection';
import { openCursor } from './cursor';
import { createDeadLetters } from './dead-letters';
import { publishInbound } from './inbound';
import { createLaneLog } from './lane-log';
import { holdPartitions } from './lease';
import { createSettings } from './settings';
import { watchStatus } from './status';
import { DEFAULT_LIMITS, ensureStreams, type StoreLimits } from './streams';

export interface BusOptions extends ConnectOptions {
  readonly limits?: StoreLimits;
  /** Time to live of partition leases, milliseconds; the same in every process of an installation. */
  readonly leaseTtlMs?: number;
  /** The drill's mutation that must turn it red: appends are not compared. */
  readonly compareAndSet?: boolean;
}

const WEEK_MS = 7 * 24 * 3_600_000;

/** Connects to NATS and makes sure that streams and buckets are there. Throws `store_unavailable`. */
export const connectBus = async (options: BusOptions): Promise<Bus> => {
  const connection = await openConnection(options);
  const { js, jsm } = connection;
  await ensureStreams(jsm, options.limits ?? DEFAULT_LIMITS);
  const replicas = options.limits?.replicas ?? 1;
  const bucket = { storage: StorageType.File, replicas, history: 1 };
  const leases = await js.views.kv(BUCKETS.leases, { ...bucket, ttl: options.leaseTtlMs ?? 10_000 });
  const floors = await js.views.kv(BUCKETS.floors, bucket);
  const settings = await js.views.kv(BUCKETS.settings, bucket);
  const compareAndSet = options.compareAndSet ?? true;
  const status = watchStatus(connection, settings);

  return {
    publishInbound: (event, traceparent) => publishInbound(connection, event, traceparent),
    turns: createLaneLog(connection, { stream: STREAMS.turns, subjectOf: turnSubject, schema: turnRecordSchema, compareAndSet }),
    sent: createLaneLog(connection, { stream: STREAMS.sent, subjectOf: sentSubject, schema: deliveryRecordSchema, compareAndSet }),
    blobs: createBlobStore(once(() => js.views.os(BUCKETS.media, { storage: StorageType.File, replicas, ttl: WEEK_MS * 1_000_000 }))),
    dead: createDeadLetters(connection),
    settings: createSettings(settings),
    spine: {
      holdPartitions: (hold) => holdPartitions(connection, leases, hold, options.log),
      read: (read) => openCursor(connection, read, options.log),
      loadFloor: async (role, partition) => {
        const entry = await floors.get(`${role}.p${partition}`);
        return entry !== null && entry.operation === 'PUT' ? Number(new TextDecoder().decode(entry.value)) : 0;
      },
      saveFloor: async (role, partition, sequence) => void (await floors.put(`${role}.p${partition}`, String(sequence))),
      forgetInbound: async (partition, below) => void (await jsm.streams.purge(STREAMS.inbound, { filter: inboundPartition(partition), seq: below })),
      lastSequence: async (stream) => (await jsm.streams.info(stream)).state.last_seq,
    },
    ...messaging(connection, options.log),
    get status(): BusStatus {
      return status.current();
    },
    close: async () => {
      status.stop();
      await connection.close();
    },
  };
};

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
};

type Messaging = Pick<Bus, 'publishLive' | 'subscribeLive' | 'subscribeLivePartition' | 'publishJson' | 'publishLog' | 'subscribe' | 'request' | 'respond'>;

/** What travels over core NATS: lossy, at once. */
const messaging = ({ nats }: Connection, log: Logger): Messaging => {
  const listen = (subject: string, handle: (message: Msg) => void, queue?: string): Subscription => {
    const callback = (error: Error | null, message: Msg): void => {
      if (error !== null) return;
      try {
        handle(message);
      } catch (failure) {
        log.error('a listener failed', { subject, error: failure });
      }
    };
    const subscription = nats.subscribe(subject, queue === undefined ? { callback } : { callback, queue });
    return { stop: () => subscription.unsubscribe() };
  };
  const publish = (subject: string, data: string): void => {
    // While it drains the connection refuses to publish; what is lossy is lost then.
    if (!nats.isClosed() && !nats.isDraining()) nats.publish(subject, data);
  };
  // Live events come from our own core; whoever reads them treats them as display only.
  const live = (message: Msg): LiveEvent => message.json<LiveEvent>();

  return {
    publishLive: (lane, event) => publish(liveSubject(lane), JSON.stringify(event)),
    subscribeLive: (lane, listener) => listen(liveSubject(lane), (message) => listener(live(message))),
    subscribeLivePartition: (partition, platform, listener) =>
      listen(livePartition(partition, platform), (message) => {
        const lane = laneOf(message.subject);
        if (lane !== undefined) listener(lane, live(message));
      }),
    publishJson: (subject, value) => publish(subject, JSON.stringify(value)),
    publishLog: (service, level, line) => publish(logSubject(service, level), line),
    subscribe: (subject, listener) => listen(subject, (message) => listener(message.string(), message.subject)),
    request: async (subject, value, timeoutMs) => {
      try {
        const answer = await nats.request(subject, JSON.stringify(value), { timeout: timeoutMs });
        return unwrap(answer.json<unknown>(), subject);
      } catch (error) {
        if (error instanceof NatsError && (error.code === NatsErrorCode.NoResponders || error.code === NatsErrorCode.Timeout)) {
          throw new AssistantError('overloaded', `nobody answered on ${subject}`, { cause: error });
        }
        throw error;
      }
    },
    respond: (subject, group, handler) =>
      listen(
        subject,
        (message) => {
          const answer = async (): Promise<unknown> => {
            try {
              return { ok: await handler(message.json<unknown>()) };
            } catch (error) {
              const code = error instanceof Error && 'code' in error && isErrorCode(error.code) ? error.code : 'internal';
              return { error: { code, message: error instanceof Error ? error.message : String(error) } };
            }
          };
          void answer().then((value) => message.respond(JSON.stringify(value)));
        },
        group,
      ),
  };
};

const unwrap = (answer: unknown, subject: string): unknown => {
  if (typeof answer === 'object' && answer !== null) {
    if ('ok' in answer) return answer.ok;
    if ('error' in answer && typeof answer.error === 'object' && answer.error !== null && 'code' in answer.error && 'message' in answer.error) {
      throw new AssistantError(isErrorCode(answer.error.code) ? answer.error.code : 'internal', String(answer.error.message), { subject });
    }
  }
  return undefined;
};
