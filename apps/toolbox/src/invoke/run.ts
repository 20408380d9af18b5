import { AssistantError, asAssistantError } from '@assistant/contracts';
import type { ToolContext } from '../tools/tool';
import type { ValidCall } from './validate';

export interface RunLimits {
  /** The caller's deadline, Unix milliseconds; Infinity for none. */
  readonly callerDeadline: number;
  /** Aborts when the caller goes away. */
  readonly gone: AbortSignal;
}

/**
 * Runs the call inside its own time limit and the caller's deadline, whichever ends first. A tool that does not
 * listen is not waited for. Throws `tool_timeout`, `client_closed`, or what the tool threw (`tool_failed` for what is
 * no AssistantError: a defect of the tool, whose details the model does not get).
 */
export const runCall = async (call: ValidCall, limits: RunLimits, context: Omit<ToolContext, 'signal' | 'deadline'>): Promise<string> => {
  const { timeoutMs, name } = call.descriptor;
  const deadline = Math.min(Date.now() + timeoutMs, limits.callerDeadline);
  const ended = new AbortController();
  const timer = setTimeout(
    () => ended.abort(new AssistantError('tool_timeout', `${name} did not finish in ${timeoutMs} ms. Ask for less.`)),
    Math.max(0, deadline - Date.now()),
  );
  const onGone = (): void => ended.abort(new AssistantError('client_closed', 'The caller went away.'));
  limits.gone.addEventListener('abort', onGone, { once: true });
  if (limits.gone.aborted) onGone();
  try {
    return await Promise.race([call.run({ ...context, signal: ended.signal, deadline }), aborted(ended.signal)]);
  } catch (error) {
    // A tool that listens fails in its own words when it is aborted; the reason of the abort is what counts.
    if (ended.signal.aborted) throw asAssistantError(ended.signal.reason);
    const known = asAssistantError(error);
    throw known.code === 'internal' ? new AssistantError('tool_failed', `${name} failed.`, { cause: error }) : known;
  } finally {
    clearTimeout(timer);
    limits.gone.removeEventListener('abort', onGone);
    // Whatever the tool left running stops now.
    ended.abort(new AssistantError('client_closed', 'The call has ended.'));
  }
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const fail = (): void => reject(asAssistantError(signal.reason));
    if (signal.aborted) fail();
    signal.addEventListener('abort', fail, { once: true });
  });
