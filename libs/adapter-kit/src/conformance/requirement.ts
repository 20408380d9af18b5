import type { Destination, InboundEvent, Reply } from '@assistant/contracts';
import { isSendError } from '../delivery/send';
import type { Account, PlatformManifest, RawRequest, SendError } from '../platform';
import type { Bench, OutboundBench, Proof, Shown } from './bench';
import type { Outcome, Stage } from './stage';

/** What a requirement is tried on. */
export interface Context {
  readonly stage: Stage;
  readonly manifest: PlatformManifest;
  readonly bench: Bench;
}

/** One promise that every adapter keeps, by the number it has in the list of requirements. */
export type Requirement = { readonly number: number; readonly title: string } & (
  | {
      readonly kind: 'tried';
      /** What the bench would have to offer, or undefined when everything is there. */
      lacks(context: Context): string | undefined;
      run(context: Context): Promise<void>;
    }
  /** Kept by the kit for all platforms at once. */
  | { readonly kind: 'covered'; readonly by: readonly Proof[] }
  /** Kept by a test of the platform's own. */
  | { readonly kind: 'own' }
);

interface Trial<Found> {
  readonly number: number;
  readonly title: string;
  /** What `find` looks for, as a person would name it. */
  readonly needs: string;
  find(context: Context): Found | undefined;
  run(context: Context, found: Found): Promise<void>;
}

/** A requirement that is tried where the bench offers what it needs. */
export const tried = <Found>({ number, title, needs, find, run }: Trial<Found>): Requirement => ({
  kind: 'tried',
  number,
  title,
  lacks: (context) => (find(context) === undefined ? needs : undefined),
  run: async (context) => {
    const found = find(context);
    if (found === undefined) throw new Error(`the bench offers no ${needs}`);
    await run(context, found);
  },
});

/** Sends webhooks to the platform of this context. */
export const deliver = ({ stage, bench }: Context, ...requests: readonly RawRequest[]): Promise<Outcome> => stage.deliver(bench.url, requests);

/** Delivers one genuine request that has to give exactly one event. */
export const deliverOne = async (context: Context, request: RawRequest): Promise<InboundEvent> => {
  const { answers, events } = await deliver(context, request);
  expect(answers).toMatchObject([{ status: expectedStatus(answers[0]?.status) }]);
  expect(events).toHaveLength(1);
  const [event] = events;
  if (event === undefined) throw new Error('no event was published');
  return event;
};

/** The status itself when it says yes, else 200, so that a comparison with it names both. */
const expectedStatus = (status: number | undefined): number => (status !== undefined && isAccepted(status) ? status : 200);

export const isAccepted = (status: number): boolean => status >= 200 && status < 300;

/** Delivers what must not become an event, and hands out the answers. */
export const deliverNothing = async (context: Context, what: string, request: RawRequest): Promise<{ readonly status: number; readonly body: string }> => {
  const { answers, events } = await deliver(context, request);
  expect({ what, published: events.length }).toEqual({ what, published: 0 });
  const [answer] = answers;
  if (answer === undefined) throw new Error(`no answer to ${what}`);
  return answer;
};

export const textReply = (text: string, format: 'plain' | 'markdown' = 'plain'): Reply => ({ parts: [{ type: 'text', text, format }] });

/** Renders and sends a reply call by call, and hands out what the vendor shows because of it. */
export const show = async (outbound: OutboundBench, reply: Reply, to: Destination = outbound.to): Promise<readonly Shown[]> => {
  const before = outbound.shown().length;
  for (const [index, call] of outbound.account.render(reply, to).entries()) await outbound.account.send(call, to, nextKey(index), deadline());
  return outbound.shown().slice(before);
};

let keys = 0;
/** An idempotency key as the kit makes them: turn and part. */
export const nextKey = (part = 0): string => `conformance-${keys++}.${part}`;

const SEND_TIMEOUT_MS = 30_000;
export const deadline = (): AbortSignal => AbortSignal.timeout(SEND_TIMEOUT_MS);

/** The first call of a reply. */
export const firstCall = ({ account, to }: Pick<OutboundBench, 'to'> & { readonly account: Account<unknown> }, reply: Reply): unknown => {
  const [call] = account.render(reply, to);
  if (call === undefined) throw new Error('the reply was rendered to nothing');
  return call;
};

/** The SendError of work that has to fail; it is kept for the check that no error tells a secret. */
export const failureOf = async (stage: Stage, work: Promise<unknown>): Promise<SendError> => {
  try {
    await work;
  } catch (error) {
    stage.keep(error);
    if (isSendError(error)) return error;
    throw error;
  }
  throw new Error('it was expected to fail and did not');
};
