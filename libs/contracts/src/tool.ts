/** What a tool can do to the world; the gate decides by role, risk and taint. */
export type ToolRisk = 'read' | 'write' | 'network' | 'execute' | 'message-others' | 'admin';

/** `external` effects are journaled before they start, and are never started twice. */
export type ToolEffects = 'none' | 'internal' | 'external';

export interface ToolDescriptor {
  readonly name: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly description: string;
  /** JSON Schema of the arguments, as JSON text. */
  readonly inputSchema: string;
  readonly risk: ToolRisk;
  readonly effects: ToolEffects;
  /** A repeated call with the same idempotency key is harmless. */
  readonly retrySafe: boolean;
  readonly readsPrivate: boolean;
  readonly ingestsUntrusted: boolean;
  readonly timeoutMs: number;
}

/** What a tool answers. `content` is what the model reads, already trimmed. */
export interface ToolResult {
  readonly ok: boolean;
  readonly content: string;
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string; readonly retryable: boolean };
  readonly truncated: boolean;
}
