import { AssistantError, type ChatMessage, type ChatPart, type ChatRequest, type ResponseFormat, type ToolChoice } from '@assistant/contracts';
import type { z } from 'zod';
import { mediaFromAudio, mediaFromFile, mediaFromUrl } from './media';
import { wireRequest, type WireMessage, type WireRequest } from './schema';

/** A request of the OpenAI dialect in our own words. Throws `bad_request` naming the field. */
export const decodeRequest = (body: unknown): ChatRequest => {
  const parsed = wireRequest.safeParse(body);
  if (!parsed.success) throw badRequest(parsed.error);
  return fromWire(parsed.data);
};

const badRequest = (error: z.ZodError): AssistantError => {
  const [issue] = error.issues;
  const path = (issue?.path ?? []).reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
  return new AssistantError('bad_request', `${path === '' ? 'The body' : path}: ${issue?.message ?? 'is not valid'}.`, { param: path });
};

/** The fields that have a place of their own in `ChatRequest`; `stream` and `stream_options` belong to the transport. */
const KNOWN = new Set([
  ...['model', 'messages', 'stream', 'stream_options', 'tools', 'tool_choice', 'parallel_tool_calls', 'response_format', 'max_tokens', 'max_completion_tokens'],
  ...['temperature', 'top_p', 'frequency_penalty', 'presence_penalty', 'stop', 'seed', 'n', 'reasoning_effort', 'user'],
]);

const fromWire = (wire: WireRequest): ChatRequest => {
  const extra = Object.fromEntries(Object.entries(wire).filter(([key]) => !KNOWN.has(key)));
  return {
    model: wire.model ?? '',
    messages: wire.messages.map(decodeMessage),
    ...optional('tools', wire.tools, (tools) =>
      tools.map(({ function: { name, description, parameters, strict } }) => ({
        name,
        description: description ?? '',
        parameters: JSON.stringify(parameters ?? { type: 'object', properties: {} }),
        ...(typeof strict === 'boolean' ? { strict } : {}),
      })),
    ),
    ...optional('toolChoice', wire.tool_choice, decodeToolChoice),
    ...optional('parallelToolCalls', wire.parallel_tool_calls),
    ...optional('responseFormat', wire.response_format, decodeResponseFormat),
    ...optional('maxOutputTokens', wire.max_completion_tokens ?? wire.max_tokens),
    ...optional('temperature', wire.temperature),
    ...optional('topP', wire.top_p),
    ...optional('frequencyPenalty', wire.frequency_penalty),
    ...optional('presencePenalty', wire.presence_penalty),
    ...optional('stop', wire.stop, (stop) => (typeof stop === 'string' ? [stop] : stop)),
    ...optional('seed', wire.seed),
    ...optional('choices', wire.n),
    ...optional('reasoningEffort', wire.reasoning_effort),
    ...optional('user', wire.user),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
};

/** A field that is present only when the wire has a value for it. */
function optional<Key extends string, Value>(key: Key, value: Value | null | undefined): { readonly [K in Key]?: Value };
function optional<Key extends string, Value, Mapped>(
  key: Key,
  value: Value | null | undefined,
  map: (value: Value) => Mapped,
): { readonly [K in Key]?: Mapped };
function optional(key: string, value: unknown, map?: (value: unknown) => unknown): Readonly<Record<string, unknown>> {
  return value === null || value === undefined ? {} : { [key]: map === undefined ? value : map(value) };
}

const decodeToolChoice = (choice: NonNullable<WireRequest['tool_choice']>): ToolChoice =>
  typeof choice === 'string' ? { mode: choice } : { mode: 'tool', name: choice.function.name };

const decodeResponseFormat = (format: NonNullable<WireRequest['response_format']>): ResponseFormat => {
  if (format.type !== 'json_schema') return { type: format.type };
  const { name, schema, strict } = format.json_schema;
  return { type: 'json_schema', name, schema: JSON.stringify(schema ?? {}), ...(typeof strict === 'boolean' ? { strict } : {}) };
};

const textParts = (content: string | readonly { readonly text: string }[]): readonly ChatPart[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content.map(({ text }) => ({ type: 'text', text }));

const named = (name: string | undefined) => (name === undefined ? {} : { name });

const decodeMessage = (message: WireMessage): ChatMessage => {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', parts: textParts(message.content), ...named(message.name) };
    case 'user':
      return {
        role: 'user',
        parts: typeof message.content === 'string' ? textParts(message.content) : message.content.map(decodeUserPart),
        ...named(message.name),
      };
    case 'assistant':
      return { role: 'assistant', parts: decodeAssistant(message), ...named(message.name) };
    case 'tool':
      return { role: 'tool', parts: [{ type: 'tool-result', id: message.tool_call_id, content: textParts(message.content).map(textOfPart).join('') }] };
  }
};

const textOfPart = (part: ChatPart): string => (part.type === 'text' ? part.text : '');

type UserPart = Exclude<Extract<WireMessage, { readonly role: 'user' }>['content'], string>[number];

const decodeUserPart = (part: UserPart): ChatPart => {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'image_url':
      return mediaFromUrl(part.image_url.url, 'image', part.image_url.detail);
    case 'video_url':
      return mediaFromUrl(part.video_url.url, 'video');
    case 'input_audio':
      return mediaFromAudio(part.input_audio);
    case 'file':
      return mediaFromFile(part.file);
  }
};

const decodeAssistant = (message: Extract<WireMessage, { readonly role: 'assistant' }>): readonly ChatPart[] => {
  const { content, refusal } = message;
  const spoken = typeof content === 'string' ? [content] : (content ?? []).map((part) => (part.type === 'text' ? part.text : part.refusal));
  return [
    ...(message.reasoning_content ? [{ type: 'reasoning' as const, text: message.reasoning_content }] : []),
    ...[...spoken, refusal ?? ''].filter((text) => text !== '').map((text) => ({ type: 'text' as const, text })),
    ...(message.tool_calls ?? []).map(({ id, function: { name, arguments: text } }) => ({ type: 'tool-call' as const, id, name, arguments: text })),
  ];
};
