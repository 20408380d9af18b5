import { headers as natsHeaders } from 'nats';
import { AssistantError, type Lane } from '@assistant/contracts';
import type { z } from 'zod';
import { LaneConflict, type LaneLog, type Stored } from './bus';
import { STORE_TIMEOUT_MS, type Connection } from './connection';
import { directGet, type DirectQuery, type StoredMessage } from './direct-get';
import { API_ERROR, apiErrorCode } from './streams';
import { isTransient } from './transient';

export interface LaneLogOptions<T> {
  readonly stream: string;
  readonly subjectOf: (lane: Lane) => string;
  readonly schema: z.ZodType<T>;
  /** False only in the drill's mutation that must turn it red: appends are then not compared. */
  readonly compareAndSet: boolean;
}

/** A log of compare-and-set chains over one stream (research: one subject a conversation, expected last sequence). */
export const createLaneLog = <T>(connection: Connection, options: LaneLogOptions<T>): LaneLog<T> => {
  const { js } = connection;
  const decoder = new TextDecoder();

  const decode = (message: StoredMessage): Stored<T> => {
    const parsed = options.schema.safeParse(JSON.parse(decoder.decode(message.data)));
    if (!parsed.success)
      throw new AssistantError('internal', `record ${message.sequence} of ${options.stream} does not fit this version: ${parsed.error.message}`);
    return { sequence: message.sequence, record: parsed.data };
  };

  const fetch = (query: DirectQuery): Promise<StoredMessage | undefined> => directGet(connection, options.stream, query);

  /** After a refused append: was the refused record already there, because an earlier try went through? */
  const alreadyThere = async (subject: string, payload: string, expected: number): Promise<number | undefined> => {
    const last = await fetch({ last_by_subj: subject });
    return last !== undefined && last.sequence > expected && decoder.decode(last.data) === payload ? last.sequence : undefined;
  };

  return {
    last: async (lane) => {
      const message = await fetch({ last_by_subj: options.subjectOf(lane) });
      return message && decode(message);
    },

    append: async (lane, record, expected, traceparent) => {
      const subject = options.subjectOf(lane);
      const payload = JSON.stringify(record);
      const deadline = Date.now() + STORE_TIMEOUT_MS;
      const headers = natsHeaders();
      if (traceparent !== undefined) headers.set('traceparent', traceparent);
      for (;;) {
        try {
          const expect = options.compareAndSet ? { lastSubjectSequence: expected } : undefined;
          const ack = await js.publish(subject, payload, { headers, timeout: 3000, ...(expect ? { expect } : {}) });
          return ack.seq;
        } catch (error) {
          if (apiErrorCode(error) === API_ERROR.wrongLastSequence) {
            const sequence = await alreadyThere(subject, payload, expected);
            if (sequence !== undefined) return sequence;
            throw new LaneConflict(`${subject} moved on from ${expected}`);
          }
          if (Date.now() > deadline || !isTransient(error))
            throw new AssistantError('store_unavailable', `NATS did not confirm a record of ${options.stream}`, { cause: error });
          // The try that timed out may have been stored: only compare-and-set makes a repeat safe.
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    },

    at: async (lane, sequence) => {
      const message = await fetch({ seq: sequence });
      return message && message.subject === options.subjectOf(lane) ? decode(message) : undefined;
    },

    from: async function* (lane, sequence) {
      const subject = options.subjectOf(lane);
      for (let next = sequence; ;) {
        const message = await fetch({ seq: next, next_by_subj: subject });
        if (message === undefined) return;
        yield decode(message);
        next = message.sequence + 1;
      }
    },
  };
};
