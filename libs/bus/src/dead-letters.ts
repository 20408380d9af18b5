import { headers as natsHeaders } from 'nats';
import { deadSubject, STREAMS } from '@assistant/contracts';
import type { DeadLetter, DeadLetters } from './bus';
import type { Connection } from './connection';
import { directGet, type StoredMessage } from './direct-get';

const toLetter = (message: StoredMessage): DeadLetter => {
  const header = (name: string): string => message.headers.get(name);
  const [, stage = '', tenant = '', platform = '', conversation = ''] = message.subject.split('.');
  return {
    id: message.sequence,
    stage,
    reason: header('Dlq-Reason'),
    attempts: Number(header('Dlq-Attempts') || 0),
    source: Number(header('Dlq-Src-Seq') || 0),
    traceparent: header('Dlq-Trace'),
    lane: { tenant, platform, conversation },
    at: message.at,
    data: message.data,
  };
};

/** The dead letter stream: original bytes, with the story in headers. */
export const createDeadLetters = (connection: Connection): DeadLetters => {
  const { js, jsm } = connection;
  const get = async (id: number): Promise<DeadLetter | undefined> => {
    const message = await directGet(connection, STREAMS.dead, { seq: id });
    return message && toLetter(message);
  };
  return {
    put: async (letter) => {
      const headers = natsHeaders();
      headers.set('Dlq-Stage', letter.stage);
      // A header is one line: a reason with a line break would end the header block.
      headers.set('Dlq-Reason', letter.reason.replace(/[\r\n]+/g, ' ').slice(0, 500));
      headers.set('Dlq-Attempts', String(letter.attempts));
      headers.set('Dlq-Src-Seq', String(letter.source));
      headers.set('Dlq-Trace', letter.traceparent);
      const id = letter.source > 0 ? { msgID: `dead:${letter.stage}:${letter.source}` } : {};
      return (await js.publish(deadSubject(letter.stage, letter.lane), letter.data, { headers, ...id })).seq;
    },
    list: async ({ stage, sinceMs, limit }) => {
      const letters: DeadLetter[] = [];
      const filter = `dlq.${stage ?? '*'}.>`;
      for (let sequence = 1; letters.length < limit;) {
        const message = await directGet(connection, STREAMS.dead, { seq: sequence, next_by_subj: filter });
        if (message === undefined) break;
        if (sinceMs === undefined || message.at >= sinceMs) letters.push(toLetter(message));
        sequence = message.sequence + 1;
      }
      return letters;
    },
    get,
    drop: (id) => jsm.streams.deleteMessage(STREAMS.dead, id).catch(() => false),
    count: async () => (await jsm.streams.info(STREAMS.dead)).state.messages,
  };
};
