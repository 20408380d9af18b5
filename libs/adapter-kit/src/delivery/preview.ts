import type { Destination, LiveEvent } from '@assistant/contracts';
import type { DeliverTools } from './deliver';
import type { Ledger } from './ledger';
import { isSendError } from './send';

/** An answer that is ready sooner needs no placeholder and no "typing". */
const QUIET_MS = 600;
/** Platforms show "typing" for about five seconds. */
const TYPING_EVERY_MS = 4000;
const LONGEST_MS = 600_000;

export interface PreviewOptions<Call> {
  readonly tools: DeliverTools<Call>;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  /** Asks the lane to call `step`. */
  wake(): void;
}

interface Showing {
  readonly turnId: string;
  readonly to: Destination;
  text: string;
  shown: string;
  /** Undefined until sent; empty when the placeholder could not be sent. */
  placeholder: string | undefined;
  notBefore: number;
  /** A turn whose end is never heard of (its core died, the event was lost) is not shown for ever. */
  readonly until: number;
}

/**
 * Shows an answer while it is written: a placeholder is sent and edited as the text grows. The placeholder is the
 * only thing whose outcome can be in doubt; the final text is an edit of it, which may be repeated.
 */
export class Preview<Call> {
  readonly #options: PreviewOptions<Call>;
  #showing: Showing | undefined;
  #timer: NodeJS.Timeout | undefined;
  #typing: NodeJS.Timeout | undefined;

  constructor(options: PreviewOptions<Call>) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#end(), { once: true });
  }

  get idle(): boolean {
    return this.#showing === undefined;
  }

  show(event: LiveEvent): void {
    switch (event.kind) {
      case 'started':
        this.#end();
        this.#showing = {
          turnId: event.turnId,
          to: event.to,
          text: '',
          shown: '',
          placeholder: undefined,
          notBefore: performance.now() + QUIET_MS,
          until: performance.now() + LONGEST_MS,
        };
        this.#typing = setTimeout(() => this.#type(), QUIET_MS);
        return;
      case 'snapshot':
        if (this.#showing?.turnId !== event.turnId) return;
        this.#showing.text = event.text;
        return this.#schedule();
      case 'committed':
        return this.close(event.turnId);
      case 'tool':
        return;
    }
  }

  /** The answer itself is here (or another one): nothing more is shown. */
  close(turnId: string): void {
    if (this.#showing !== undefined && this.#showing.turnId === turnId) this.#end();
  }

  /** Gives up showing, for instance because another sender is at work. */
  abandon(): void {
    this.#end();
  }

  /** Sends or edits once if it is time. False when there is nothing to do. */
  async step(): Promise<boolean> {
    const showing = this.#showing;
    if (showing === undefined || showing.text === showing.shown) return false;
    if (performance.now() < showing.notBefore) {
      // Timers may fire a little early; nobody else would call again.
      this.#schedule();
      return false;
    }
    const account = this.#options.tools.account(showing.to.account);
    const pace = account?.streaming?.(showing.to);
    if (account === undefined || pace?.enabled !== true || showing.placeholder === '') return false;
    const { text } = showing;
    const [call] = account.render({ parts: [{ type: 'text', text, format: 'markdown' }] }, showing.to);
    if (call === undefined) return false;
    showing.notBefore = performance.now() + pace.minIntervalMs;
    showing.shown = text;
    try {
      if (showing.placeholder === undefined) await this.#open(showing, (signal) => account.send(call, showing.to, `${showing.turnId}.0`, signal));
      else await account.edit?.(showing.placeholder, call, showing.to, this.#options.signal);
    } catch (error) {
      if (!isSendError(error)) throw error;
      // A preview that fails is no loss; the answer comes all the same.
      showing.notBefore = performance.now() + Math.max(pace.minIntervalMs, error.retryAfterMs ?? 0);
    }
    this.#schedule();
    return true;
  }

  async #open(showing: Showing, send: (signal: AbortSignal) => Promise<{ readonly messageIds: readonly string[] }>): Promise<void> {
    const { ledger, signal } = this.#options;
    const last = await ledger.last();
    const record = { turnSeq: last?.turnSeq ?? 0, turnId: showing.turnId, part: 0 };
    await ledger.append({ ...record, phase: 'intent', messageIds: [] });
    try {
      const { messageIds } = await send(signal);
      showing.placeholder = messageIds[0] ?? '';
      await ledger.append({ ...record, phase: 'open', messageIds: [...messageIds] });
    } catch (error) {
      showing.placeholder = '';
      // Known not to have arrived: the answer is then sent as if nothing had been tried.
      if (isSendError(error) && error.outcome === 'not-sent') await ledger.append({ ...record, phase: 'open', messageIds: [] });
      throw error;
    }
  }

  #schedule(): void {
    const showing = this.#showing;
    if (showing === undefined || this.#timer !== undefined || showing.text === showing.shown) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#options.wake();
      },
      Math.max(0, Math.ceil(showing.notBefore - performance.now())),
    );
  }

  #type(): void {
    const showing = this.#showing;
    if (showing === undefined) return;
    if (performance.now() > showing.until) return this.#end();
    const account = this.#options.tools.account(showing.to.account);
    void account?.typing?.(showing.to, this.#options.signal).catch(() => undefined);
    this.#typing = setTimeout(() => this.#type(), TYPING_EVERY_MS);
  }

  #end(): void {
    this.#showing = undefined;
    clearTimeout(this.#timer);
    clearTimeout(this.#typing);
    this.#timer = undefined;
  }
}
