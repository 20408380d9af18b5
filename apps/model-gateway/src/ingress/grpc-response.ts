import type { ChatEvent, ChatPart, FinishReason, Usage } from '@assistant/contracts';
import type { ProtoChatEvent, ProtoChatResponse, ProtoModelInfo, ProtoPart, ProtoUsage } from '@assistant/contracts/grpc';
import type { Answer } from '../answer';
import type { ListedModel } from '../providers/snapshot';

const FINISH = {
  stop: 'FINISH_REASON_STOP',
  length: 'FINISH_REASON_LENGTH',
  tool_calls: 'FINISH_REASON_TOOL_CALLS',
  content_filter: 'FINISH_REASON_CONTENT_FILTER',
  error: 'FINISH_REASON_ERROR',
} as const satisfies Record<FinishReason, string>;

export const protoFinish = (reason: FinishReason): (typeof FINISH)[FinishReason] => FINISH[reason];

export const protoUsage = (usage: Usage): ProtoUsage => ({
  inputTokens: usage.inputTokens,
  outputTokens: usage.outputTokens,
  cachedInputTokens: usage.cachedInputTokens ?? 0,
  cacheWriteTokens: usage.cacheWriteTokens ?? 0,
  reasoningTokens: usage.reasoningTokens ?? 0,
});

export const protoEvent = (event: ChatEvent): ProtoChatEvent => {
  switch (event.type) {
    case 'started':
      return { started: { id: event.id, model: event.model, provider: event.provider } };
    case 'text-delta':
      return { textDelta: { choice: event.choice, text: event.text } };
    case 'reasoning-delta':
      return { reasoningDelta: { choice: event.choice, text: event.text, signature: event.signature ?? '' } };
    case 'refusal-delta':
      return { refusalDelta: { choice: event.choice, text: event.text } };
    case 'tool-call-start':
      return { toolCallStart: { choice: event.choice, index: event.index, id: event.id, name: event.name } };
    case 'tool-call-delta':
      return { toolCallDelta: { choice: event.choice, index: event.index, fragment: event.fragment } };
    case 'tool-call-end':
      return { toolCallEnd: { choice: event.choice, index: event.index } };
    case 'finish':
      return { finish: { choice: event.choice, reason: protoFinish(event.reason), raw: event.raw ?? '' } };
    case 'usage':
      return { usage: protoUsage(event.usage) };
    case 'warning':
      return { warning: { code: event.code, message: event.message } };
  }
};

const protoPart = (part: ChatPart): ProtoPart => {
  switch (part.type) {
    case 'text':
      return { text: part.text };
    case 'reasoning':
      return { reasoning: { text: part.text, signature: part.signature ?? '' } };
    case 'tool-call':
      return { toolCall: { id: part.id, name: part.name, arguments: part.arguments } };
    case 'tool-result':
      return { toolResult: { id: part.id, name: part.name ?? '', content: part.content, isError: part.isError ?? false } };
    case 'media': {
      const source = part.data === undefined ? { uri: part.uri ?? '' } : { data: Buffer.from(part.data, 'base64') };
      return { media: { mime: part.mime, name: part.name ?? '', detail: part.detail ?? '', ...source } };
    }
  }
};

export const protoResponse = (answer: Answer): ProtoChatResponse => ({
  id: answer.id,
  model: answer.model,
  provider: answer.provider,
  choices: answer.choices.map(({ parts, refusal, reason, raw }) => ({
    message: { role: 'ROLE_ASSISTANT', parts: parts.map(protoPart) },
    finishReason: protoFinish(reason),
    rawFinishReason: raw ?? '',
    refusal: refusal ?? '',
  })),
  ...(answer.usage === undefined ? {} : { usage: protoUsage(answer.usage) }),
  warnings: answer.warnings.map(({ code, message }) => ({ code, message })),
});

export const protoModel = ({ id, entry, model, settings, isDefault }: ListedModel): ProtoModelInfo => ({
  id,
  provider: entry.name,
  model,
  kind: entry.settings.provider.kind,
  isDefault,
  contextTokens: settings.context_tokens ?? 0,
  // Nearly every chat model of today calls tools; whoever lists capabilities knows better.
  tools: settings.capabilities?.includes('tools') ?? true,
  vision: settings.capabilities?.includes('vision') ?? false,
});
