import { isAssistantError, laneKey, turnIdOf, type Lane } from '@assistant/contracts';
import { LaneConflict, type Limiter } from '@assistant/bus';
import { startSpan } from '@assistant/telemetry';
import { append } from './append';
import { loadConversation, type Conversation } from './conversation';
import { setAside } from './dead';
import type { Item } from './item';
import { LaneQueue, type QueueTiming } from './queue';
import { takeTurn, type TurnTools } from './turn';
import type { StopReason } from './types';

/** A message that throws is tried again in place, only its conversation waits. */
const RETRY_DELAYS_MS = [1000, 4000, 16_000];
const STORE_RETRY_MS = 500;
const CONFLICT_RETRY_MS = 20;

export interface LaneOptions {
  readonly lane: Lane;
  readonly epoch: number;
  readonly tools: TurnTools;
  readonly limiter: Limiter;
  readonly timing: () => QueueTiming;
  /** The state that an earlier turn left in memory. */
  readonly conversation: Conversation | undefined;
  /** The items are done: committed, or found to be committed. */
  onDone(items: readonly Item[]): void;
  /** Nothing is queued or running any more. */
  onIdle(conversation: Conversation | undefined): void;
}

/**
 * One conversation at work: its messages one after the other, in order. Everything it knows can be read back from
 * TURN, so it may be thrown away at any time.
 */
export class LaneWorker {
  readonly #options: LaneOptions;
  readonly #queue = new LaneQueue();
  #conversation: Conversation | undefined;
  #running: { readonly items: readonly Item[]; readonly abort: AbortController } | undefined;
  #highest = 0;
  #loop: Promise<void> | undefined;
  #closed = false;
  #idle = true;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#conversation = options.conversation;
  }

  push(item: Item): void {
    this.#highest = Math.max(this.#highest, item.sequence);
    if (this.#running !== undefined && this.#options.tools.responders.isStop(item.event)) this.#running.abort.abort('asked' satisfies StopReason);
    this.#queue.push(item);
    this.#start();
  }

  #start(): void {
    this.#loop ??= this.#work().finally(() => {
      this.#loop = undefined;
      if (this.#closed) return;
      if (this.#queue.size > 0) this.#start();
      else this.#options.onIdle(this.#conversation);
    });
  }

  /** Begins nothing more. `lease-lost` also aborts what runs; otherwise it may end until `abort` is called. */
  close(reason?: StopReason): void {
    this.#closed = true;
    this.#queue.clear();
    if (reason !== undefined) this.abort(reason);
  }

  abort(reason: StopReason): void {
    this.#running?.abort.abort(reason);
  }

  /** Resolves when nothing runs. */
  async settled(): Promise<void> {
    await this.#loop;
  }

  async #work(): Promise<void> {
    while (!this.#closed) {
      const next = this.#queue.take(performance.now(), this.#options.timing(), this.#idle);
      if (next === undefined) break;
      if ('waitMs' in next) {
        await new Promise((resolve) => setTimeout(resolve, next.waitMs));
        continue;
      }
      this.#idle = false;
      await this.#options.limiter.run(() => this.#answer(next.items));
    }
    this.#idle = true;
  }

  /** Answers the items, however often it takes. Leaves them undone only when the lane is closed. */
  async #answer(items: readonly [Item, ...Item[]]): Promise<void> {
    for (let failures = 0; !this.#closed;) {
      const abort = new AbortController();
      this.#running = { items, abort };
      try {
        await this.#once(items, abort.signal);
        return this.#options.onDone(items);
      } catch (error) {
        if (this.#closed || isAbandoned(abort.signal)) return;
        // Somebody else appended, or the store was away: what is in memory may be old.
        this.#conversation = undefined;
        if (error instanceof LaneConflict) {
          await pause(CONFLICT_RETRY_MS);
          continue;
        }
        if (isAssistantError(error) && error.code === 'store_unavailable') {
          await pause(STORE_RETRY_MS);
          continue;
        }
        const delay = RETRY_DELAYS_MS[failures++];
        const { lane, tools } = this.#options;
        tools.log.error('a turn threw', { hop: 'turn.run', failures, error, platform: lane.platform, conversation: lane.conversation });
        if (delay === undefined || failures === RETRY_DELAYS_MS.length) {
          if (await this.#bury(items, error)) return this.#options.onDone(items);
        } else await pause(delay * (0.75 + Math.random() / 2));
      } finally {
        this.#running = undefined;
      }
    }
  }

  async #once(items: readonly [Item, ...Item[]], signal: AbortSignal): Promise<void> {
    const { tools, lane, epoch } = this.#options;
    this.#conversation ??= await loadConversation(tools.bus.turns, lane);
    this.#conversation = await takeTurn(tools, { lane, items, conversation: this.#conversation, epoch, signal, inSeq: () => this.#doneUpTo() });
  }

  /** Sets the items aside after the last try. False when even that failed; then it is tried again from the start. */
  async #bury(items: readonly [Item, ...Item[]], cause: unknown): Promise<boolean> {
    const { tools, lane, epoch } = this.#options;
    const [first] = items;
    const span = startSpan('turn.claim', first.traceparent);
    try {
      const conversation = await loadConversation(tools.bus.turns, lane);
      const reason = cause instanceof Error ? cause.message : String(cause);
      const ending = await setAside(tools, lane, first, { reason, attempts: RETRY_DELAYS_MS.length, span });
      const historyTokens = tools.responders.historyTokens({ events: [first.event] });
      this.#conversation = await append({
        bus: tools.bus,
        lane,
        turnId: turnIdOf(first.event.id),
        items,
        conversation,
        ending,
        inSeq: this.#doneUpTo(),
        historyTokens,
        epoch,
        span,
      });
      return true;
    } catch (error) {
      tools.log.error('a dead letter could not be stored, trying again', { error, conversation: laneKey(lane) });
      await pause(STORE_RETRY_MS);
      return false;
    } finally {
      span.end(cause);
    }
  }

  /** Everything up to here is done once the running items are: the queue is read in stream order. */
  #doneUpTo(): number {
    const waiting = this.#queue.lowest;
    return Math.max(this.#conversation?.inSeq ?? 0, waiting === undefined ? this.#highest : waiting - 1);
  }
}

/** Aborted for a reason other than the person's wish: the turn stays uncommitted, another owner takes it. */
const isAbandoned = (signal: AbortSignal): boolean => signal.aborted && signal.reason !== ('asked' satisfies StopReason);

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));
