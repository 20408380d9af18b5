import { headers as natsHeaders } from 'nats';
import { AssistantError, inboundSubject, type InboundEvent } from '@assistant/contracts';
import type { PublishReceipt } from './bus';
import type { Connection } from './connection';

/** The platform waits while we wait: Slack gives 3 s for the whole answer, LINE about 2. */
const PUB_ACK_TIMEOUT_MS = 1500;

/** Publishes one inbound event under its own id, so that a repeat is refused by the store's duplicate window. */
export const publishInbound = async (connection: Connection, event: InboundEvent, traceparent: string): Promise<PublishReceipt> => {
  const headers = natsHeaders();
  headers.set('traceparent', traceparent);
  try {
    const ack = await connection.js.publish(inboundSubject(event.from), JSON.stringify(event), { msgID: event.id, headers, timeout: PUB_ACK_TIMEOUT_MS });
    return { sequence: ack.seq, duplicate: ack.duplicate };
  } catch (error) {
    throw new AssistantError('store_unavailable', 'NATS did not confirm the message', { retryAfterMs: 5000, cause: error });
  }
};
