import { AssistantError, type ToolDescriptor } from '@assistant/contracts';
import { callerRole, decide } from '../gate/gate';
import type { Outcome, Turn } from '../turn/types';
import { answerOf } from './answer';
import { ask } from './ask';
import { chooseAgent } from './choose';
import { externalIds, invokeRound, judge } from './invoke';
import { answered, failed, stopped, unanswerable } from './outcome';
import { personMessage } from './prompt';
import { recordedRounds, type RecordedRound } from './replay';
import { AgentRun, type AgentDependencies, type Round } from './run';

/**
 * Answers one turn: ask the model, run the tools it calls, ask again, until it has nothing more to call. What the
 * journal has recorded is taken as it is. A failure of a model or tool becomes an Outcome that tells the person who
 * failed; what the journal throws (`LaneConflict`, `store_unavailable`) and a lost turn (`draining`) are thrown on.
 */
export const runAgent = async (turn: Turn, deps: AgentDependencies): Promise<Outcome> => {
  const chosen = await attempt(async () => chooseAgent(deps.config, turn.events[0]));
  if (!chosen.ok) return unanswerable(turn, chosen.error);
  const run = new AgentRun(turn, deps, chosen.value, personMessage(turn));
  const all = await deps.toolbox.list(run.callOptions);
  run.tools = offered(run, all);
  for (const recorded of recordedRounds(turn.journal.recorded)) await replayRound(run, recorded, all);
  for (;;) {
    const step = await nextStep(run, all);
    if (step !== 'next') return step;
  }
};

/** The tools the model is shown: those the gate would let it call. */
const offered = (run: AgentRun, tools: readonly ToolDescriptor[]): readonly ToolDescriptor[] => {
  const { tools: allowed, max_tool_calls: callsLeft } = run.agent.settings;
  const role = callerRole(run.turn.to.kind);
  return tools.filter((tool) => decide({ role, tool, allowed, callsLeft }).allow);
};

const nextStep = async (run: AgentRun, tools: readonly ToolDescriptor[]): Promise<Outcome | 'next'> => {
  run.assertOwned();
  if (run.isAborted()) return stopped(run);
  const asked = await attempt(() => ask(run));
  run.assertOwned();
  if (!asked.ok) return run.isAborted() ? stopped(run) : failed(run, asked.error);
  const { value: answer } = asked;
  const round = run.answered(answer);
  if (answer.calls.length === 0) return answered(run, answer);
  const verdicts = judge(run, answer.calls, tools);
  if (run.rounds >= run.agent.settings.max_steps || verdicts.some((verdict) => !verdict.run && verdict.denied === 'budget')) {
    return failed(run, new AssistantError('steps_exceeded', `agent ${run.agent.name} used up its ${run.rounds} steps or ${run.toolCalls} tool calls`));
  }
  run.show();
  await run.turn.journal.model(round.message, externalIds(verdicts), answer.usage);
  return invokeAndRecord(run, round, verdicts, new Set());
};

const invokeAndRecord = async (
  run: AgentRun,
  round: Round,
  verdicts: ReturnType<typeof judge>,
  interrupted: ReadonlySet<string>,
): Promise<Outcome | 'next'> => {
  const results = await invokeRound(run, round, verdicts, interrupted);
  run.assertOwned();
  run.messages.push(...results);
  if (run.isAborted()) return stopped(run);
  await run.turn.journal.tools(results);
  return 'next';
};

/** Takes a recorded round over; calls whose results are missing are run again where that is harmless. */
const replayRound = async (run: AgentRun, { model, tools }: RecordedRound, all: readonly ToolDescriptor[]): Promise<void> => {
  const answer = answerOf(model.message, model.usage);
  const round = run.answered(answer);
  if (tools !== undefined) {
    run.toolCalls += answer.calls.length;
    run.messages.push(...tools.messages);
  } else if (answer.calls.length > 0) {
    run.show();
    await invokeAndRecord(run, round, judge(run, answer.calls, all), new Set(model.external));
  }
};

type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

const attempt = async <T>(work: () => Promise<T>): Promise<Attempt<T>> => {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error };
  }
};
