import { inboundEventSchema, inboundPartition, laneKey, type Lane } from '@assistant/contracts';
import { Floor, type Limiter, type StreamMessage, type StreamReader } from '@assistant/bus';
import { metrics } from '@assistant/telemetry';

import type { Item } from './item';
import { LaneWorker } from './lane-worker';
import type { ConversationMemory } from './memory';
import type { QueueTiming } from './queue';
import type { TurnTools } from './turn';

/** Messages of one partition that may be in memory; more stay in the stream. */
const MOST_PENDING = 64;
const FLOOR_EVERY_MS = 500;
/**
 * Answered messages leave the store, so that it never fills up with them; but not before the duplicate window has
 * passed, because a restarted server learns the ids it refuses from what is stored.
 */
const FORGET_EVERY_MS = 60_000;
const FORGET_AFTER_ROUNDS = 3;

export interface PartitionOptions {
  readonly partition: number;
  readonly epoch: number;
  readonly instance: string;
  readonly tools: TurnTools;
  readonly limiter: Limiter;
  readonly memory: ConversationMemory;
  readonly timing: () => QueueTiming;
}

/**
 * One owned partition: a cursor over IN that starts at the floor, and a worker per conversation. The cursor is only
 * a cursor; what is answered stands on TURN.
 */
export class PartitionWorker {
  readonly #options: PartitionOptions;
  readonly #lanes = new Map<string, LaneWorker>();
  #floor = new Floor(0);
  #savedFloor = 0;
  #reader: StreamReader | undefined;
  #saver: NodeJS.Timeout | undefined;
  #forgetter: NodeJS.Timeout | undefined;
  /** The floor at the last rounds of forgetting, newest last. */
  readonly #floors: number[] = [];
  #forgotten = 1;
  #suspectUpTo = 0;
  #closed = false;

  constructor(options: PartitionOptions) {
    this.#options = options;
  }

  /** It reads: what is published from now on is not taken for a left-over of an earlier owner. */
  get opened(): boolean {
    return this.#reader !== undefined;
  }

  get floor(): Floor {
    return this.#floor;
  }

  async open(): Promise<void> {
    const { partition, epoch, instance, tools } = this.#options;
    const { spine } = tools.bus;
    const [floor, last] = await Promise.all([spine.loadFloor('core', partition), spine.lastSequence('IN')]);
    if (this.#closed) return;
    this.#floor = new Floor(floor);
    this.#savedFloor = floor;
    this.#suspectUpTo = last;
    this.#reader = spine.read({
      stream: 'IN',
      filter: inboundPartition(partition),
      from: floor + 1,
      name: `core-${partition}-${epoch}-${instance}`.replace(/[^A-Za-z0-9_-]/g, '_'),
      batch: MOST_PENDING,
      onMessage: (message) => this.#take(message),
    });
    this.#saver = setInterval(() => void this.#saveFloor(), FLOOR_EVERY_MS);
    this.#forgetter = setInterval(() => void this.#forget(), FORGET_EVERY_MS);
    this.#forgetter.unref();
  }

  /** Hands over: begins nothing more, lets running turns end until `limit` aborts them, then keeps the floor. */
  async release(limit: AbortSignal): Promise<void> {
    const stopRunning = (): void => this.#lanes.forEach((lane) => lane.abort('drain'));
    await this.#stopReading();
    for (const lane of this.#lanes.values()) lane.close();
    limit.addEventListener('abort', stopRunning, { once: true });
    if (limit.aborted) stopRunning();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.settled()));
    limit.removeEventListener('abort', stopRunning);
    await this.#saveFloor();
  }

  /** Another owner may be at work: stop at once and write nothing more. */
  async abandon(): Promise<void> {
    for (const lane of this.#lanes.values()) lane.close('lease-lost');
    await this.#stopReading();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.settled()));
  }

  async #stopReading(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#saver);
    clearInterval(this.#forgetter);
    await this.#reader?.close();
  }

  #take(message: StreamMessage): void {
    if (this.#closed) return;
    this.#floor.begin(message.sequence, message.storedAt);
    const event = parseEvent(message.data);
    if (event === undefined) return void this.#setAsideUnreadable(message);
    metrics.unresolved.inc();
    const item: Item = {
      sequence: message.sequence,
      event,
      traceparent: message.traceparent,
      queuedAt: performance.now(),
      suspect: message.sequence <= this.#suspectUpTo,
    };
    this.#laneFor(message.lane).push(item);
    if (this.#floor.pending >= MOST_PENDING) this.#reader?.pause();
  }

  #laneFor(lane: Lane): LaneWorker {
    const key = laneKey(lane);
    const known = this.#lanes.get(key);
    if (known !== undefined) return known;
    const { epoch, tools, limiter, memory, timing } = this.#options;
    const worker = new LaneWorker({
      lane,
      epoch,
      tools,
      limiter,
      timing,
      conversation: memory.take(key, epoch),
      onDone: (items) => {
        for (const { sequence } of items) this.#done(sequence);
        metrics.unresolved.dec(items.length);
      },
      onIdle: (conversation) => {
        this.#lanes.delete(key);
        if (conversation !== undefined) memory.keep(key, epoch, conversation);
      },
    });
    this.#lanes.set(key, worker);
    return worker;
  }

  #done(sequence: number): void {
    this.#floor.end(sequence);
    if (this.#floor.pending < MOST_PENDING / 2) this.#reader?.resume();
  }

  async #saveFloor(): Promise<void> {
    const { value } = this.#floor;
    if (value === this.#savedFloor) return;
    try {
      await this.#options.tools.bus.spine.saveFloor('core', this.#options.partition, value);
      this.#savedFloor = value;
    } catch {
      // A floor that lags behind only costs re-reading; the next round saves it.
    }
  }

  async #forget(): Promise<void> {
    this.#floors.push(this.#savedFloor);
    if (this.#floors.length <= FORGET_AFTER_ROUNDS) return;
    const below = (this.#floors.shift() ?? 0) + 1;
    if (below === this.#forgotten) return;
    this.#forgotten = below;
    try {
      await this.#options.tools.bus.spine.forgetInbound(this.#options.partition, below);
    } catch {
      // What stays longer only takes room; the next round forgets it.
    }
  }

  /** A message that no version of ours can have written: kept for people, and passed. */
  async #setAsideUnreadable({ sequence, data, lane, traceparent = '' }: StreamMessage): Promise<void> {
    try {
      await this.#options.tools.bus.dead.put({ stage: 'turn', reason: 'not a readable inbound event', attempts: 1, source: sequence, lane, traceparent, data });
      metrics.dead.inc({ stage: 'turn' });
      this.#done(sequence);
    } catch (error) {
      this.#options.tools.log.error('an unreadable message could not be set aside; it is read again by the next owner', { sequence, error });
    }
  }
}

const parseEvent = (data: Uint8Array) => {
  try {
    const parsed = inboundEventSchema.safeParse(JSON.parse(new TextDecoder().decode(data)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};
