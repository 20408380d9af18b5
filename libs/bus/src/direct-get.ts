import { NatsError, type MsgHdrs } from 'nats';
import { AssistantError } from '@assistant/contracts';
import { STORE_TIMEOUT_MS, type Connection } from './connection';
import { isTransient } from './transient';

/** A message read from a stream without a consumer. */
export interface StoredMessage {
  readonly sequence: number;
  readonly subject: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly data: Uint8Array;
  readonly headers: MsgHdrs;
}

export type DirectQuery = { readonly last_by_subj: string } | { readonly seq: number; readonly next_by_subj?: string };

/** One try; the whole read has `STORE_TIMEOUT_MS`. */
const TRY_TIMEOUT_MS = 2000;

/**
 * Reads one message by the server's direct-get API (nats-server 2.9, ADR-31). Undefined when there is none. Repeats
 * while the server is away; throws `store_unavailable` after 10 s.
 */
export const directGet = async ({ nats }: Connection, stream: string, query: DirectQuery): Promise<StoredMessage | undefined> => {
  const deadline = Date.now() + STORE_TIMEOUT_MS;
  for (;;) {
    try {
      const message = await nats.request(`$JS.API.DIRECT.GET.${stream}`, JSON.stringify(query), { timeout: TRY_TIMEOUT_MS });
      const { headers } = message;
      if (headers === undefined || headers.code === 404) return undefined;
      if (headers.code >= 400) throw new AssistantError('store_unavailable', `reading ${stream}: ${headers.code} ${headers.description}`);
      return {
        sequence: Number(headers.get('Nats-Sequence')),
        subject: headers.get('Nats-Subject'),
        at: Date.parse(headers.get('Nats-Time-Stamp')),
        data: message.data,
        headers,
      };
    } catch (error) {
      if (error instanceof NatsError && error.code === '404') return undefined;
      if (Date.now() > deadline || !isTransient(error)) throw new AssistantError('store_unavailable', `reading ${stream} failed`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
};
