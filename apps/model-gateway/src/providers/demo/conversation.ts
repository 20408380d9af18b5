import type { ChatMessage, ChatPart, ChatRequest } from '@assistant/contracts';

type Part<Type extends ChatPart['type']> = Extract<ChatPart, { readonly type: Type }>;
export type ToolCall = Part<'tool-call'>;
export type ToolResult = Part<'tool-result'>;

/** What the demo has to answer: what a person said last, or what tools answered since. */
export interface Situation {
  readonly said: string;
  readonly results: readonly { readonly result: ToolResult; readonly call: ToolCall | undefined }[];
  /** The sum that was calculated last, as it was written. */
  readonly lastExpression: string | undefined;
}

const textOf = ({ parts }: ChatMessage): string =>
  parts
    .map((part) => (part.type === 'text' ? part.text : ''))
    .join('\n')
    .trim();

const isCall = (part: ChatPart): part is ToolCall => part.type === 'tool-call';
const isResult = (part: ChatPart): part is ToolResult => part.type === 'tool-result';

export const situationOf = ({ messages }: ChatRequest): Situation => {
  const lastUser = messages.findLastIndex(({ role }) => role === 'user');
  const said = messages[lastUser];
  const calls = messages.flatMap(({ parts }) => parts.filter(isCall));
  const trailing = messages.slice(messages.findLastIndex(({ role }) => role !== 'tool') + 1);
  const results = trailing.flatMap(({ parts }) => parts.filter(isResult));
  return {
    said: said === undefined ? '' : withoutQuotes(textOf(said)),
    results: results.map((result) => ({ result, call: calls.find(({ id }) => id === result.id) })),
    lastExpression: calls
      .slice(0, lastUser === -1 ? 0 : undefined)
      .map(({ arguments: text }) => /"expression"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1])
      .findLast((expression) => expression !== undefined),
  };
};

/** A reply repeats the message it answers; that is not what is being asked. */
const withoutQuotes = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n')
    .trim();

/** In a group, the author's name stands before the message: both readings are tried. */
export const readings = (text: string): readonly string[] => {
  const [, rest] = /^[^\n:：/]{1,60}[:：]\s+(\S[\s\S]*)$/.exec(text) ?? [];
  return rest === undefined ? [text] : [text, rest];
};
