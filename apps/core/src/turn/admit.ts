import type { InboundEvent } from '@assistant/contracts';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Why a message is answered or not; the reason goes to the log and the metric. */
export type Admission =
  | { readonly kind: 'answer' }
  /** Deliberately no reply. */
  | { readonly kind: 'silent'; readonly reason: 'not-addressed' | 'bot' | 'edited' | 'recalled' | 'rate-limited' }
  /** Over the limit, and not told yet in this window. */
  | { readonly kind: 'refuse'; readonly reason: 'rate-limited' };

export interface RateLimit {
  readonly enabled: boolean;
  readonly maxRequests: number;
  readonly windowMs: number;
}

/** Decides whether a message is answered. One for a core; callers are counted per platform account. */
export class Admittance {
  #limiter: RateLimiterMemory | undefined;
  #limit: RateLimit | undefined;

  async admit(event: InboundEvent, limit: RateLimit): Promise<Admission> {
    if (event.sender.kind !== 'user') return { kind: 'silent', reason: 'bot' };
    if (event.type === 'message.updated') return { kind: 'silent', reason: 'edited' };
    if (event.type === 'message.deleted') return { kind: 'silent', reason: 'recalled' };
    if (event.type === 'conversation.migrated' || !event.message.addressed) return { kind: 'silent', reason: 'not-addressed' };
    const limiter = this.#limiterFor(limit);
    if (limiter === undefined) return { kind: 'answer' };
    try {
      await limiter.consume(`${event.from.tenant}:${event.from.platform}:${event.from.account}:${event.sender.id}`);
      return { kind: 'answer' };
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      // One notice a window: answering every refused message would be a flood of our own.
      return refused.consumedPoints === limit.maxRequests + 1 ? { kind: 'refuse', reason: 'rate-limited' } : { kind: 'silent', reason: 'rate-limited' };
    }
  }

  #limiterFor(limit: RateLimit): RateLimiterMemory | undefined {
    if (!limit.enabled) return undefined;
    if (this.#limiter === undefined || this.#limit?.maxRequests !== limit.maxRequests || this.#limit.windowMs !== limit.windowMs) {
      this.#limiter = new RateLimiterMemory({ points: limit.maxRequests, duration: limit.windowMs / 1000 });
      this.#limit = limit;
    }
    return this.#limiter;
  }
}
