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
   * Throws `LaneConflict` when somebody else appended. A repeat with the same `id` returns the first sequence.
   */
  append(lane: Lane, record: T, expected: number, id: string, traceparent?: string): Promise<number>;
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
  readonly status: BusStatus;
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
