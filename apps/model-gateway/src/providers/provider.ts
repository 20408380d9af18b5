import type { ChatEvent, ChatRequest, Usage } from '@assistant/contracts';
import type { Watch } from '../call/watch';
import type { OpenAiPassage } from './openai/passage';

/** What one try at a provider may use. */
export interface Attempt {
  /** Names the call in logs, headers and error messages. */
  readonly requestId: string;
  /** The model, as the provider calls it. */
  readonly model: string;
  readonly traceparent: string;
  /** Aborts when the caller goes away and when a time limit of `watch` is over. */
  readonly signal: AbortSignal;
  /** The limits on silence; the provider says when it waits and when it heard something. */
  readonly watch: Watch;
}

export type EventBatch = readonly ChatEvent[];

/** `whole`: one batch when everything is there. `stream`: batches as they arrive. */
export type AnswerMode = 'whole' | 'stream';

export interface Embeddings {
  readonly model: string;
  readonly vectors: readonly (readonly number[])[];
  readonly usage?: Usage;
}

export interface MediaBytes {
  readonly mime: string;
  readonly data: Uint8Array;
}

/** What a provider may offer besides chat; what is missing is `unsupported`. */
export interface ProviderExtras {
  embed?(request: { readonly inputs: readonly string[]; readonly dimensions?: number }, attempt: Attempt): Promise<Embeddings>;
  transcribe?(
    request: { readonly audio: MediaBytes; readonly name: string; readonly language: string; readonly prompt: string },
    attempt: Attempt,
  ): Promise<string>;
  synthesize?(
    request: { readonly input: string; readonly voice: string; readonly format: string; readonly speed?: number },
    attempt: Attempt,
  ): Promise<MediaBytes>;
  generateImages?(
    request: { readonly prompt: string; readonly count: number; readonly size: string },
    attempt: Attempt,
  ): Promise<readonly (MediaBytes | { readonly uri: string })[]>;
}

/** One vendor, ready to be called. */
export interface Provider extends ProviderExtras {
  readonly name: string;
  readonly kind: string;
  /** `gen_ai.provider.name` of the OpenTelemetry conventions. */
  readonly semanticName: string;
  /**
   * Asks the model. Nothing is sent before the first `next`. Throws an AssistantError with the provider as its
   * subject; leaving the iteration early gives the connection up.
   */
  chat(request: ChatRequest, attempt: Attempt, mode: AnswerMode): AsyncIterable<EventBatch>;
  /** Present where the provider speaks the OpenAI wire, so that bytes pass without translation. */
  readonly openAi?: OpenAiPassage;
  /** Gives up all connections. */
  close(): Promise<void>;
}
