import { asAssistantError, type HistoryMessage, type Reply } from '@assistant/contracts';
import type { Outcome, Turn } from '../turn/types';
import type { Answer } from './answer';
import { failureOf, failureSentence, NOTES, type Failure } from './failure-sentence';
import { compactTurn } from './history';
import type { AgentRun } from './run';
import { remember } from './tokens';

const reply = (text: string): readonly Reply[] => [{ parts: [{ type: 'text', text, format: 'markdown' }] }];

const withNote = (text: string, note: string): string => (text === '' ? note : `${text}\n\n${note}`);

const outcome = (run: AgentRun, status: Outcome['status'], text: string, history: readonly HistoryMessage[]): Outcome => ({
  status,
  replies: reply(text),
  history: compactTurn(history),
  session: { agent: run.agent.name },
  waitedMs: run.waitedMs,
  ...(run.model === undefined ? {} : { model: run.model }),
  ...(run.usage === undefined ? {} : { usage: run.usage }),
});

/** The answer is there. An answer that a limit or a filter cut off says so in one sentence; an empty one failed. */
export const answered = (run: AgentRun, { text, finish }: Answer): Outcome => {
  const { language } = run.turn;
  // Some models say everything beside their tool calls and end with nothing.
  const silent = text.trim() === '' && (run.text === '' || finish !== 'stop');
  if (silent && finish === 'content_filter') return withFailure(run, 'filtered', 'upstream_content_filter');
  if (silent) return withFailure(run, finish === 'length' ? 'noRoom' : 'empty', 'upstream_empty');
  if (finish === 'error') return withFailure(run, 'cutOff', 'upstream_error');
  const note = finish === 'length' ? NOTES.length[language] : finish === 'content_filter' ? NOTES.filtered[language] : undefined;
  return outcome(run, 'answered', note === undefined ? run.text : withNote(run.text, note), run.messages);
};

/** The person asked to stop: what there is stays. */
export const stopped = (run: AgentRun): Outcome => outcome(run, 'stopped', withNote(run.text, NOTES.stopped[run.turn.language]), settled(run));

/** Somebody failed: the person is told who, and what to do. The operator finds the rest under the trace id. */
export const failed = (run: AgentRun, error: unknown): Outcome => {
  const known = asAssistantError(error);
  run.turn.log.warn('the turn failed', { hop: 'turn.run', code: known.code, error: known });
  return withFailure(run, failureOf(known.code), known.code, known);
};

const withFailure = (run: AgentRun, failure: Failure, code: string, error?: ReturnType<typeof asAssistantError>): Outcome => {
  const { language, span } = run.turn;
  const sentence = failureSentence(failure, language, span.traceId, error);
  const text = run.text === '' ? sentence : [run.text, NOTES.incomplete[language], sentence].join('\n\n');
  return { ...outcome(run, 'failed', text, settled(run)), error: { code, message: error?.message ?? sentence } };
};

/**
 * The turn's messages with nothing left open: a tool call without its result is refused by every provider, so a
 * round that was not finished is remembered by its words alone.
 */
const settled = (run: AgentRun): readonly HistoryMessage[] => {
  const closed = run.messages.map((message, index) =>
    run.messages[index + 1]?.role === 'tool'
      ? message
      : remember({ role: message.role, parts: message.parts.filter(({ type }) => type !== 'tool-call') }, message.at),
  );
  const messages = closed.filter(({ parts }) => parts.length > 0);
  return run.unfinished === ''
    ? messages
    : [...messages, remember({ role: 'assistant', parts: [{ type: 'text', text: `${run.unfinished}\n[interrupted]` }] }, Date.now())];
};

/** No agent could be chosen for the turn: the set-up is broken. */
export const unanswerable = ({ language, span, log }: Turn, error: unknown): Outcome => {
  const { code, message } = asAssistantError(error);
  log.error('no agent answers here', { hop: 'turn.run', error });
  return { status: 'failed', replies: reply(failureSentence(failureOf(code), language, span.traceId)), history: [], waitedMs: 0, error: { code, message } };
};
