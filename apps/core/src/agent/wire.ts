import type { ChatEvent, ChatMessage, ChatPart, ChatRequest, FinishReason, Usage } from '@assistant/contracts';
import type { ProtoChatEventOutput, ProtoChatRequest, ProtoMessage, ProtoPart, ProtoUsageOutput } from '@assistant/contracts/grpc';

const ROLES = { system: 'ROLE_SYSTEM', user: 'ROLE_USER', assistant: 'ROLE_ASSISTANT', tool: 'ROLE_TOOL' } as const;

const FINISH: Readonly<Record<string, FinishReason>> = {
  FINISH_REASON_STOP: 'stop',
  FINISH_REASON_LENGTH: 'length',
  FINISH_REASON_TOOL_CALLS: 'tool_calls',
  FINISH_REASON_CONTENT_FILTER: 'content_filter',
  FINISH_REASON_ERROR: 'error',
};

/** What an agent asks, as gRPC carries it. Fields that no agent sets are not sent. */
export const toProtoRequest = (request: ChatRequest): ProtoChatRequest => ({
  model: request.model,
  messages: request.messages.map(toProtoMessage),
  tools: (request.tools ?? []).map((tool) => ({ name: tool.name, description: tool.description, parameters: tool.parameters, strict: tool.strict ?? false })),
  ...(request.maxOutputTokens === undefined ? {} : { maxOutputTokens: request.maxOutputTokens }),
  ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
  ...(request.user === undefined ? {} : { user: request.user }),
});

const toProtoMessage = (message: ChatMessage): ProtoMessage => ({ role: ROLES[message.role], parts: message.parts.map(toProtoPart), name: message.name ?? '' });

const toProtoPart = (part: ChatPart): ProtoPart => {
  switch (part.type) {
    case 'text':
      return { text: part.text };
    case 'media':
      return {
        media: {
          mime: part.mime,
          name: part.name ?? '',
          detail: part.detail ?? '',
          ...(part.data === undefined ? { uri: part.uri ?? '' } : { data: Buffer.from(part.data, 'base64') }),
        },
      };
    case 'tool-call':
      return { toolCall: { id: part.id, name: part.name, arguments: part.arguments } };
    case 'tool-result':
      return { toolResult: { id: part.id, name: part.name ?? '', content: part.content, isError: part.isError ?? false } };
    case 'reasoning':
      return { reasoning: { text: part.text, signature: part.signature ?? '' } };
  }
};

const usageOf = (usage: ProtoUsageOutput): Usage => ({
  inputTokens: usage.inputTokens,
  outputTokens: usage.outputTokens,
  ...(usage.cachedInputTokens > 0 ? { cachedInputTokens: usage.cachedInputTokens } : {}),
  ...(usage.cacheWriteTokens > 0 ? { cacheWriteTokens: usage.cacheWriteTokens } : {}),
  ...(usage.reasoningTokens > 0 ? { reasoningTokens: usage.reasoningTokens } : {}),
});

/** One event of the stream; undefined for kinds that an agent has no use for and for kinds of a later version. */
export const fromProtoEvent = (event: ProtoChatEventOutput): ChatEvent | undefined => {
  if (event.textDelta) return { type: 'text-delta', choice: event.textDelta.choice, text: event.textDelta.text };
  if (event.reasoningDelta) {
    const { choice, text, signature } = event.reasoningDelta;
    return { type: 'reasoning-delta', choice, text, ...(signature === '' ? {} : { signature }) };
  }
  if (event.toolCallStart) return { type: 'tool-call-start', ...event.toolCallStart };
  if (event.toolCallDelta) return { type: 'tool-call-delta', ...event.toolCallDelta };
  if (event.toolCallEnd) return { type: 'tool-call-end', ...event.toolCallEnd };
  if (event.refusalDelta) return { type: 'refusal-delta', ...event.refusalDelta };
  if (event.started) return { type: 'started', ...event.started };
  if (event.finish) return { type: 'finish', choice: event.finish.choice, reason: FINISH[event.finish.reason] ?? 'error', raw: event.finish.raw };
  if (event.usage) return { type: 'usage', usage: usageOf(event.usage) };
  if (event.warning) return { type: 'warning', ...event.warning };
  return undefined;
};
