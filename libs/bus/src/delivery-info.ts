/** Where a delivered message stands, from its reply subject. */
export interface DeliveryInfo {
  readonly consumer: string;
  readonly streamSequence: number;
  readonly deliverySequence: number;
  /** When the store took the message, Unix milliseconds. */
  readonly storedAt: number;
}

/**
 * Reads `$JS.ACK.<stream>.<consumer>.<delivered>.<stream sequence>.<consumer sequence>.<time>.<pending>`, or the
 * longer form with domain and account after `ACK` (ADR-15). Undefined for anything else.
 */
export const deliveryInfo = (reply: string | undefined): DeliveryInfo | undefined => {
  const tokens = reply?.split('.') ?? [];
  if (tokens[0] !== '$JS' || tokens[1] !== 'ACK' || tokens.length < 9) return undefined;
  const [, consumer, , streamSequence, deliverySequence, nanoseconds] = tokens.slice(tokens.length >= 11 ? 4 : 2);
  if (consumer === undefined) return undefined;
  return {
    consumer,
    streamSequence: Number(streamSequence),
    deliverySequence: Number(deliverySequence),
    storedAt: Math.floor(Number(nanoseconds) / 1_000_000),
  };
};
