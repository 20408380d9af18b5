import { inboundEventSchema, inboundSubject, newId, type Destination, type InboundEvent } from '@assistant/contracts';
import type { Bus } from '@assistant/bus';

/** An accepted message where it stands in IN. */
export interface Accepted {
  readonly sequence: number;
  readonly event: InboundEvent;
}

const DEADLINE_MS = 1500;
const MOST = 500;

const decode = (data: Uint8Array): InboundEvent | undefined => {
  try {
    return inboundEventSchema.safeParse(JSON.parse(new TextDecoder().decode(data))).data;
  } catch {
    return undefined;
  }
};

/**
 * The accepted messages of one conversation between two sequences of IN, both included. IN keeps them for three
 * days: what is gone is left out, at the price of waiting 1.5 s for it. At most 500.
 */
export const readAccepted = async (
  spine: Pick<Bus['spine'], 'read'>,
  to: Destination,
  from: number,
  upTo: number,
  signal: AbortSignal,
): Promise<readonly Accepted[]> => {
  const found: Accepted[] = [];
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const timer = setTimeout(finish, DEADLINE_MS);
  signal.addEventListener('abort', finish, { once: true });
  const reader = spine.read({
    stream: 'IN',
    filter: inboundSubject(to),
    from,
    name: `web-${newId()}`,
    batch: 64,
    onMessage: ({ sequence, data }) => {
      const event = sequence <= upTo ? decode(data) : undefined;
      if (event !== undefined && found.length < MOST) found.push({ sequence, event });
      if (sequence >= upTo || found.length >= MOST) finish();
    },
  });
  try {
    await done;
    return found;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', finish);
    await reader.close();
  }
};
