import { AssistantError, type ChatEvent, type FinishReason, type Usage } from '@assistant/contracts';
import { isRecord, listOf, numberOf, textOf, type JsonRecord } from '../json';

/** Finish reasons of vendors that speak the dialect; whatever is not here counts as `stop` and is kept as `raw`. */
const FINISH: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length', // Mistral
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
  content_filter: 'content_filter',
  sensitive: 'content_filter', // Zhipu
  error: 'error',
  network_error: 'error', // Zhipu
  insufficient_system_resource: 'error', // DeepSeek
};

/** The reason in our words. Called tools win over `stop`, which several vendors say after tool calls. */
export const decodeFinishReason = (raw: string, calledTools: boolean): FinishReason => {
  const reason = FINISH[raw] ?? 'stop';
  return reason === 'stop' && calledTools ? 'tool_calls' : reason;
};

/** Undefined where there are no numbers in it. */
export const decodeUsage = (value: unknown): Usage | undefined => {
  if (!isRecord(value)) return undefined;
  const inputTokens = numberOf(value['prompt_tokens']);
  const outputTokens = numberOf(value['completion_tokens']);
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  const input = isRecord(value['prompt_tokens_details']) ? value['prompt_tokens_details'] : {};
  const output = isRecord(value['completion_tokens_details']) ? value['completion_tokens_details'] : {};
  // DeepSeek names the cache's share differently.
  const cached = numberOf(input['cached_tokens']) ?? numberOf(value['prompt_cache_hit_tokens']) ?? numberOf(value['cached_tokens']);
  const written = numberOf(input['cache_write_tokens']);
  const reasoning = numberOf(output['reasoning_tokens']);
  return {
    inputTokens: inputTokens ?? 0,
    outputTokens: outputTokens ?? 0,
    ...(cached === undefined ? {} : { cachedInputTokens: cached }),
    ...(written === undefined ? {} : { cacheWriteTokens: written }),
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
  };
};

/** A list of text parts, or a plain text. */
export const contentText = (content: unknown): string => {
  if (typeof content === 'string') return content;
  return listOf(content)
    .map((part) => (isRecord(part) ? (textOf(part['text']) ?? '') : ''))
    .join('');
};

/** What reasoning models write beside the answer; vendors use either name. */
export const reasoningText = (message: JsonRecord): string => textOf(message['reasoning_content']) ?? textOf(message['reasoning']) ?? '';

/** A `chat.completion` as events. Throws `upstream_bad_json` when it is not one, `upstream_empty` without choices. */
export const decodeAnswer = (body: unknown, provider: string): readonly ChatEvent[] => {
  if (!isRecord(body) || !Array.isArray(body['choices'])) throw new AssistantError('upstream_bad_json', 'the answer is JSON without choices');
  if (body['choices'].length === 0) throw new AssistantError('upstream_empty', 'the answer has no choices');
  const createdAt = numberOf(body['created']);
  const usage = decodeUsage(body['usage']);
  return [
    { type: 'started', id: textOf(body['id']) ?? '', model: textOf(body['model']) ?? '', provider, ...(createdAt === undefined ? {} : { createdAt }) },
    ...listOf(body['choices']).flatMap(decodeChoice),
    ...(usage === undefined ? [] : [{ type: 'usage' as const, usage }]),
  ];
};

const decodeChoice = (value: unknown, position: number): readonly ChatEvent[] => {
  if (!isRecord(value)) return [];
  const choice = numberOf(value['index']) ?? position;
  const message = isRecord(value['message']) ? value['message'] : {};
  const text = contentText(message['content']);
  const reasoning = reasoningText(message);
  const refusal = textOf(message['refusal']) ?? '';
  const calls = listOf(message['tool_calls']).filter(isRecord);
  const raw = textOf(value['finish_reason']) ?? '';
  return [
    ...(reasoning === '' ? [] : [{ type: 'reasoning-delta' as const, choice, text: reasoning }]),
    ...(text === '' ? [] : [{ type: 'text-delta' as const, choice, text }]),
    ...(refusal === '' ? [] : [{ type: 'refusal-delta' as const, choice, text: refusal }]),
    ...calls.flatMap((call, index) => decodeToolCall(call, choice, index)),
    { type: 'finish', choice, reason: decodeFinishReason(raw, calls.length > 0), raw },
  ];
};

const decodeToolCall = (call: JsonRecord, choice: number, index: number): readonly ChatEvent[] => {
  const { name, arguments: text } = isRecord(call['function']) ? call['function'] : {};
  const fragment = typeof text === 'string' ? text : isRecord(text) ? JSON.stringify(text) : '';
  return [
    { type: 'tool-call-start', choice, index, id: textOf(call['id']) || `call_${choice}_${index}`, name: textOf(name) ?? '' },
    { type: 'tool-call-delta', choice, index, fragment: fragment.trim() === '' ? '{}' : fragment },
    { type: 'tool-call-end', choice, index },
  ];
};
