import { laneKey, turnPartition, turnRecordSchema, type Lane, type TurnRecord } from '@assistant/contracts';
import { Floor, type Limiter, type StreamMessage, type StreamReader, type Subscription } from '@assistant/bus';
import type { DeliverTools } from './deliver';
import { LaneSender } from './lane-sender';

/** Records of one partition that may be in memory; more stay in the stream. */
const MOST_PENDING = 64;
/** Conversations whose ledger position is remembered, per partition. */
const MOST_LANES = 512;
const FLOOR_EVERY_MS = 500;

export interface PartitionSenderOptions<Call> {
  readonly partition: number;
  readonly epoch: number;
  readonly instance: string;
  readonly tools: DeliverTools<Call>;
  readonly limiter: Limiter;
  /** Whether answers are shown while they are written. */
  readonly preview: boolean;
}

/** One owned partition of a platform's answers: a cursor over TURN from the floor on, and a sender per conversation. */
export class PartitionSender<Call> {
  readonly #options: PartitionSenderOptions<Call>;
  readonly #lanes = new Map<string, LaneSender<Call>>();
  readonly #abort = new AbortController();
  #floor = new Floor(0);
  #savedFloor = 0;
  #reader: StreamReader | undefined;
  #live: Subscription | undefined;
  #saver: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: PartitionSenderOptions<Call>) {
    this.#options = options;
  }

  /** It reads commits and hears live events. */
  get opened(): boolean {
    return this.#saver !== undefined;
  }

  async open(): Promise<void> {
    const { partition, epoch, instance, tools, preview } = this.#options;
    const { spine } = tools.bus;
    const floor = await spine.loadFloor(tools.platform, partition);
    if (this.#closed) return;
    this.#floor = new Floor(floor);
    this.#savedFloor = floor;
    this.#reader = spine.read({
      stream: 'TURN',
      filter: turnPartition(partition, tools.platform),
      from: floor + 1,
      name: `send-${tools.platform}-${partition}-${epoch}-${instance}`.replace(/[^A-Za-z0-9_-]/g, '_'),
      batch: MOST_PENDING,
      onMessage: (message) => this.#take(message),
    });
    if (preview) this.#live = tools.bus.subscribeLivePartition(partition, tools.platform, (lane, event) => this.#laneFor(lane).show(event));
    this.#saver = setInterval(() => void this.#saveFloor(), FLOOR_EVERY_MS);
  }

  /** Hands over: takes nothing more and lets sends that are under way end until `limit`. */
  async release(limit: AbortSignal): Promise<void> {
    await this.#stopReading();
    const settled = Promise.all([...this.#lanes.values()].map((lane) => lane.settled()));
    const cut = (): void => this.#abort.abort(new Error('handed over'));
    limit.addEventListener('abort', cut, { once: true });
    if (limit.aborted) cut();
    await settled;
    limit.removeEventListener('abort', cut);
    this.#abort.abort(new Error('handed over'));
    await this.#saveFloor();
  }

  /** Another sender may be at work: stop at once. */
  async abandon(): Promise<void> {
    this.#abort.abort(new Error('the lease was lost'));
    await this.#stopReading();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.settled()));
  }

  async #stopReading(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#saver);
    this.#live?.stop();
    await this.#reader?.close();
  }

  #take(message: StreamMessage): void {
    if (this.#closed) return;
    this.#floor.begin(message.sequence, message.storedAt);
    const record = parseRecord(message.data);
    if (record === undefined)
      this.#options.tools.log.error('a turn record could not be read and is passed over', { hop: 'delivery.intent', sequence: message.sequence });
    if (record?.kind !== 'commit' || record.replies.length === 0) return this.#floor.end(message.sequence);
    this.#laneFor(message.lane).push({ lane: message.lane, turnSeq: message.sequence, commit: record, traceparent: message.traceparent });
    if (this.#floor.pending >= MOST_PENDING) this.#reader?.pause();
  }

  #laneFor(lane: Lane): LaneSender<Call> {
    const key = laneKey(lane);
    const known = this.#lanes.get(key);
    // Put at the end again: the first ones are then the least recently used.
    if (known !== undefined) this.#lanes.delete(key);
    const sender =
      known ??
      new LaneSender<Call>({
        lane,
        tools: this.#options.tools,
        limiter: this.#options.limiter,
        signal: this.#abort.signal,
        onDone: (sequence) => this.#done(sequence),
        onIdle: () => this.#forgetSome(),
      });
    this.#lanes.set(key, sender);
    return sender;
  }

  #forgetSome(): void {
    for (const [key, sender] of this.#lanes) {
      if (this.#lanes.size <= MOST_LANES) return;
      if (sender.idle) this.#lanes.delete(key);
    }
  }

  #done(sequence: number): void {
    this.#floor.end(sequence);
    if (this.#floor.pending < MOST_PENDING / 2) this.#reader?.resume();
  }

  async #saveFloor(): Promise<void> {
    const { value } = this.#floor;
    if (value === this.#savedFloor) return;
    try {
      await this.#options.tools.bus.spine.saveFloor(this.#options.tools.platform, this.#options.partition, value);
      this.#savedFloor = value;
    } catch {
      // A floor that lags behind only costs re-reading; the next round saves it.
    }
  }
}

const parseRecord = (data: Uint8Array): TurnRecord | undefined => {
  try {
    const parsed = turnRecordSchema.safeParse(JSON.parse(new TextDecoder().decode(data)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};
