import { crashPoint, type CommitRecord, type Lane, type SenderClass, type UnknownPolicy } from '@assistant/contracts';
import type { Bus } from '@assistant/bus';
import { metrics, startSpan, SpanKind, type Logger, type Span } from '@assistant/telemetry';
import type { Account } from '../platform';
import { retryDelayMs, pause } from './backoff';
import type { Ledger } from './ledger';
import { onUnknownOutcome, planDelivery, type Plan } from './plan';
import { isSendError, sendCall, settle } from './send';

/** An answer that could not be sent for this long is not wanted any more. */
const EXPIRES_AFTER_MS = 24 * 3_600_000;

export interface DeliverTools<Call> {
  readonly bus: Bus;
  readonly log: Logger;
  readonly platform: string;
  readonly senderClass: SenderClass;
  readonly policy: (account: string) => UnknownPolicy;
  readonly account: (id: string) => Account<Call> | undefined;
}

export interface Delivery {
  readonly lane: Lane;
  readonly turnSeq: number;
  readonly commit: CommitRecord;
  readonly traceparent: string | undefined;
}

/**
 * THE ROAD of an answer: plan → (intent → send → done) for every part. Whatever happens to this process in between,
 * the next owner reads from the ledger where to go on. Throws `LaneConflict` when another sender is at work, and
 * when `signal` aborts.
 */
export const deliver = async <Call>(tools: DeliverTools<Call>, ledger: Ledger, delivery: Delivery, signal: AbortSignal): Promise<void> => {
  const { commit, turnSeq } = delivery;
  if (commit.replies.length === 0) return;
  const last = await ledger.last();
  const plan = planDelivery(last, commit, turnSeq);
  if (plan.kind === 'delivered') return;
  const span = startSpan('delivery', delivery.traceparent, { 'assistant.platform': tools.platform }, SpanKind.PRODUCER);
  try {
    const account = tools.account(commit.to.account);
    if (account === undefined) return await give(tools, ledger, delivery, 0, 'the account is not configured any more', true);
    if (last?.phase === 'open' && last.turnId !== commit.turnId) await removePlaceholder(account, last.messageIds[0], delivery, signal);
    await deliverParts(tools, ledger, delivery, account, plan, signal, span);
  } catch (error) {
    span.end(error);
    throw error;
  } finally {
    span.end();
  }
};

const deliverParts = async <Call>(
  tools: DeliverTools<Call>,
  ledger: Ledger,
  delivery: Delivery,
  account: Account<Call>,
  plan: Exclude<Plan, { kind: 'delivered' }>,
  signal: AbortSignal,
  span: Span,
): Promise<void> => {
  const { commit, turnSeq } = delivery;
  const policy = tools.policy(account.id);
  const calls = commit.replies.flatMap((reply) => account.render(reply, commit.to));
  const resumed = resumeFrom(tools, plan, policy);
  if (resumed === undefined) {
    await settle(signal);
    return give(tools, ledger, delivery, plan.kind === 'unknown' ? plan.part : 0, 'unknown outcome', false);
  }
  let from = resumed;
  if (plan.kind === 'send' && plan.placeholder !== undefined) {
    from = (await fillPlaceholder(tools, ledger, delivery, account, calls[0], plan.placeholder, signal)) ? 1 : 0;
  }
  const send = { account, platform: tools.platform, senderClass: tools.senderClass, policy, log: tools.log, signal, expiresAt: commit.at + EXPIRES_AFTER_MS };
  for (const [part, call] of calls.entries()) {
    if (part < from) continue;
    await ledger.append({ turnSeq, turnId: commit.turnId, part, phase: 'intent', messageIds: [] });
    crashPoint('send-after-intent');
    const sending = span.child('delivery.send', { part });
    const result = await sendCall(send, call, commit.to, `${commit.turnId}.${part}`).finally(() => sending.end());
    crashPoint('send-after-platform');
    if (result.kind === 'dropped') {
      if (result.reason === 'unknown outcome') await settle(signal);
      return give(tools, ledger, delivery, part, result.reason, result.keep);
    }
    // The next part's intent says that this one is done; only the last one needs its own record.
    if (part === calls.length - 1) await ledger.append({ turnSeq, turnId: commit.turnId, part, phase: 'done', messageIds: [...result.sent.messageIds] });
    crashPoint('send-after-done');
    if (part === 0) observe(tools.platform, commit);
  }
};

/** The first part to send, or undefined when the answer is given up. */
const resumeFrom = <Call>(tools: DeliverTools<Call>, plan: Exclude<Plan, { kind: 'delivered' }>, policy: UnknownPolicy): number | undefined => {
  if (plan.kind === 'send') return plan.from;
  const action = onUnknownOutcome(tools.senderClass, policy);
  metrics.sendUnknown.inc({ platform: tools.platform, action });
  tools.log.warn('an earlier sender fell silent in the middle of a send', { hop: 'delivery.intent', platform: tools.platform, action });
  return action === 'repeat' ? plan.part : undefined;
};

/** Ends a turn's delivery without (all of) its parts. */
const give = async <Call>(tools: DeliverTools<Call>, ledger: Ledger, delivery: Delivery, part: number, reason: string, keep: boolean): Promise<void> => {
  const { commit, turnSeq, lane } = delivery;
  if (keep) {
    await tools.bus.dead.put({
      stage: 'delivery',
      reason,
      attempts: 1,
      source: turnSeq,
      lane,
      traceparent: delivery.traceparent ?? '',
      data: new TextEncoder().encode(JSON.stringify(commit)),
    });
    metrics.dead.inc({ stage: 'delivery' });
  }
  await ledger.append({ turnSeq, turnId: commit.turnId, part, phase: 'dropped', messageIds: [], reason });
  tools.log.warn('an answer was not delivered', {
    hop: 'delivery.done',
    platform: tools.platform,
    reason,
    trace_id: commit.traceId,
    conversation: lane.conversation,
  });
};

/** Writes the final text into the streaming placeholder; false when it has to be sent as a message of its own. */
const fillPlaceholder = async <Call>(
  tools: DeliverTools<Call>,
  ledger: Ledger,
  delivery: Delivery,
  account: Account<Call>,
  call: Call | undefined,
  placeholder: string,
  signal: AbortSignal,
): Promise<boolean> => {
  const { commit, turnSeq } = delivery;
  if (call === undefined || account.edit === undefined || account.editable?.(call) === false) {
    await removePlaceholder(account, placeholder, delivery, signal);
    return false;
  }
  for (let attempt = 0; ; attempt++) {
    try {
      await account.edit(placeholder, call, commit.to, signal);
      await ledger.append({ turnSeq, turnId: commit.turnId, part: 0, phase: 'done', messageIds: [placeholder] });
      observe(tools.platform, commit);
      return true;
    } catch (error) {
      if (signal.aborted || !isSendError(error)) throw error;
      // An edit may be repeated whatever its outcome was; only a refusal makes it a new message.
      if (error.outcome === 'not-sent' && !error.retryable) return false;
      await pause(retryDelayMs(attempt, error.retryAfterMs), signal);
    }
  }
};

const removePlaceholder = async <Call>(account: Account<Call>, messageId: string | undefined, { commit }: Delivery, signal: AbortSignal): Promise<void> => {
  if (messageId === undefined) return;
  await account.remove?.(messageId, commit.to, signal).catch(() => undefined);
};

const observe = (platform: string, commit: CommitRecord): void => {
  const totalMs = Date.now() - commit.acceptedAt;
  metrics.reply.observe({ platform }, totalMs / 1000);
  metrics.overhead.observe({ platform }, Math.max(0, totalMs - commit.waitedMs) / 1000);
};
