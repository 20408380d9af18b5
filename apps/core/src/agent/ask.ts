import type { ChatRequest, ToolDefinition, ToolDescriptor } from '@assistant/contracts';
import { conversationToken } from '@assistant/contracts';
import { SpanKind } from '@assistant/telemetry';
import { AnswerCollector, type Answer } from './answer';
import { presentHistory } from './history';
import { systemPrompt } from './prompt';
import type { AgentRun } from './run';

const definition = ({ name, description, inputSchema }: ToolDescriptor): ToolDefinition => ({ name, description, parameters: inputSchema });

const buildRequest = (run: AgentRun): ChatRequest => {
  const { turn, agent } = run;
  const { temperature } = agent.settings;
  return {
    model: turn.session.model ?? agent.settings.model,
    messages: [
      { role: 'system', parts: [{ type: 'text', text: systemPrompt(turn, agent, run.tools.length > 0, Date.now()) }] },
      ...presentHistory(turn.history),
      ...run.messages.map(({ role, parts }) => ({ role, parts })),
    ],
    tools: run.tools.map(definition),
    user: conversationToken([turn.lane.tenant, turn.lane.platform, turn.events[0].sender.id]),
    ...(temperature === undefined ? {} : { temperature }),
  };
};

/** One model call, shown while it streams. Throws an AssistantError; what came before it stays in the run's text. */
export const ask = async (run: AgentRun): Promise<Answer> => {
  const span = run.turn.span.child('agent.ask', { 'assistant.round': run.rounds }, SpanKind.CLIENT);
  const collector = new AnswerCollector();
  try {
    await run.waiting(() =>
      run.deps.models.stream(buildRequest(run), { ...run.callOptions, traceparent: span.traceparent }, (event) => {
        if (collector.add(event)) run.saying(collector.text);
      }),
    );
    const answer = collector.finish((index) => `call_${run.rounds}_${index}`);
    span.set({ 'gen_ai.response.model': answer.model ?? '', 'assistant.tool_calls': answer.calls.length });
    span.end();
    return answer;
  } catch (error) {
    span.end(error);
    run.saying(collector.text);
    run.model = collector.model ?? run.model;
    throw error;
  }
};
