import type { DeliveryRecord } from '@assistant/contracts';
import { retryDelayMs } from './backoff';
import { onUnknownOutcome, planDelivery } from './plan';

const record = (changes: Partial<DeliveryRecord>): DeliveryRecord => ({
  v: 1,
  turnSeq: 10,
  turnId: 'now',
  part: 0,
  phase: 'done',
  messageIds: ['m'],
  at: 0,
  ...changes,
});
const turn = { turnId: 'now' };

test('an answer with no trace in the ledger is sent from its first part', () => {
  expect(planDelivery(undefined, turn, 10)).toEqual({ kind: 'send', from: 0, placeholder: undefined });
  expect(planDelivery(record({ turnId: 'before', turnSeq: 9 }), turn, 10)).toEqual({ kind: 'send', from: 0, placeholder: undefined });
});

test('an answer that a later one has followed is delivered', () => {
  expect(planDelivery(record({ turnId: 'after', turnSeq: 11 }), turn, 10)).toEqual({ kind: 'delivered' });
  expect(planDelivery(record({ phase: 'dropped' }), turn, 10)).toEqual({ kind: 'delivered' });
});

test('after a finished part the next one is sent, after a bare intent the outcome is unknown', () => {
  expect(planDelivery(record({ part: 1 }), turn, 10)).toEqual({ kind: 'send', from: 2, placeholder: undefined });
  expect(planDelivery(record({ phase: 'intent', part: 1 }), turn, 10)).toEqual({ kind: 'unknown', part: 1 });
});

test('a placeholder is filled, and one that never arrived is forgotten', () => {
  expect(planDelivery(record({ phase: 'open', turnSeq: 9 }), turn, 10)).toEqual({ kind: 'send', from: 0, placeholder: 'm' });
  expect(planDelivery(record({ phase: 'open', turnSeq: 9, messageIds: [] }), turn, 10)).toEqual({ kind: 'send', from: 0, placeholder: undefined });
});

test('only an idempotency key or the policy repeats what may have arrived', () => {
  expect(onUnknownOutcome('key', 'drop')).toBe('repeat');
  expect(onUnknownOutcome('none', 'resend')).toBe('repeat');
  expect(onUnknownOutcome('none', 'drop')).toBe('drop');
});

test("the platform's own waiting time is kept, otherwise it doubles up to 30 s", () => {
  expect(retryDelayMs(0, 7000, () => 0)).toBe(7000);
  expect([0, 1, 2, 9].map((attempt) => retryDelayMs(attempt, undefined, () => 1))).toEqual([500, 1000, 2000, 30_000]);
});
