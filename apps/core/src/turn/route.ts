import type { Outcome, Turn } from './types';

/** Who answers a turn. The agent side of core hands these in; the road knows no agent and no command. */
export interface Responders {
  /** Undefined when the message is no command. */
  command(turn: Turn): Promise<Outcome | undefined>;
  agent(turn: Turn): Promise<Outcome>;
  /** Estimated tokens of history that the agent of this message may be shown. */
  historyTokens(turn: Pick<Turn, 'events'>): number;
  /** The message asks to stop the running turn. */
  isStop(turn: Turn['events'][number]): boolean;
}

/** Finds who answers: a command, else the agent that the routes name. */
export const route = async (turn: Turn, responders: Responders): Promise<Outcome> => (await responders.command(turn)) ?? responders.agent(turn);
