import type { ChatMessage, ChatPart, ChatRequest, FinishReason, ResponseFormat, ToolChoice, Usage } from '@assistant/contracts';
import type { Answer, AnswerChoice } from '../../answer';
import { compact, parseJson, type JsonRecord } from '../json';
import { encodeMedia } from './media';

/** How one vendor's understanding of the dialect differs. */
export interface ChatQuirks {
  /** Name of the output limit; OpenAI's newer models refuse `max_tokens`, most others know only that. */
  readonly outputLimit: 'max_tokens' | 'max_completion_tokens';
  /** Whether `stream_options` is understood. */
  readonly streamUsage: boolean;
}

/** Our request in the OpenAI dialect. `stream` adds what a stream needs, with the usage always asked for. */
export const encodeRequest = (request: ChatRequest, model: string, quirks: ChatQuirks, stream: boolean): JsonRecord =>
  compact({
    ...request.extra,
    model,
    messages: request.messages.flatMap(encodeMessage),
    tools: request.tools === undefined || request.tools.length === 0 ? undefined : request.tools.map(encodeTool),
    tool_choice: request.toolChoice === undefined ? undefined : encodeToolChoice(request.toolChoice),
    parallel_tool_calls: request.parallelToolCalls,
    response_format: request.responseFormat === undefined ? undefined : encodeResponseFormat(request.responseFormat),
    [quirks.outputLimit]: request.maxOutputTokens,
    temperature: request.temperature,
    top_p: request.topP,
    frequency_penalty: request.frequencyPenalty,
    presence_penalty: request.presencePenalty,
    stop: request.stop,
    seed: request.seed,
    n: request.choices,
    reasoning_effort: request.reasoningEffort,
    user: request.user,
    ...(stream ? { stream: true, ...(quirks.streamUsage ? { stream_options: { include_usage: true } } : {}) } : {}),
  });

const encodeTool = ({ name, description, parameters, strict }: NonNullable<ChatRequest['tools']>[number]): JsonRecord => ({
  type: 'function',
  function: compact({ name, description, parameters: parseJson(parameters) ?? { type: 'object', properties: {} }, strict }),
});

const encodeToolChoice = (choice: ToolChoice): unknown => (choice.mode === 'tool' ? { type: 'function', function: { name: choice.name } } : choice.mode);

const encodeResponseFormat = (format: ResponseFormat): JsonRecord =>
  format.type === 'json_schema'
    ? { type: 'json_schema', json_schema: compact({ name: format.name, schema: parseJson(format.schema) ?? {}, strict: format.strict }) }
    : { type: format.type };

/** A tool message with several results becomes several messages: the dialect has one result a message. */
const encodeMessage = (message: ChatMessage): readonly JsonRecord[] => {
  if (message.role === 'tool') {
    return message.parts.flatMap((part) => (part.type === 'tool-result' ? [{ role: 'tool', tool_call_id: part.id, content: part.content }] : []));
  }
  const name = message.name === undefined ? {} : { name: message.name };
  if (message.role !== 'assistant') return [{ role: message.role, content: encodeContent(message.parts), ...name }];
  const calls = message.parts.filter((part) => part.type === 'tool-call');
  const reasoning = joined(message.parts, 'reasoning');
  const spoken = message.parts.filter((part) => part.type === 'text');
  return [
    {
      role: 'assistant',
      content: spoken.length === 0 ? null : encodeContent(spoken),
      ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
      ...(calls.length === 0 ? {} : { tool_calls: calls.map(encodeToolCall) }),
      ...name,
    },
  ];
};

const joined = (parts: readonly ChatPart[], type: 'reasoning' | 'text'): string => parts.map((part) => (part.type === type ? part.text : '')).join('');

const encodeContent = (parts: readonly ChatPart[]): unknown => {
  const [only] = parts;
  if (parts.length === 1 && only?.type === 'text') return only.text;
  return parts.flatMap((part): readonly JsonRecord[] => {
    if (part.type === 'text') return [{ type: 'text', text: part.text }];
    return part.type === 'media' ? [encodeMedia(part)] : [];
  });
};

const encodeToolCall = ({ id, name, arguments: text }: Extract<ChatPart, { readonly type: 'tool-call' }>): JsonRecord => ({
  id,
  type: 'function',
  function: { name, arguments: text === '' ? '{}' : text },
});

/** A whole answer as `chat.completion`. */
export const encodeAnswer = (answer: Answer): JsonRecord => ({
  id: answer.id,
  object: 'chat.completion',
  created: answer.createdAt ?? Math.floor(Date.now() / 1000),
  model: answer.model,
  choices: answer.choices.map(encodeChoice),
  ...(answer.usage === undefined ? {} : { usage: encodeUsage(answer.usage) }),
});

const encodeChoice = ({ parts, refusal, reason }: AnswerChoice, index: number): JsonRecord => {
  const calls = parts.filter((part) => part.type === 'tool-call');
  const text = joined(parts, 'text');
  const reasoning = joined(parts, 'reasoning');
  return {
    index,
    message: {
      role: 'assistant',
      content: text === '' && (calls.length > 0 || refusal !== undefined) ? null : text,
      refusal: refusal ?? null,
      ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
      ...(calls.length === 0 ? {} : { tool_calls: calls.map(encodeToolCall) }),
    },
    logprobs: null,
    finish_reason: encodeFinishReason(reason),
  };
};

/** The dialect has no word for an answer that broke off by an error; the nearest honest one says it is incomplete. */
export const encodeFinishReason = (reason: FinishReason): string => (reason === 'error' ? 'length' : reason);

export const encodeUsage = (usage: Usage): JsonRecord => ({
  prompt_tokens: usage.inputTokens,
  completion_tokens: usage.outputTokens,
  total_tokens: usage.inputTokens + usage.outputTokens,
  ...(usage.cachedInputTokens === undefined && usage.cacheWriteTokens === undefined
    ? {}
    : { prompt_tokens_details: compact({ cached_tokens: usage.cachedInputTokens, cache_write_tokens: usage.cacheWriteTokens }) }),
  ...(usage.reasoningTokens === undefined ? {} : { completion_tokens_details: { reasoning_tokens: usage.reasoningTokens } }),
});
