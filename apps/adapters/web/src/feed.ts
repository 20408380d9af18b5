import type { Bus, Stored } from '@assistant/bus';
import type { CommitRecord, Lane, StepRecord, WebToolCall } from '@assistant/contracts';
import type { Logger } from '@assistant/telemetry';
import { LiveQueue, type ShownEvent } from './live-queue';
import { toolCallsOfSteps } from './turn-view';

export type FeedEvent = ShownEvent | { readonly kind: 'commit'; readonly stored: Stored<CommitRecord> };

export interface FeedOptions {
  readonly bus: Pick<Bus, 'turns' | 'subscribeLive'>;
  readonly lane: Lane;
  /** TURN sequence of the last commit that was seen; the feed starts with the next one. */
  readonly after: number;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** A lost live event costs at most this long. */
  readonly recheckMs?: number;
}

const RECHECK_MS = 5000;

/** Wakes one sleeper; a call before it sleeps is not lost. */
class Bell {
  #rung = false;
  #wake: () => void = () => undefined;

  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** Resolves when rung, after `timeoutMs`, or on abort. */
  async wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#rung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(finish, timeoutMs);
        function finish(): void {
          clearTimeout(timer);
          signal.removeEventListener('abort', finish);
          resolve();
        }
        signal.addEventListener('abort', finish);
        this.#wake = finish;
      });
    }
    this.#rung = false;
  }
}

interface Running {
  readonly turnId: string;
  readonly steps: readonly StepRecord[];
}

/** The tool calls of a turn that runs, for a reader that missed their live events. */
const shownSteps = ({ turnId, steps }: Running): readonly ShownEvent[] =>
  toolCallsOfSteps(steps).map((call: WebToolCall): ShownEvent => ({ kind: 'tool', turnId, sequence: 0, ...call }));

/**
 * A conversation from a commit on: every later commit exactly once and in order, and between them what is shown of
 * the running turn. Commits come from TURN alone (live events only say when to look), so none is lost or doubled.
 * Nothing is read ahead of the consumer: a slow reader costs no memory. Ends when `signal` aborts.
 */
export async function* followLane({ bus, lane, after, log, signal, recheckMs = RECHECK_MS }: FeedOptions): AsyncGenerator<FeedEvent> {
  const queue = new LiveQueue();
  const bell = new Bell();
  let position = after;
  let running: Running | undefined;
  let lookAgainAt = 0;
  const isOver = (): boolean => signal.aborted;
  const lookNow = (): void => void (lookAgainAt = 0);
  const subscription = bus.subscribeLive(lane, (event) => {
    if (event.kind !== 'committed') queue.push(event);
    else if (event.turnSeq > position) lookNow();
    bell.ring();
  });
  try {
    while (!isOver()) {
      if (performance.now() >= lookAgainAt) {
        lookAgainAt = performance.now() + recheckMs;
        const seen = running?.steps.length ?? 0;
        try {
          for await (const stored of bus.turns.from(lane, position + 1)) {
            const { sequence, record } = stored;
            position = sequence;
            if (record.kind === 'commit') {
              running = undefined;
              queue.commit(record.turnId);
              yield { kind: 'commit', stored: { sequence, record } };
              if (isOver()) return;
            } else if (record.kind === 'step') {
              running = { turnId: record.turnId, steps: running?.turnId === record.turnId ? [...running.steps, record] : [record] };
            }
          }
          if (running !== undefined && running.steps.length > seen) yield* shownSteps(running);
        } catch (error) {
          log.warn('the turn log could not be read, trying again', { error });
        }
      }
      const event = queue.shift();
      if (event !== undefined) yield event;
      else await bell.wait(Math.max(0, lookAgainAt - performance.now()), signal);
    }
  } finally {
    subscription.stop();
  }
}
