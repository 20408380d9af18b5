import { metrics, type Logger } from '@assistant/telemetry';
import type { Destination, SenderClass, UnknownPolicy } from '@assistant/contracts';
import type { Account, SendError, Sent } from '../platform';
import { pause, retryDelayMs } from './backoff';
import { onUnknownOutcome } from './plan';

/** An abandoned request may still land; the chat's next message waits this long so that it cannot overtake. */
const SETTLE_MS = 10_000;
/** A defect in an adapter is tried this often before the message is set aside. */
const DEFECT_TRIES = 3;

export interface SendOptions<Call> {
  readonly account: Account<Call>;
  readonly platform: string;
  readonly senderClass: SenderClass;
  readonly policy: UnknownPolicy;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** After this moment (Unix milliseconds) an answer is no longer wanted. */
  readonly expiresAt: number;
}

export type SendResult = { readonly kind: 'sent'; readonly sent: Sent } | { readonly kind: 'dropped'; readonly reason: string; readonly keep: boolean };

/** Recognises a SendError from any copy of this package. */
export const isSendError = (error: unknown): error is SendError => error instanceof Error && error.name === 'SendError' && 'outcome' in error;

/** What comes next after a failed try. */
type Next =
  { readonly kind: 'again'; readonly delayMs: number; readonly chatId?: string } | { readonly kind: 'drop'; readonly reason: string; readonly keep: boolean };

/**
 * Sends one call, however long it takes: the only retry layer there is. Rejects only when `signal` aborts; the ledger
 * then still holds the intent, and the next owner decides.
 */
export const sendCall = async <Call>(options: SendOptions<Call>, call: Call, to: Destination, key: string): Promise<SendResult> => {
  let target = to;
  for (let attempt = 0; ; attempt++) {
    try {
      const sent = await options.account.send(call, target, key, options.signal);
      metrics.sends.inc({ platform: options.platform, outcome: 'sent' });
      return { kind: 'sent', sent };
    } catch (error) {
      if (options.signal.aborted) throw error;
      const next = afterFailure(options, error, attempt, target === to);
      if (next.kind === 'drop') return { kind: 'dropped', reason: next.reason, keep: next.keep };
      if (next.chatId !== undefined) target = { ...target, chatId: next.chatId };
      await pause(next.delayMs, options.signal);
    }
  }
};

const afterFailure = <Call>(options: SendOptions<Call>, error: unknown, attempt: number, firstTarget: boolean): Next => {
  const { platform, log, expiresAt } = options;
  if (!isSendError(error)) {
    log.error('an adapter failed to send', { hop: 'delivery.send', platform, error });
    metrics.sends.inc({ platform, outcome: 'internal' });
    return attempt + 1 >= DEFECT_TRIES
      ? { kind: 'drop', reason: 'the adapter failed', keep: true }
      : { kind: 'again', delayMs: retryDelayMs(attempt, undefined) };
  }
  metrics.sends.inc({ platform, outcome: error.code });
  if (error.migratedTo !== undefined && firstTarget) return { kind: 'again', delayMs: 0, chatId: error.migratedTo };
  if (error.outcome === 'unknown') {
    const action = onUnknownOutcome(options.senderClass, options.policy);
    metrics.sendUnknown.inc({ platform, action });
    log.warn('a send has an unknown outcome', { hop: 'delivery.send', platform, action, code: error.code });
    return action === 'drop' ? { kind: 'drop', reason: 'unknown outcome', keep: false } : { kind: 'again', delayMs: retryDelayMs(attempt, error.retryAfterMs) };
  }
  if (!error.retryable) {
    log.warn('a message cannot be delivered', { hop: 'delivery.send', platform, code: error.code, reason: error.message });
    return { kind: 'drop', reason: error.code, keep: error.code !== 'platform_blocked' };
  }
  if (Date.now() > expiresAt) return { kind: 'drop', reason: `expired: ${error.code}`, keep: true };
  if (attempt % 8 === 0) log.warn('a send is repeated', { hop: 'delivery.send', platform, code: error.code, attempt, retry_after_ms: error.retryAfterMs });
  return { kind: 'again', delayMs: retryDelayMs(attempt, error.retryAfterMs) };
};

/** Lets an abandoned request land before the chat's next message goes out. */
export const settle = (signal: AbortSignal): Promise<void> => pause(SETTLE_MS, signal);
