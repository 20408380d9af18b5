import type { InboundEvent } from '@assistant/contracts';

/** One message of the inbound stream, waiting in its lane. */
export interface Item {
  readonly sequence: number;
  /** Replaced when the person edits the message before it is answered. */
  event: InboundEvent;
  readonly traceparent: string | undefined;
  /** Monotonic milliseconds. */
  readonly queuedAt: number;
  /** It was in the partition before this owner came: an earlier owner may have died over it. */
  readonly suspect: boolean;
}
