import type { CommitRecord, DeliveryRecord, SenderClass, UnknownPolicy } from '@assistant/contracts';

/** What the ledger says about a committed turn, before anything is sent. */
export type Plan =
  | { readonly kind: 'delivered' }
  /** Send from this part on; with a placeholder, part 0 is written into it. */
  | { readonly kind: 'send'; readonly from: number; readonly placeholder: string | undefined }
  /** An earlier owner wrote the intent of this part and then fell silent: it may have arrived. */
  | { readonly kind: 'unknown'; readonly part: number };

/** Reads the ledger's last record as a plan for this turn. Pure. */
export const planDelivery = (last: DeliveryRecord | undefined, turn: Pick<CommitRecord, 'turnId'>, turnSeq: number): Plan => {
  if (last === undefined) return { kind: 'send', from: 0, placeholder: undefined };
  if (last.turnId !== turn.turnId) return last.turnSeq >= turnSeq ? { kind: 'delivered' } : { kind: 'send', from: 0, placeholder: undefined };
  switch (last.phase) {
    case 'open':
      return { kind: 'send', from: 0, placeholder: last.messageIds[0] };
    case 'intent':
      return { kind: 'unknown', part: last.part };
    case 'done':
      return { kind: 'send', from: last.part + 1, placeholder: undefined };
    case 'dropped':
      return { kind: 'delivered' };
  }
};

/** What is done about a send that may have arrived. */
export const onUnknownOutcome = (senderClass: SenderClass, policy: UnknownPolicy): 'repeat' | 'drop' => {
  // With an idempotency key the platform itself refuses the second one.
  if (senderClass === 'key') return 'repeat';
  return policy === 'resend' ? 'repeat' : 'drop';
};
