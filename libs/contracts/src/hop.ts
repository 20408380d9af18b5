/**
 * The road of a message. The same word names the folder, the span, the log field `hop`, the metric label and the
 * console's page: span `turn.admit` lives in `turn/admit.ts`.
 */
export const HOPS = [
  'intake.verify',
  'intake.normalise',
  'intake.publish',
  'turn.claim',
  'turn.admit',
  'turn.route',
  'turn.run',
  'turn.append',
  'call.limit',
  'call.route',
  'call.attempt',
  'call.account',
  'invoke.validate',
  'invoke.limit',
  'invoke.run',
  'invoke.trim',
  'delivery.intent',
  'delivery.send',
  'delivery.done',
] as const;
export type Hop = (typeof HOPS)[number];
