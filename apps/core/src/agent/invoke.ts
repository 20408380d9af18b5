import { asAssistantError, type ChatPart, type ErrorCode, type HistoryMessage, type ToolDescriptor, type ToolResult } from '@assistant/contracts';
import { metrics, SpanKind } from '@assistant/telemetry';
import { callerRole, decide } from '../gate/gate';
import type { ToolCall } from './answer';
import type { AgentRun, Round } from './run';
import { remember } from './tokens';
import type { ToolCaller } from './toolbox-client';

/** Tool calls of one round that run at the same time. */
const PARALLEL_CALLS = 4;
/** Arguments and results as they are shown live. */
const SHOWN_CHARACTERS = 500;
/** All results of one round together; one journal record holds them and must stay below the broker's 1 MiB. */
const ROUND_CHARACTERS = 400_000;
/** The toolbox ends a call at its own time limit; ours stands behind it, for a toolbox that does not. */
const GRACE_MS = 1_000;

/** What becomes of one call: it runs, or the model gets an answer instead. */
export type Verdict =
  | { readonly call: ToolCall; readonly run: true; readonly tool: ToolDescriptor }
  | { readonly call: ToolCall; readonly run: false; readonly denied: 'agent' | 'role' | 'budget' | 'unknown' | 'arguments'; readonly message: string };

const isJsonObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

/** Judges every call of a round, in order: each allowed one uses up budget. */
export const judge = (run: AgentRun, calls: readonly ToolCall[], tools: readonly ToolDescriptor[]): readonly Verdict[] => {
  const { settings } = run.agent;
  let callsLeft = settings.max_tool_calls - run.toolCalls;
  return calls.map((call): Verdict => {
    const tool = tools.find(({ name }) => name === call.name);
    if (tool === undefined)
      return {
        call,
        run: false,
        denied: 'unknown',
        message: `There is no tool named ${JSON.stringify(call.name)}. Tools: ${run.tools.map(({ name }) => name).join(', ') || 'none'}.`,
      };
    const decision = decide({ role: callerRole(run.turn.to.kind), tool, allowed: settings.tools, callsLeft });
    if (!decision.allow) {
      metrics.toolDenied.inc({ reason: decision.reason });
      return { call, run: false, denied: decision.reason, message: decision.messageForModel };
    }
    if (!isJsonObject(call.arguments))
      return { call, run: false, denied: 'arguments', message: 'The arguments are not a JSON object. Call again with valid JSON.' };
    callsLeft--;
    return { call, run: true, tool };
  });
};

/** Ids of the calls whose effect leaves the system; journaled before they start. */
export const externalIds = (verdicts: readonly Verdict[]): readonly string[] =>
  verdicts.flatMap((verdict) => (verdict.run && verdict.tool.effects === 'external' ? [verdict.call.id] : []));

/**
 * Runs one round of calls, at most four at a time; the results stand in the order of the calls. `interrupted` holds
 * the calls an earlier owner may have started: those that must not be repeated are answered `outcome_unknown`.
 */
export const invokeRound = async (
  run: AgentRun,
  { round }: Round,
  verdicts: readonly Verdict[],
  interrupted: ReadonlySet<string>,
): Promise<readonly HistoryMessage[]> => {
  run.toolCalls += verdicts.filter((verdict) => verdict.run).length;
  const results = new Map<number, ChatPart>();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < verdicts.length; index = next++) {
      const verdict = verdicts[index];
      if (verdict === undefined) return;
      results.set(index, await invokeCall(run, verdict, `${run.turn.id}-${round}-${index}`, interrupted.has(verdict.call.id)));
    }
  };
  await run.waiting(async () => void (await Promise.all(Array.from({ length: PARALLEL_CALLS }, worker))));
  const limit = Math.max(1_000, Math.floor(ROUND_CHARACTERS / verdicts.length));
  return [...results.entries()].sort(([a], [b]) => a - b).map(([, part]) => remember({ role: 'tool', parts: [shorten(part, limit)] }, Date.now()));
};

const shorten = (part: ChatPart, limit: number): ChatPart =>
  part.type === 'tool-result' && part.content.length > limit
    ? { ...part, content: `${part.content.slice(0, limit)}\n[cut: too many results in one round]` }
    : part;

const shown = (text: string): string => (text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`);

const OUTCOME_UNKNOWN = {
  status: 'outcome_unknown',
  message: 'The call was started and its end was not seen. It may have taken effect. Do not repeat it; tell the person to check.',
} as const;

/** What the model is told; addresses and causes are for the log. */
const NO_RESULT: Partial<Record<ErrorCode, string>> = {
  toolbox_unavailable: 'The toolbox cannot be reached right now. Answer without this tool, or say that it failed.',
  tool_timeout: 'The tool did not finish in its time. Ask for less.',
  client_closed: 'The call was cancelled.',
};

const invokeCall = async (run: AgentRun, verdict: Verdict, idempotencyKey: string, interrupted: boolean): Promise<ChatPart> => {
  const { call } = verdict;
  const { live } = run.turn;
  const event = { callId: call.id, name: call.name, arguments: shown(call.arguments) };
  const result = (content: string, isError: boolean): ChatPart => ({ type: 'tool-result', id: call.id, name: call.name, content, isError });
  const failed = (state: 'failed' | 'denied', answer: Readonly<Record<string, unknown>>): ChatPart => {
    const content = JSON.stringify(answer);
    live.tool({ ...event, state, result: shown(content) });
    return result(content, true);
  };
  if (interrupted && !(verdict.run && repeatable(verdict.tool))) return failed('failed', OUTCOME_UNKNOWN);
  if (run.turn.signal.aborted) return failed('failed', { status: 'stopped', message: 'The person stopped the turn before this call began.' });
  if (!verdict.run) {
    const bad = verdict.denied === 'unknown' || verdict.denied === 'arguments';
    return failed(bad ? 'failed' : 'denied', {
      status: bad ? 'error' : 'denied',
      code: bad ? 'tool_invalid_arguments' : 'tool_denied',
      message: verdict.message,
    });
  }
  live.tool({ ...event, state: 'running' });
  try {
    const answer = await invokeTool(run, verdict.call, verdict.tool, idempotencyKey, (progress) =>
      live.tool({ ...event, state: 'running', result: shown(progress) }),
    );
    if (!answer.ok) return failed('failed', { status: 'error', ...answer.error });
    live.tool({ ...event, state: 'done', result: shown(answer.content) });
    return result(answer.content, false);
  } catch (error) {
    // The call may have reached the tool: for an effect that must not happen twice, nobody knows now.
    if (!repeatable(verdict.tool)) return failed('failed', OUTCOME_UNKNOWN);
    const { code } = asAssistantError(error);
    run.turn.log.warn('a tool call brought no result', { hop: 'turn.run', tool: call.name, error });
    return failed('failed', { status: 'error', code, message: NO_RESULT[code] ?? 'The call brought no result.' });
  }
};

const repeatable = (tool: ToolDescriptor): boolean => tool.effects !== 'external' || tool.retrySafe;

const invokeTool = async (
  run: AgentRun,
  call: ToolCall,
  tool: ToolDescriptor,
  idempotencyKey: string,
  onProgress: (message: string) => void,
): Promise<ToolResult> => {
  const span = run.turn.span.child('agent.invoke', { 'assistant.tool': call.name }, SpanKind.CLIENT);
  const deadline = Math.min(run.deadline, Date.now() + tool.timeoutMs + GRACE_MS);
  try {
    const answer = await run.deps.toolbox.invoke(
      { tool: call.name, arguments: call.arguments === '' ? '{}' : call.arguments, idempotencyKey, caller: callerOf(run), retrySafe: repeatable(tool) },
      { deadline, signal: run.turn.signal, traceparent: span.traceparent },
      onProgress,
    );
    span.set({ 'assistant.ok': answer.ok });
    span.end();
    return answer;
  } catch (error) {
    span.end(error);
    throw error;
  }
};

const callerOf = ({ turn }: AgentRun): ToolCaller => ({
  tenant: turn.to.tenant,
  platform: turn.to.platform,
  account: turn.to.account,
  conversation: turn.to.conversation,
  userId: turn.events[0].sender.id,
  language: turn.language,
});
