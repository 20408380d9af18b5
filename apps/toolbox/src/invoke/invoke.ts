import { asAssistantError, type AssistantError, type ToolResult } from '@assistant/contracts';
import type { Logger, Span } from '@assistant/telemetry';
import { invoked } from '../events';
import type { Caller, Tool, ToolContext } from '../tools/tool';
import type { CallLimit } from './limit';
import { runCall, type RunLimits } from './run';
import { trim } from './trim';
import { validate } from './validate';

export interface Invocation extends RunLimits {
  readonly tool: string;
  /** JSON text. */
  readonly arguments: string;
  readonly idempotencyKey: string;
  readonly caller: Caller;
  readonly span: Span;
  readonly progress: (message: string) => void;
}

/** What the road needs from the service it runs in. */
export interface InvokeTools extends Pick<ToolContext, 'workers' | 'http' | 'settings' | 'now'> {
  readonly tools: readonly Tool[];
  readonly limit: CallLimit;
  readonly log: Logger;
}

/** THE ROAD of a tool call: validate → limit → run → trim. Never throws: what went wrong is part of the result. */
export const invoke = async (invocation: Invocation, { tools, limit, log, settings, workers, http, now }: InvokeTools): Promise<ToolResult> => {
  const { span, caller, idempotencyKey, progress } = invocation;
  const began = performance.now();
  const known = tools.some(({ descriptor }) => descriptor.name === invocation.tool) ? invocation.tool : 'unknown';
  try {
    const call = step(span, 'invoke.validate', () => validate(tools, invocation.tool, invocation.arguments));
    const giveBack = step(span, 'invoke.limit', () => limit.take(`${caller.tenant}.${caller.platform}.${caller.conversation}`, settings));
    const running = span.child('invoke.run');
    const content = await runCall(call, invocation, { caller, idempotencyKey, settings, workers, http, now, progress }).finally(() => {
      giveBack();
      running.end();
    });
    const trimmed = step(span, 'invoke.trim', () => trim(content, settings.max_result));
    invoked(log, span, { tool: known, idempotencyKey, durationMs: performance.now() - began });
    return { ok: true, ...trimmed };
  } catch (error) {
    const failed = asAssistantError(error);
    invoked(log, span, { tool: known, idempotencyKey, durationMs: performance.now() - began, error: failed });
    return failure(failed);
  }
};

const step = <T>(span: Span, name: string, work: () => T): T => {
  const own = span.child(name);
  try {
    return work();
  } finally {
    own.end();
  }
};

const failure = (error: AssistantError): ToolResult => ({
  ok: false,
  content: '',
  truncated: false,
  // The catalogue's other remedies speak to an operator.
  error: { code: error.code, message: error.message, ...(error.entry.retry ? { hint: error.entry.remedy } : {}), retryable: error.entry.retry },
});
