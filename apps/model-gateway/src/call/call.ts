import { asAssistantError, AssistantError } from '@assistant/contracts';
import type { CallEvents } from '../events';
import type { Registry } from '../providers/registry';
import { account } from './account';
import { attempt, callerLeft, type Ask } from './attempt';
import { Journey, type Call } from './journey';
import { limit, type Seats } from './limit';
import { route } from './route';

export interface Gateway {
  readonly registry: Registry;
  readonly seats: Seats;
  readonly events: CallEvents;
}

/** Hands the answer to the caller; fills in what `account` wants to know. */
export type Deliver<Answer> = (answer: Answer, journey: Journey) => Promise<void> | void;

/** Timers fire a little early or late. */
const CLOCK_SLACK_MS = 5;

/**
 * The road of every call: limit → route → attempt → account. `ask` puts the question, `deliver` hands the answer on.
 * Throws an AssistantError when the call failed, before or in the middle of the answer.
 */
export const runCall = async <Answer>(gateway: Gateway, call: Call, ask: Ask<Answer>, deliver: Deliver<Answer>): Promise<void> => {
  const journey = new Journey(call);
  let giveBack: (() => void) | undefined;
  try {
    giveBack = limit(gateway.seats, journey);
    const begun = await attempt(journey, route(gateway.registry, journey), ask);
    try {
      await deliver(begun.answer, journey);
      begun.end();
    } catch (error) {
      begun.end(asAssistantError(error));
      throw error;
    }
    account(gateway.events, journey);
  } catch (thrown) {
    const error = call.signal.aborted ? leftEarly(call) : asAssistantError(thrown);
    account(gateway.events, journey, error);
    throw error;
  } finally {
    giveBack?.();
  }
};

/** A caller that leaves at its own deadline was too impatient or we too slow; any other one just left. */
const leftEarly = ({ deadline }: Call): AssistantError =>
  deadline !== undefined && Date.now() >= deadline - CLOCK_SLACK_MS
    ? new AssistantError('deadline_exceeded', 'The deadline of the caller is over.')
    : callerLeft();
