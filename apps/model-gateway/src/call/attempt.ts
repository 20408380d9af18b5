import { asAssistantError, AssistantError, type ErrorCode } from '@assistant/contracts';
import { SpanKind, type Span } from '@assistant/telemetry';
import type { Attempt } from '../providers/provider';
import type { Journey } from './journey';
import type { Route } from './route';
import { timerMs, Watch } from './watch';

/** Puts the question to the provider; resolves when the answer has begun for good. */
export type Ask<Answer> = (route: Route, attempt: Attempt) => Promise<Answer>;

/** An attempt that has begun to answer; it lives until the answer is delivered. */
export interface Begun<Answer> {
  readonly answer: Answer;
  /** Ends the attempt; whatever of it still runs is given up when there is an error. */
  end(error?: AssistantError): void;
}

/** A second try may help, and the first one has certainly not answered. */
const REPEATABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'upstream_connect_refused',
  'upstream_dns',
  'upstream_reset',
  'upstream_error',
  'upstream_html_body',
  'upstream_rate_limited',
  'timeout_connect',
]);

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8000;

/**
 * Asks until an answer begins: again after what a repeat can mend, never after the first byte, never beyond the
 * caller's deadline. Throws the last error; its message names the provider.
 */
export const attempt = async <Answer>(journey: Journey, route: Route, ask: Ask<Answer>): Promise<Begun<Answer>> => {
  for (;;) {
    journey.attempts += 1;
    try {
      return await tryOnce(journey, route, ask);
    } catch (thrown) {
      const error = asAssistantError(thrown);
      const pauseMs = pauseBefore(journey.attempts, error);
      const left = journey.remainingMs(route.timeouts);
      if (journey.attempts >= route.maxAttempts || !REPEATABLE.has(error.code) || pauseMs > LONGEST_PAUSE_MS || pauseMs >= left || journey.call.signal.aborted)
        throw error;
      journey.span.event('attempt.repeat', { 'error.type': error.code, 'assistant.pause_ms': pauseMs });
      await pause(pauseMs, journey);
    }
  }
};

/** What the provider asks for, else full jitter over a doubling span. */
const pauseBefore = (attempts: number, { details }: AssistantError): number =>
  details.retryAfterMs ?? Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1));

const pause = (ms: number, journey: Journey): Promise<void> =>
  new Promise((resolve, reject) => {
    const { signal } = journey.call;
    const since = performance.now();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', left);
      journey.pausedMs += performance.now() - since;
    };
    const left = (): void => {
      done();
      reject(callerLeft());
    };
    const timer = setTimeout(() => {
      done();
      resolve();
    }, ms);
    signal.addEventListener('abort', left, { once: true });
  });

export const callerLeft = (): AssistantError => new AssistantError('client_closed', 'The caller went away.');

const tryOnce = async <Answer>(journey: Journey, route: Route, ask: Ask<Answer>): Promise<Begun<Answer>> => {
  const { call } = journey;
  const controller = new AbortController();
  const giveUp = (error: AssistantError): void => controller.abort(error);
  const left = (): void => giveUp(callerLeft());
  const span = journey.span.child('call.attempt', { 'assistant.attempt': journey.attempts, 'server.address': route.provider.name }, SpanKind.CLIENT);
  const watch = new Watch(route.timeouts, route.provider.name, call.streaming, giveUp);
  journey.watchedBy(watch);
  const total = setTimeout(() => giveUp(journey.timeIsOver(route.timeouts)), timerMs(journey.remainingMs(route.timeouts)));
  call.signal.addEventListener('abort', left, { once: true });
  if (call.signal.aborted) left();

  const end = (error?: AssistantError): void => {
    clearTimeout(total);
    watch.stop();
    call.signal.removeEventListener('abort', left);
    if (error !== undefined) giveUp(error);
    endSpan(span, error);
  };
  try {
    controller.signal.throwIfAborted();
    const answer = await ask(route, { requestId: call.id, model: route.model, traceparent: span.traceparent, signal: controller.signal, watch });
    return { answer, end };
  } catch (thrown) {
    const reason: unknown = controller.signal.aborted ? controller.signal.reason : thrown;
    const error = asAssistantError(reason);
    end(error);
    throw error;
  }
};

const endSpan = (span: Span, error: AssistantError | undefined): void => {
  if (error?.details.vendorStatus !== undefined) span.set({ 'http.response.status_code': error.details.vendorStatus });
  span.end(error);
};
