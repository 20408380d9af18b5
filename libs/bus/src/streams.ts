import { DiscardPolicy, NatsError, RetentionPolicy, StorageType, type JetStreamManager, type StreamConfig } from 'nats';
import { AssistantError, STREAMS } from '@assistant/contracts';

const HOUR_MS = 3_600_000;
const nanos = (milliseconds: number): number => milliseconds * 1_000_000;

/** How much the spine may store. JetStream reserves these sizes, so their sum must fit on the disk. */
export interface StoreLimits {
  readonly inboundBytes: number;
  readonly turnsBytes: number;
  readonly sentBytes: number;
  readonly deadBytes: number;
  /** Copies of every stream over a NATS cluster: 1, 3 or 5. */
  readonly replicas: number;
  /** How long conversations are kept, hours. */
  readonly turnsHours: number;
}

export const DEFAULT_LIMITS: StoreLimits = {
  inboundBytes: 256 * 1024 ** 2,
  turnsBytes: 512 * 1024 ** 2,
  sentBytes: 64 * 1024 ** 2,
  deadBytes: 64 * 1024 ** 2,
  replicas: 1,
  turnsHours: 30 * 24,
};

/**
 * The four streams. IN refuses new messages when it is full (the edge then answers 503 and the platform repeats);
 * TURN and SENT let go of their oldest records, because a commit that cannot be written would lose an answer.
 * The duplicate window of IN costs about 300 bytes of server memory an id, so it is short: the turn record
 * refuses older duplicates.
 */
export const streamConfigs = (limits: StoreLimits): readonly Partial<StreamConfig>[] => {
  const common = { storage: StorageType.File, retention: RetentionPolicy.Limits, num_replicas: limits.replicas, allow_direct: true };
  return [
    {
      ...common,
      name: STREAMS.inbound,
      subjects: ['in.>'],
      discard: DiscardPolicy.New,
      max_bytes: limits.inboundBytes,
      max_age: nanos(72 * HOUR_MS),
      duplicate_window: nanos(120_000),
    },
    {
      ...common,
      name: STREAMS.turns,
      subjects: ['turn.>'],
      discard: DiscardPolicy.Old,
      max_bytes: limits.turnsBytes,
      max_age: nanos(limits.turnsHours * HOUR_MS),
      duplicate_window: nanos(1000),
    },
    {
      ...common,
      name: STREAMS.sent,
      subjects: ['sent.>'],
      discard: DiscardPolicy.Old,
      max_bytes: limits.sentBytes,
      // Only the newest record of a conversation decides; a few more are kept for people.
      max_msgs_per_subject: 8,
      max_age: nanos(limits.turnsHours * HOUR_MS),
      duplicate_window: nanos(1000),
    },
    {
      ...common,
      name: STREAMS.dead,
      subjects: ['dlq.>'],
      discard: DiscardPolicy.Old,
      max_bytes: limits.deadBytes,
      max_age: nanos(30 * 24 * HOUR_MS),
      duplicate_window: nanos(120_000),
    },
  ];
};

/** JetStream API error codes that we act on (nats-server/server/errors.json). */
export const API_ERROR = { streamNotFound: 10059, wrongLastSequence: 10071, storeFailed: 10077, insufficientStorage: 10047, streamNameInUse: 10058 } as const;

/** The JetStream error code of an error, or undefined. */
export const apiErrorCode = (error: unknown): number | undefined => (error instanceof NatsError ? error.api_error?.err_code : undefined);

/** Creates the streams, or brings existing ones to the wanted limits. Every replica may run this at the same time. */
export const ensureStreams = async (jsm: JetStreamManager, limits: StoreLimits): Promise<void> => {
  for (const config of streamConfigs(limits)) await ensureStream(jsm, config);
};

const ensureStream = async (jsm: JetStreamManager, config: Partial<StreamConfig>): Promise<void> => {
  const name = config.name ?? '';
  try {
    const current = await jsm.streams.info(name).catch((error: unknown) => {
      if (apiErrorCode(error) === API_ERROR.streamNotFound) return undefined;
      throw error;
    });
    if (current === undefined) await jsm.streams.add(config);
    else if (
      current.config.max_bytes !== config.max_bytes ||
      current.config.max_age !== config.max_age ||
      current.config.num_replicas !== config.num_replicas
    ) {
      await jsm.streams.update(name, { max_bytes: config.max_bytes, max_age: config.max_age, num_replicas: config.num_replicas });
    }
  } catch (error) {
    if (apiErrorCode(error) === API_ERROR.streamNameInUse) return;
    if (apiErrorCode(error) === API_ERROR.insufficientStorage) {
      throw new AssistantError(
        'store_unavailable',
        `NATS has not enough storage for stream ${name} (${config.max_bytes} bytes). Free disk space, raise max_file_store in its configuration, or lower turns.store.*_bytes.`,
        { cause: error },
      );
    }
    throw error;
  }
};
