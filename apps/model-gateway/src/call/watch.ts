import { AssistantError, type ErrorCode } from '@assistant/contracts';

/** All in milliseconds. */
export interface Timeouts {
  readonly connectMs: number;
  readonly headersMs: number;
  readonly firstTokenMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
}

type Phase = 'headers' | 'first_token' | 'idle';

const CODES: Readonly<Record<Phase, ErrorCode>> = { headers: 'timeout_headers', first_token: 'timeout_first_token', idle: 'timeout_idle' };
const WORDS: Readonly<Record<Phase, string>> = { headers: 'no answer', first_token: 'no first token', idle: 'nothing more' };

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Node keeps timers of equal length in one list, so long ones are rounded: they cost next to nothing then. */
export const timerMs = (ms: number): number => (ms < 2000 ? Math.max(1, Math.ceil(ms)) : Math.min(Math.ceil(ms / 100) * 100, LONGEST_TIMER_MS));

/**
 * Limits the silence of a provider during one attempt. At first it waits for headers, then for the first real event,
 * then for each next piece. Silence counts only while we wait: a slow caller is not the provider's fault.
 */
export class Watch {
  readonly #timeouts: Timeouts;
  readonly #provider: string;
  readonly #expire: (error: AssistantError) => void;
  readonly #startedAt = performance.now();
  #phase: Phase;
  #timer: NodeJS.Timeout | undefined;
  #waiting = true;
  #waitedMs = 0;
  #waitingSince = this.#startedAt;

  /** `streaming`: the first token limits also the wait for headers, which otherwise come with the whole answer. */
  constructor(timeouts: Timeouts, provider: string, streaming: boolean, expire: (error: AssistantError) => void) {
    this.#timeouts = timeouts;
    this.#provider = provider;
    this.#expire = expire;
    this.#phase = streaming && timeouts.firstTokenMs < timeouts.headersMs ? 'first_token' : 'headers';
    this.#arm(this.#phase === 'headers' ? timeouts.headersMs : timeouts.firstTokenMs);
  }

  /** Time spent waiting for the provider so far, milliseconds. */
  get waitedMs(): number {
    return this.#waitedMs + (this.#waiting ? performance.now() - this.#waitingSince : 0);
  }

  /** The status line is there; of a stream, the first token may take longer. */
  headersArrived(streaming: boolean): void {
    this.#phase = streaming ? 'first_token' : 'idle';
    const left = this.#timeouts.firstTokenMs - (performance.now() - this.#startedAt);
    this.#arm(streaming ? left : this.#timeouts.idleMs);
  }

  /** The first real event is there; from now on every silence is measured by itself. */
  firstToken(): void {
    this.#phase = 'idle';
    this.#arm(this.#timeouts.idleMs);
  }

  /** A piece arrived. Before the first token only real events count, so this changes nothing. */
  heard(): void {
    if (this.#phase === 'idle') this.#timer?.refresh();
  }

  /** We do not read now: the caller is slow, or there is enough to do. */
  pause(): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#waitedMs += performance.now() - this.#waitingSince;
  }

  resume(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#waitingSince = performance.now();
    this.heard();
  }

  /** Shortens the present limit, where waiting long is of no use any more. */
  atMost(limitMs: number): void {
    this.#arm(limitMs);
  }

  stop(): void {
    this.pause();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(limitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#expired(limitMs), timerMs(limitMs));
  }

  #expired(limitMs: number): void {
    if (!this.#waiting) {
      this.#timer?.refresh();
      return;
    }
    const subject = this.#provider;
    this.#expire(new AssistantError(CODES[this.#phase], `provider ${subject}: ${WORDS[this.#phase]} within ${Math.round(limitMs)} ms`, { subject }));
  }
}
