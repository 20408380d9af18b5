import { crashPoint, type InboundEvent, type Lane } from '@assistant/contracts';
import type { Bus } from '@assistant/bus';
import { startSpan, type Logger, type Span } from '@assistant/telemetry';
import type { Admission, Admittance, RateLimit } from './admit';
import { append, type Ending } from './append';
import { claim, MAX_BEGINS } from './claim';
import type { Conversation } from './conversation';
import { setAside } from './dead';
import type { Item } from './item';
import { openJournal } from './journal';
import { languageOf } from './language';
import { openLive } from './live';
import { route, type Responders } from './route';
import { SENTENCES } from './sentences';
import type { Outcome, Turn } from './types';

/** What a turn needs from the core it runs in. */
export interface TurnTools {
  readonly bus: Bus;
  readonly log: Logger;
  readonly admittance: Admittance;
  readonly rateLimit: () => RateLimit;
  readonly responders: Responders;
}

export interface TurnInput {
  readonly lane: Lane;
  readonly items: readonly [Item, ...Item[]];
  readonly conversation: Conversation;
  readonly epoch: number;
  readonly signal: AbortSignal;
  /** Every message of the lane up to here is done once these items are. */
  readonly inSeq: () => number;
}

/**
 * THE ROAD of a turn: claim → admit → route → run → append. Returns the conversation afterwards.
 * Throws `LaneConflict` when another owner is at work, and whatever made the turn impossible.
 */
export const takeTurn = async (tools: TurnTools, input: TurnInput): Promise<Conversation> => {
  const { bus } = tools;
  const { lane, epoch } = input;
  const claimed = await claim(bus, lane, input.conversation, input.items, epoch);
  if (claimed.kind === 'done') return input.conversation;

  const [first] = claimed.items;
  const span = startSpan('invoke_agent', first.traceparent, { 'assistant.platform': lane.platform, 'gen_ai.conversation.id': lane.conversation });
  const commit = (conversation: Conversation, ending: Ending): Promise<Conversation> => {
    const appending = span.child('turn.append');
    return append({
      ...input,
      bus,
      turnId: claimed.turnId,
      items: claimed.items,
      conversation,
      ending,
      inSeq: input.inSeq(),
      historyTokens: tools.responders.historyTokens({ events: eventsOf(claimed.items) }),
      span,
    }).finally(() => appending.end());
  };
  try {
    if (claimed.kind === 'poison') {
      const reason = `began ${MAX_BEGINS} times without an end`;
      return await commit(claimed.conversation, await setAside(tools, lane, first, { reason, attempts: claimed.attempts, span }));
    }
    const admission = await tools.admittance.admit(first.event, tools.rateLimit());
    const silent = endingWithoutRun(admission, first.event, claimed.conversation);
    if (silent !== undefined) {
      tools.log.debug('a message is not answered', {
        hop: 'turn.admit',
        reason: admission.kind === 'answer' ? '' : admission.reason,
        platform: lane.platform,
        conversation: lane.conversation,
        trace_id: span.traceId,
      });
      return await commit(claimed.conversation, silent);
    }
    const journal = openJournal(bus, lane, claimed.conversation, claimed.turnId, first.sequence, epoch, span.traceparent);
    const turn = turnOf(tools, input, claimed.turnId, eventsOf(claimed.items), claimed.conversation, span, journal);
    bus.publishLive(lane, { kind: 'started', turnId: claimed.turnId, inIds: turn.events.map(({ id }) => id), to: turn.to });
    crashPoint('core-before-model');
    const outcome = await run(turn, tools.responders);
    if (outcome.status === 'failed')
      tools.log.warn('a turn failed', {
        hop: 'turn.run',
        code: outcome.error?.code,
        reason: outcome.error?.message,
        platform: lane.platform,
        conversation: lane.conversation,
        trace_id: span.traceId,
      });
    return await commit(journal.conversation, outcome);
  } catch (error) {
    span.end(error);
    throw error;
  } finally {
    span.end();
  }
};

const eventsOf = ([first, ...rest]: readonly [Item, ...Item[]]): readonly [InboundEvent, ...InboundEvent[]] => [first.event, ...rest.map(({ event }) => event)];

const run = async (turn: Turn, responders: Responders): Promise<Outcome> => {
  const span = turn.span.child('turn.run');
  try {
    return await route(turn, responders);
  } finally {
    span.end();
  }
};

/** How the turn ends when nobody answers it, or undefined when somebody does. */
const endingWithoutRun = (admission: Admission, event: InboundEvent, { session }: Conversation): Ending | undefined => {
  switch (admission.kind) {
    case 'answer':
      return undefined;
    case 'silent':
      return { status: 'silent', replies: [], history: [], waitedMs: 0 };
    case 'refuse': {
      const text = SENTENCES.rateLimited[languageOf(event, session)];
      return {
        status: 'failed',
        replies: [{ parts: [{ type: 'text', text, format: 'plain' }] }],
        history: [],
        waitedMs: 0,
        error: { code: 'rate_limited', message: 'over rate_limiting.max_requests' },
      };
    }
  }
};

const turnOf = (
  tools: TurnTools,
  input: TurnInput,
  id: string,
  events: Turn['events'],
  conversation: Conversation,
  span: Span,
  journal: Turn['journal'],
): Turn => ({
  id,
  lane: input.lane,
  events,
  to: events[0].from,
  session: conversation.session,
  history: conversation.history.flatMap(({ messages }) => messages),
  language: languageOf(events[0], conversation.session),
  span,
  log: tools.log.child({ trace_id: span.traceId, platform: input.lane.platform, conversation: input.lane.conversation }),
  signal: input.signal,
  journal,
  live: openLive(tools.bus, input.lane, id),
});
