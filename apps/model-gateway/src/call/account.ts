import type { AssistantError } from '@assistant/contracts';
import { callEnded, type CallEvents } from '../events';
import { spanned, type Journey } from './journey';

/** Writes down what became of a call: once a call, whatever happened to it. */
export const account = (events: CallEvents, journey: Journey, error?: AssistantError): void => {
  const { span, usage, route } = journey;
  span.set({
    'assistant.attempts': journey.attempts,
    ...(journey.responseModel === '' ? {} : { 'gen_ai.response.model': journey.responseModel }),
    ...(usage === undefined ? {} : { 'gen_ai.usage.input_tokens': usage.inputTokens, 'gen_ai.usage.output_tokens': usage.outputTokens }),
    ...(journey.finishReasons.length === 0 ? {} : { 'gen_ai.response.finish_reasons': [...journey.finishReasons] }),
  });
  spanned(span, 'call.account', () => callEnded(events, journey, error));
  route?.release();
  span.end(error);
};
