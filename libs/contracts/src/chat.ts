/**
 * The canonical model of a chat with a language model: what the gateway's ingress dialects decode to, what its
 * providers are called with, what gRPC carries, and what a turn's history keeps. One meaning, many wires.
 */
export type ChatRole = 'system' | 'user' | 'assistant' | 'tool';

export type ChatPart =
  | { readonly type: 'text'; readonly text: string }
  /** `data` is base64; `uri` is http(s), `blob:` or a provider's file id. Exactly one of both is set. */
  | { readonly type: 'media'; readonly mime: string; readonly name?: string; readonly data?: string; readonly uri?: string; readonly detail?: string }
  /** `arguments` is a JSON text, kept as the model wrote it. */
  | { readonly type: 'tool-call'; readonly id: string; readonly name: string; readonly arguments: string }
  | { readonly type: 'tool-result'; readonly id: string; readonly name?: string; readonly content: string; readonly isError?: boolean }
  | { readonly type: 'reasoning'; readonly text: string; readonly signature?: string };

export interface ChatMessage {
  readonly role: ChatRole;
  readonly parts: readonly ChatPart[];
  readonly name?: string;
}

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema (draft 2020-12) of the arguments, as JSON text. */
  readonly parameters: string;
  readonly strict?: boolean;
}

export type ToolChoice = { readonly mode: 'auto' | 'none' | 'required' } | { readonly mode: 'tool'; readonly name: string };

export type ResponseFormat =
  { readonly type: 'text' | 'json_object' } | { readonly type: 'json_schema'; readonly name: string; readonly schema: string; readonly strict?: boolean };

export interface ChatRequest {
  /** `provider`, `provider/model`, a bare model name, or empty for the configured default. */
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly ToolDefinition[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  readonly responseFormat?: ResponseFormat;
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  /** How many answers; providers without it are refused for more than one. */
  readonly choices?: number;
  readonly reasoningEffort?: string;
  /** An opaque id of the end user, for the provider's abuse checks. */
  readonly user?: string;
  /** Fields of the caller's dialect that we do not know, passed on where the provider speaks the same wire. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Why an answer ended. What the provider said stands beside it as `raw`. */
export const FINISH_REASONS = ['stop', 'length', 'tool_calls', 'content_filter', 'error'] as const;
export type FinishReason = (typeof FINISH_REASONS)[number];

/** Tokens. `input` includes what was read from or written to a cache, `output` includes reasoning. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens?: number;
  readonly cacheWriteTokens?: number;
  readonly reasoningTokens?: number;
}

/** What a model's answer is made of, in the order it arrives. `choice` is 0 unless several answers were asked for. */
export type ChatEvent =
  | { readonly type: 'started'; readonly id: string; readonly model: string; readonly provider: string; readonly createdAt?: number }
  | { readonly type: 'text-delta'; readonly choice: number; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly choice: number; readonly text: string; readonly signature?: string }
  | { readonly type: 'tool-call-start'; readonly choice: number; readonly index: number; readonly id: string; readonly name: string }
  | { readonly type: 'tool-call-delta'; readonly choice: number; readonly index: number; readonly fragment: string }
  | { readonly type: 'tool-call-end'; readonly choice: number; readonly index: number }
  | { readonly type: 'refusal-delta'; readonly choice: number; readonly text: string }
  | { readonly type: 'finish'; readonly choice: number; readonly reason: FinishReason; readonly raw?: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'warning'; readonly code: string; readonly message: string };
