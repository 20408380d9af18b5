import type { CommitRecord, HistoryMessage, Part, StepRecord, WebMedia, WebPart, WebQuestion, WebToolCall, WebTurn } from '@assistant/contracts';
import type { Stored } from '@assistant/bus';
import { messageIdOf } from './conversation';
import { kindOf, webMediaOf } from './media-link';
import type { Signer } from './signer';

/** For whom a conversation is shown: file addresses are made for this visitor. */
export interface Viewer {
  readonly visitorId: string;
  readonly signer: Signer;
}

const LONGEST_SHOWN = 8000;
const shorten = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);

export const webPart = (part: Part, viewer: Viewer): WebPart =>
  part.type === 'media' ? webMediaOf(part.media, part.kind, part.caption, viewer.visitorId, viewer.signer) : part;

/** Tool calls and their results out of model messages, in the order of the calls. A call without a result is `running`. */
export const toolCallsOf = (messages: readonly HistoryMessage[]): readonly WebToolCall[] => {
  const calls = new Map<string, WebToolCall>();
  for (const { parts } of messages) {
    for (const part of parts) {
      if (part.type === 'tool-call') calls.set(part.id, { callId: part.id, name: part.name, state: 'running', arguments: shorten(part.arguments) });
      if (part.type !== 'tool-result') continue;
      const call = calls.get(part.id);
      if (call) calls.set(part.id, { ...call, state: part.isError === true ? 'failed' : 'done', result: shorten(part.content) });
    }
  }
  return [...calls.values()];
};

/** The same for a turn that still runs. */
export const toolCallsOfSteps = (steps: readonly StepRecord[]): readonly WebToolCall[] =>
  toolCallsOf(steps.flatMap((step) => (step.of === 'model' ? [step.message] : step.messages)));

const questionOf = (record: CommitRecord, viewer: Viewer): WebQuestion | undefined => {
  const asked = record.history.filter(({ role }) => role === 'user');
  const [first] = asked;
  if (first === undefined) return undefined;
  const parts = asked.flatMap((message) => message.parts);
  const media = parts.flatMap((part): WebMedia[] =>
    part.type === 'media' && part.uri !== undefined
      ? [
          webMediaOf(
            { ref: part.uri, mime: part.mime, ...(part.name === undefined ? {} : { name: part.name }) },
            kindOf(part.mime),
            undefined,
            viewer.visitorId,
            viewer.signer,
          ),
        ]
      : [],
  );
  return { text: parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n'), media, at: record.acceptedAt };
};

/**
 * A commit as the page shows it. `asked` is what the person wrote where it is known from elsewhere: the history of
 * a command, say, does not hold it.
 */
export const turnView = ({ sequence, record }: Stored<CommitRecord>, viewer: Viewer, asked?: WebQuestion): WebTurn => {
  const question = asked ?? questionOf(record, viewer);
  return {
    sequence,
    turnId: record.turnId,
    messageIds: record.inIds.map((id) => messageIdOf(record.to.chatId, id)),
    at: record.at,
    status: record.status,
    ...(question === undefined ? {} : { question }),
    tools: toolCallsOf(record.history),
    replies: record.replies.map(({ parts, actions }) => ({ parts: parts.map((part) => webPart(part, viewer)), ...(actions === undefined ? {} : { actions }) })),
    ...(record.model === undefined ? {} : { model: record.model }),
    ...(record.usage === undefined ? {} : { usage: record.usage }),
    traceId: record.traceId,
    ...(record.error === undefined ? {} : { error: record.error }),
  };
};
