import { asAssistantError, type InboundEvent } from '@assistant/contracts';
import { failureOf, failureSentence } from '../agent/failure-sentence';
import type { AgentDependencies } from '../agent/run';
import type { Outcome, Turn } from '../turn/types';
import { findCommand } from './catalogue';
import type { Command, CommandAnswer } from './command';
import { parseCommand } from './parse';
import { stopCommand } from './stop';

const commandOf = (event: InboundEvent): { readonly command: Command; readonly args: string } | undefined => {
  const parsed = parseCommand(event.type === 'interaction' ? (event.interaction?.value ?? '') : event.message.text);
  const command = parsed === undefined ? undefined : findCommand(parsed.name);
  return parsed === undefined || command === undefined ? undefined : { command, args: parsed.args };
};

/** True for `/stop`, `／停止` and the like: the running turn of this conversation is to be aborted with reason `asked`. */
export const isStopCommand = (event: InboundEvent): boolean => commandOf(event)?.command === stopCommand;

/**
 * The outcome of a chat command, or undefined when the turn is none (a slash with an unknown name goes to the agent).
 * A command is never part of what the model remembers. A failure becomes an outcome that says who failed.
 */
export const runCommand = (turn: Turn, deps: AgentDependencies): Promise<Outcome> | undefined => {
  const found = turn.events.length === 1 ? commandOf(turn.events[0]) : undefined;
  return found === undefined ? undefined : answer(turn, deps, found.command, found.args);
};

const answer = async (turn: Turn, deps: AgentDependencies, command: Command, args: string): Promise<Outcome> => {
  const from = performance.now();
  const outcome = (text: string): Pick<Outcome, 'replies' | 'history' | 'waitedMs'> => ({
    replies: [{ parts: [{ type: 'text', text, format: 'markdown' }] }],
    history: [],
    // A command does nothing that takes time but ask the gateway and the toolbox.
    waitedMs: performance.now() - from,
  });
  try {
    const { text, session }: CommandAnswer = await command.run(turn, args, deps);
    return { status: 'answered', ...outcome(text), ...(session === undefined ? {} : { session }) };
  } catch (error) {
    const { signal, language, span, log } = turn;
    if (signal.aborted && signal.reason !== 'asked') throw error;
    const known = asAssistantError(error);
    log.warn('a command failed', { hop: 'turn.run', command: command.name, error: known });
    return {
      status: 'failed',
      ...outcome(failureSentence(failureOf(known.code), language, span.traceId, known)),
      error: { code: known.code, message: known.message },
    };
  }
};
