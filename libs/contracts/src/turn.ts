import { z } from 'zod';
import type { ChatMessage, Usage } from './chat';
import { destinationSchema, replySchema, type Destination, type Reply } from './message';

/** A message of the conversation as the model sees it, with the estimate that the history budget counts. */
export interface HistoryMessage extends ChatMessage {
  /** Estimated tokens. */
  readonly tokens: number;
  /** Unix milliseconds. */
  readonly at: number;
}

/** What a conversation remembers between turns, carried from record to record. */
export interface SessionState {
  /**
   * TURN sequence of the oldest record still inside the history budget; 0 stands for the record itself. A new
   * owner reads the history from here, so loading a conversation costs the window, not its whole life.
   */
  readonly window: number;
  /** The model this conversation was switched to with `/model`; absent = the agent's own. */
  readonly model?: string;
  /** The agent that answered last. */
  readonly agent?: string;
  /** BCP 47 language chosen with `/lang`. */
  readonly language?: string;
}

interface RecordBase {
  readonly v: 1;
  readonly turnId: string;
  /** Sequence in IN of the message this turn answers. */
  readonly inSeq: number;
  /** Unix milliseconds. */
  readonly at: number;
  /** Lease epoch of the writer: who wrote it, for people; safety comes from compare-and-set. */
  readonly epoch: number;
  /** TURN sequence of the conversation's last commit before this record, 0 = none: where a replay starts. */
  readonly after: number;
}

/** Written on take-over only: how often this message was begun without an end; too often is poison. */
export interface BeginRecord extends RecordBase {
  readonly kind: 'begin';
  readonly attempt: number;
}

/** One model answer with tool calls; `external` lists the calls whose effect leaves the system: their intents. */
export interface ModelStepRecord extends RecordBase {
  readonly kind: 'step';
  readonly step: number;
  readonly of: 'model';
  readonly message: HistoryMessage;
  readonly external: readonly string[];
  readonly usage?: Usage;
}

/** The results of one round of tool calls. */
export interface ToolStepRecord extends RecordBase {
  readonly kind: 'step';
  readonly step: number;
  readonly of: 'tool';
  readonly messages: readonly HistoryMessage[];
}

export type TurnStatus = 'answered' | 'failed' | 'stopped' | 'silent' | 'dead';

/** The end of a turn: commit, history entry and outbox entry in one append. */
export interface CommitRecord extends RecordBase {
  readonly kind: 'commit';
  /** Every inbound message this turn answers (an album has several). */
  readonly inIds: readonly string[];
  readonly status: TurnStatus;
  readonly to: Destination;
  readonly replies: readonly Reply[];
  readonly history: readonly HistoryMessage[];
  readonly session: SessionState;
  /** `recentToken` of the last 64 inbound ids: refuses duplicates older than the stream's window. */
  readonly recent: readonly string[];
  readonly model?: string;
  readonly usage?: Usage;
  /** When the platform's message was accepted, Unix milliseconds; the reply's duration counts from here. */
  readonly acceptedAt: number;
  /** Time spent waiting for models and tools, milliseconds: taken off the duration for the overhead metric. */
  readonly waitedMs: number;
  readonly traceId: string;
  readonly error?: { readonly code: string; readonly message: string };
}

export type StepRecord = ModelStepRecord | ToolStepRecord;
export type TurnRecord = BeginRecord | StepRecord | CommitRecord;

const base = { v: z.literal(1), turnId: z.string(), inSeq: z.number(), at: z.number(), epoch: z.number(), after: z.number() };
const usage = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  cachedInputTokens: z.number().optional(),
  cacheWriteTokens: z.number().optional(),
  reasoningTokens: z.number().optional(),
});
const chatPart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({
    type: z.literal('media'),
    mime: z.string(),
    name: z.string().optional(),
    data: z.string().optional(),
    uri: z.string().optional(),
    detail: z.string().optional(),
  }),
  z.object({ type: z.literal('tool-call'), id: z.string(), name: z.string(), arguments: z.string() }),
  z.object({
    type: z.literal('tool-result'),
    id: z.string(),
    name: z.string().optional(),
    content: z.string(),
    isError: z.boolean().optional(),
  }),
  z.object({ type: z.literal('reasoning'), text: z.string(), signature: z.string().optional() }),
]);
const historyMessage = z.object({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  parts: z.array(chatPart),
  name: z.string().optional(),
  tokens: z.number(),
  at: z.number(),
});

const begin = z.object({ ...base, kind: z.literal('begin'), attempt: z.number() });
const step = z.discriminatedUnion('of', [
  z.object({
    ...base,
    kind: z.literal('step'),
    step: z.number(),
    of: z.literal('model'),
    message: historyMessage,
    external: z.array(z.string()),
    usage: usage.optional(),
  }),
  z.object({ ...base, kind: z.literal('step'), step: z.number(), of: z.literal('tool'), messages: z.array(historyMessage) }),
]);
const commit = z.object({
  ...base,
  kind: z.literal('commit'),
  inIds: z.array(z.string()),
  status: z.enum(['answered', 'failed', 'stopped', 'silent', 'dead']),
  to: destinationSchema,
  replies: z.array(replySchema),
  history: z.array(historyMessage),
  session: z.object({ window: z.number(), model: z.string().optional(), agent: z.string().optional(), language: z.string().optional() }),
  recent: z.array(z.string()),
  model: z.string().optional(),
  usage: usage.optional(),
  acceptedAt: z.number(),
  waitedMs: z.number(),
  traceId: z.string(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});

/** What may stand on TURN. */
export const turnRecordSchema: z.ZodType<TurnRecord> = z.union([commit, step, begin]);
