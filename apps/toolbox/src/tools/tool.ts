import type { ToolDescriptor, ToolEffects, ToolRisk } from '@assistant/contracts';
import { z } from 'zod';
import type { GuardedClient } from '@assistant/net';
import type { WorkerPool } from '../worker/pool';
import type { ToolboxSettings } from '../config';

/** For whom a tool runs, as core says. Empty texts are unknown. */
export interface Caller {
  readonly tenant: string;
  readonly platform: string;
  readonly account: string;
  readonly conversation: string;
  readonly userId: string;
  readonly language: string;
  readonly timeZone: string;
}

/** What a tool may use while it runs. */
export interface ToolContext {
  /** Aborts at the deadline and when the caller goes away. What ignores it is cut loose, not awaited. */
  readonly signal: AbortSignal;
  /** Unix milliseconds. */
  readonly deadline: number;
  readonly caller: Caller;
  /** The same key is the same call: a tool with effects must not repeat them. */
  readonly idempotencyKey: string;
  readonly settings: ToolboxSettings;
  /** Reaches the public Internet and what the settings allow, nothing else. */
  readonly http: GuardedClient;
  /** Workers for what may hang or eat memory. */
  readonly workers: { readonly calculator: WorkerPool; readonly pages: WorkerPool };
  /** Unix milliseconds. */
  now(): number;
  /** One short sentence for whoever is watching. */
  progress(message: string): void;
}

export interface ToolSpecification<Input> {
  readonly name: string;
  readonly title: { readonly en: string; readonly zh: string };
  /** For the model: what it does, when to use it, what it cannot do. */
  readonly description: string;
  readonly input: z.ZodType<Input>;
  readonly risk: ToolRisk;
  readonly effects: ToolEffects;
  /** A repeated call with the same idempotency key is harmless. */
  readonly retrySafe: boolean;
  readonly readsPrivate: boolean;
  readonly ingestsUntrusted: boolean;
  readonly timeoutMs: number;
  /**
   * What the model reads. Throws an AssistantError for what the model or the person can mend
   * (`tool_invalid_arguments`, `tool_failed`, …); its message is shown to the model.
   */
  run(input: Input, context: ToolContext): Promise<string>;
}

/** Arguments that passed the tool's schema, ready to run. */
export type Checked = { readonly ok: true; readonly run: (context: ToolContext) => Promise<string> } | { readonly ok: false; readonly message: string };

export interface Tool {
  readonly descriptor: ToolDescriptor;
  check(input: unknown): Checked;
}

const explain = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => `${path.length === 0 ? 'arguments' : path.join('.')}: ${message}`).join('; ');

/** A tool from its specification; the schema for the model is made from the one that checks. */
export const defineTool = <Input>({ input, run, ...facts }: ToolSpecification<Input>): Tool => ({
  descriptor: { ...facts, inputSchema: JSON.stringify(z.toJSONSchema(input, { io: 'input' })) },
  check: (value) => {
    const parsed = input.safeParse(value);
    return parsed.success ? { ok: true, run: (context) => run(parsed.data, context) } : { ok: false, message: explain(parsed.error) };
  },
});
