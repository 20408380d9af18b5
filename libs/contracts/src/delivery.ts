import { z } from 'zod';

/**
 * One entry of the delivery ledger (SENT). Records of one conversation are a compare-and-set chain and its
 * messages go out strictly in order, so the last record alone tells how far delivery got.
 */
export const deliveryRecordSchema = z.object({
  v: z.literal(1),
  /** TURN sequence of the commit that is being delivered. */
  turnSeq: z.number().int(),
  turnId: z.string(),
  /** Index of the platform call within the turn, after rendering and splitting. */
  part: z.number().int(),
  /**
   * `intent` is written before the platform is called, `done` after it confirmed. `open` is a streaming
   * placeholder whose id is known: the final text is written into it by an edit, which may be repeated.
   */
  phase: z.enum(['intent', 'open', 'done', 'dropped']),
  /** The vendor's ids of what was sent. */
  messageIds: z.array(z.string()),
  at: z.number(),
  reason: z.string().optional(),
});
export type DeliveryRecord = z.infer<typeof deliveryRecordSchema>;

/**
 * What a platform lets a sender promise. `key`: the platform drops a repeated send by its idempotency key.
 * `readback`: the sender can look whether an unknown send arrived. `none`: neither, so policy decides.
 */
export type SenderClass = 'key' | 'readback' | 'none';

/** What to do with a send whose outcome is unknown on a platform of class `none`. */
export type UnknownPolicy = 'resend' | 'drop';
