import type { DeliveryRecord, InboundEvent, Lane, LiveEvent, LogLevel, TurnRecord } from '@assistant/contracts';

/** A stored record and its sequence in the stream. */
export interface Stored<T> {
  readonly sequence: number;
  readonly record: T;
}

export interface PublishReceipt {
  readonly sequence: number;
  /** The stream already held a message with this id. */
  readonly duplicate: boolean;
}

/**
 * A log of compare-and-set chains, one a lane: TURN (turn records) and SENT (delivery records). The only truth of
 * what was answered and what was delivered.
 */
export interface LaneLog<T> {
  /** The lane's newest record. */
  last(lane: Lane): Promise<Stored<T> | undefined>;
  /**
   * Appends if `expected` is still the sequence of the lane's newest record (0 = none) and returns the new sequence.
   * Throws `LaneConflict` when somebody else appended. A repeat of the very same append (after a time-out, say)
   * returns the first one's sequence. Throws `store_unavailable` when the store does not answer within 10 s.
   */
  append(lane: Lane, record: T, expected: number, traceparent?: string): Promise<number>;
  /** The record at this sequence of the stream, if it belongs to the lane. */
  at(lane: Lane, sequence: number): Promise<Stored<T> | undefined>;
  /** The lane's records from a sequence on, oldest first, up to the newest one now. */
  from(lane: Lane, sequence: number): AsyncGenerator<Stored<T>>;
}

/** Somebody else appended to the lane first. */
export class LaneConflict extends Error {
  override readonly name = 'LaneConflict';
}

/** Bytes too large for a message: media and artefacts. */
export interface BlobStore {
  /** Stores the bytes and returns their reference `blob:<id>`. */
  put(bytes: AsyncIterable<Uint8Array> | Uint8Array, about: BlobInfo): Promise<{ readonly ref: string; readonly size: number }>;
  /** Throws `not_found` for an unknown or expired reference. */
  get(ref: string): Promise<BlobInfo & { readonly size: number; readonly bytes: AsyncIterable<Uint8Array> }>;
}

export interface BlobInfo {
  readonly mime: string;
  readonly name?: string;
}

export interface Subscription {
  stop(): void;
}

/** Everything that services say to each other without calling each other. `libs/bus` alone knows NATS. */
export interface Bus {
  /**
   * Publishes to IN and waits for the store's confirmation, at most 1.5 s a try. Throws `store_unavailable` when it
   * does not come: then the platform must not be told that the message was accepted.
   */
  publishInbound(event: InboundEvent, traceparent: string): Promise<PublishReceipt>;
  readonly turns: LaneLog<TurnRecord>;
  readonly sent: LaneLog<DeliveryRecord>;
  readonly blobs: BlobStore;
  /** Lossy. */
  publishLive(lane: Lane, event: LiveEvent): void;
  subscribeLive(lane: Lane, listener: (event: LiveEvent) => void): Subscription;
  subscribeLivePartition(partition: number, platform: string, listener: (lane: Lane, event: LiveEvent) => void): Subscription;
  /** Lossy publish and subscribe of JSON on a plain subject (logs, health beats). */
  publishJson(subject: string, value: unknown): void;
  publishLog(service: string, level: LogLevel, line: string): void;
  subscribe(subject: string, listener: (data: string, subject: string) => void): Subscription;
  /** Asks one of the responders. Throws `overloaded` when nobody answers in time. */
  request(subject: string, value: unknown, timeoutMs: number): Promise<unknown>;
  /** Answers requests, one replica of the group each. What the handler throws becomes the error of `request`. */
  respond(subject: string, group: string, handler: (value: unknown) => Promise<unknown>): Subscription;
  /** Shared settings, seen by every replica within a second. */
  readonly settings: SettingsStore;
  /** What core and the senders divide among their replicas. */
  readonly spine: Spine;
  readonly dead: DeadLetters;
  readonly status: BusStatus;
  close(): Promise<void>;
}

/** The parts of the spine that one replica owns at a time. Used by core and by the kit's delivery. */
export interface Spine {
  /** Starts to compete for the partitions of a role. */
  holdPartitions(options: HoldOptions): PartitionHolder;
  /** Reads a stream from a sequence on, in order, until it is closed. */
  read(options: ReadOptions): StreamReader;
  /** Everything up to this sequence is done; 0 = nothing yet. */
  loadFloor(role: string, partition: number): Promise<number>;
  saveFloor(role: string, partition: number, sequence: number): Promise<void>;
  /** Lets the store forget the messages of a partition below this sequence: they are answered. */
  forgetInbound(partition: number, below: number): Promise<void>;
  /** The stream's newest sequence. */
  lastSequence(stream: StreamName): Promise<number>;
}

export type StreamName = 'IN' | 'TURN';

export interface HoldOptions {
  /** `core`, or the platform's name for senders: who competes with whom. */
  readonly role: string;
  readonly instance: string;
  readonly partitions: number;
  /** A lease that is not renewed for this long is free. The owner itself stops at 70 % of it. */
  readonly ttlMs: number;
  /** This replica owns the partition from now on. */
  onAcquired(partition: number, epoch: number): void;
  /**
   * It does not any more. `lost`: stop at once, another owner may be at work. `released`: the partition is handed
   * over when the promise resolves, so let running work end.
   */
  onReleased(partition: number, why: 'lost' | 'released'): Promise<void>;
}

export interface PartitionHolder {
  readonly held: ReadonlySet<number>;
  /** Gives every partition back, so that another replica takes over at once. */
  close(): Promise<void>;
}

export interface ReadOptions {
  readonly stream: StreamName;
  readonly filter: string;
  /** First sequence to read. */
  readonly from: number;
  /** Makes the server-side cursor recognisable; must be unique among readers. */
  readonly name: string;
  /** How many messages may be under way to us. */
  readonly batch: number;
  /** Called in stream order, never concurrently with itself; must not throw. */
  onMessage(message: StreamMessage): void;
}

export interface StreamReader {
  /** Asks for no more; what is under way still comes (at most `batch`). */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

export interface StreamMessage {
  readonly sequence: number;
  readonly subject: string;
  readonly lane: Lane;
  readonly data: Uint8Array;
  readonly traceparent: string | undefined;
  /** When the store took it, Unix milliseconds. */
  readonly storedAt: number;
}

export interface DeadLetter {
  /** Sequence in DLQ: its id. */
  readonly id: number;
  readonly stage: string;
  readonly reason: string;
  readonly attempts: number;
  /** Sequence in the stream it came from, 0 if it never was in one. */
  readonly source: number;
  readonly lane: Lane;
  readonly traceparent: string;
  readonly at: number;
  readonly data: Uint8Array;
}

/** Messages set aside because a repeat cannot help. */
export interface DeadLetters {
  put(letter: Omit<DeadLetter, 'id' | 'at'>): Promise<number>;
  list(options: { readonly stage?: string; readonly sinceMs?: number; readonly limit: number }): Promise<readonly DeadLetter[]>;
  get(id: number): Promise<DeadLetter | undefined>;
  drop(id: number): Promise<boolean>;
  count(): Promise<number>;
}

export interface SettingsStore {
  get(key: string): Promise<string | undefined>;
  put(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** Called with the present value (if any) and with every later one; undefined = deleted. */
  watch(key: string, listener: (value: string | undefined) => void): Promise<Subscription>;
}

export interface BusStatus {
  readonly connected: boolean;
  /** For instance 2.9.10; empty while not connected. */
  readonly serverVersion: string;
  /** Round trip of the last canary publish, milliseconds; undefined when it failed. */
  readonly canaryMs: number | undefined;
}
