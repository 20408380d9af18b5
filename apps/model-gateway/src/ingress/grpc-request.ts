import { AssistantError, type ChatMessage, type ChatPart, type ChatRequest, type ChatRole, type ResponseFormat, type ToolChoice } from '@assistant/contracts';
import type { ProtoChatRequestOutput, ProtoMessageOutput, ProtoPartOutput } from '@assistant/contracts/grpc';

const ROLES: Readonly<Record<string, ChatRole>> = { ROLE_SYSTEM: 'system', ROLE_USER: 'user', ROLE_ASSISTANT: 'assistant', ROLE_TOOL: 'tool' };

const wrong = (param: string, problem: string): AssistantError => new AssistantError('bad_request', `${param}: ${problem}`, { param });

/** A request of gRPC in our own words. Throws `bad_request` naming the field. */
export const fromProto = (wire: ProtoChatRequestOutput): ChatRequest => {
  if (wire.messages.length === 0) throw wrong('messages', 'there must be at least one.');
  const toolChoice = toolChoiceOf(wire);
  const responseFormat = responseFormatOf(wire.responseFormat);
  return {
    model: wire.model,
    messages: wire.messages.map(message),
    ...(wire.tools.length === 0
      ? {}
      : {
          tools: wire.tools.map(({ name, description, parameters, strict }) => ({
            name,
            description,
            parameters: schema(parameters, name),
            ...(strict ? { strict } : {}),
          })),
        }),
    ...(toolChoice === undefined ? {} : { toolChoice }),
    ...(responseFormat === undefined ? {} : { responseFormat }),
    ...set('parallelToolCalls', wire._parallelToolCalls, wire.parallelToolCalls),
    ...set('maxOutputTokens', wire._maxOutputTokens, wire.maxOutputTokens),
    ...set('temperature', wire._temperature, wire.temperature),
    ...set('topP', wire._topP, wire.topP),
    ...set('frequencyPenalty', wire._frequencyPenalty, wire.frequencyPenalty),
    ...set('presencePenalty', wire._presencePenalty, wire.presencePenalty),
    ...set('seed', wire._seed, wire.seed),
    ...set('choices', wire._choices, wire.choices),
    ...(wire.stop.length === 0 ? {} : { stop: wire.stop }),
    ...(wire.reasoningEffort === '' ? {} : { reasoningEffort: wire.reasoningEffort }),
    ...(wire.user === '' ? {} : { user: wire.user }),
  };
};

/** Proto3 tells by a second field whether an optional one was sent. */
const set = <Key extends string, Value>(key: Key, present: string | undefined, value: Value | undefined): { readonly [K in Key]?: Value } => {
  const fields: { [K in Key]?: Value } = {};
  if (present !== undefined && value !== undefined) fields[key] = value;
  return fields;
};

const schema = (text: string, tool: string): string => {
  if (text === '') return '{"type":"object","properties":{}}';
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw wrong('tools', `parameters of ${tool} are not valid JSON.`);
  }
};

const CHOICE_MODES: Readonly<Record<string, 'auto' | 'none' | 'required'>> = { MODE_AUTO: 'auto', MODE_NONE: 'none', MODE_REQUIRED: 'required' };

const toolChoiceOf = ({ toolChoice }: ProtoChatRequestOutput): ToolChoice | undefined => {
  if (toolChoice?.choice === 'tool') return { mode: 'tool', name: toolChoice.tool ?? '' };
  const mode = CHOICE_MODES[toolChoice?.mode ?? ''];
  return mode === undefined ? undefined : { mode };
};

const responseFormatOf = (format: ProtoChatRequestOutput['responseFormat']): ResponseFormat | undefined => {
  switch (format?.type) {
    case 'TYPE_TEXT':
      return { type: 'text' };
    case 'TYPE_JSON_OBJECT':
      return { type: 'json_object' };
    case 'TYPE_JSON_SCHEMA':
      return { type: 'json_schema', name: format.name === '' ? 'answer' : format.name, schema: format.schema, ...(format.strict ? { strict: true } : {}) };
    default:
      return undefined;
  }
};

const message = (wire: ProtoMessageOutput, index: number): ChatMessage => {
  const role = ROLES[wire.role];
  if (role === undefined) throw wrong(`messages[${index}].role`, 'must be system, user, assistant or tool.');
  const parts = wire.parts.map((value, position) => part(value, `messages[${index}].parts[${position}]`));
  return { role, parts, ...(wire.name === '' ? {} : { name: wire.name }) };
};

const part = (wire: ProtoPartOutput, at: string): ChatPart => {
  switch (wire.part) {
    case 'text':
      return { type: 'text', text: wire.text ?? '' };
    case 'media': {
      const { mime = '', name = '', detail = '', data, uri } = wire.media ?? {};
      const about = { mime: mime === '' ? 'application/octet-stream' : mime, ...(name === '' ? {} : { name }), ...(detail === '' ? {} : { detail }) };
      if (data !== undefined && data.length > 0) return { type: 'media', ...about, data: data.toString('base64') };
      if (uri !== undefined && uri !== '') return { type: 'media', ...about, uri };
      throw wrong(at, 'media needs data or a uri.');
    }
    case 'toolCall':
      return { type: 'tool-call', id: wire.toolCall?.id ?? '', name: wire.toolCall?.name ?? '', arguments: wire.toolCall?.arguments ?? '' };
    case 'toolResult': {
      const { id = '', name = '', content = '', isError = false } = wire.toolResult ?? {};
      return { type: 'tool-result', id, content, ...(name === '' ? {} : { name }), ...(isError ? { isError } : {}) };
    }
    case 'reasoning': {
      const { text = '', signature = '' } = wire.reasoning ?? {};
      return { type: 'reasoning', text, ...(signature === '' ? {} : { signature }) };
    }
    case undefined:
      throw wrong(at, 'is empty.');
  }
};
