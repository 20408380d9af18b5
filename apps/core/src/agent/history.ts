import type { ChatMessage, ChatPart, HistoryMessage } from '@assistant/contracts';
import { remember } from './tokens';

/** A tool's result has served its purpose when its turn ends; this much of it is enough to refer back to. */
const OLD_RESULT_CHARACTERS = 2_000;
const OLD_ARGUMENTS_CHARACTERS = 2_000;

/**
 * The conversation so far as a provider accepts it. The window may have cut between a tool call and its result, and
 * every provider refuses one without the other: whatever lacks its partner is left out.
 */
export const presentHistory = (history: readonly HistoryMessage[]): readonly ChatMessage[] => {
  const presented: ChatMessage[] = [];
  let answered = new Set<string>();
  history.forEach((message, index) => {
    if (message.role !== 'tool') answered = answeredCalls(history, index);
    const parts = message.parts.filter((part) => isPresentable(part, answered));
    if (parts.length > 0) presented.push({ role: message.role, parts, ...(message.name === undefined ? {} : { name: message.name }) });
  });
  return presented;
};

/** A result uses its call up: a second one for the same call is left out. */
const isPresentable = (part: ChatPart, answered: Set<string>): boolean => {
  switch (part.type) {
    case 'tool-call':
      return answered.has(part.id);
    case 'tool-result':
      return answered.delete(part.id);
    case 'text':
      return part.text !== '';
    case 'media':
    case 'reasoning':
      return true;
  }
};

/** Ids of the calls of this message that the tool messages right behind it answer. */
const answeredCalls = (history: readonly HistoryMessage[], index: number): Set<string> => {
  const called = new Set(history[index]?.parts.flatMap((part) => (part.type === 'tool-call' ? [part.id] : [])));
  const answered = new Set<string>();
  for (let next = index + 1; history[next]?.role === 'tool'; next++) {
    for (const part of history[next]?.parts ?? []) if (part.type === 'tool-result' && called.has(part.id)) answered.add(part.id);
  }
  return answered;
};

/**
 * What the conversation keeps of a finished turn: everything said, tool results and long arguments cut, reasoning
 * left out (providers want that of the running turn only). Bounds the commit record.
 */
export const compactTurn = (messages: readonly HistoryMessage[]): readonly HistoryMessage[] =>
  messages.map((message) =>
    remember({ role: message.role, parts: message.parts.flatMap(compactPart), ...(message.name === undefined ? {} : { name: message.name }) }, message.at),
  );

const compactPart = (part: ChatPart): readonly ChatPart[] => {
  switch (part.type) {
    case 'tool-result':
      return [
        part.content.length <= OLD_RESULT_CHARACTERS
          ? part
          : { ...part, content: `${part.content.slice(0, OLD_RESULT_CHARACTERS)}\n[the rest of this earlier result is left out]` },
      ];
    case 'tool-call':
      return [
        part.arguments.length <= OLD_ARGUMENTS_CHARACTERS ? part : { ...part, arguments: JSON.stringify({ omitted: `${part.arguments.length} characters` }) },
      ];
    case 'reasoning':
      return [];
    case 'text':
    case 'media':
      return [part];
  }
};
