import { parseArgs } from 'node:util';

export interface DrillOptions {
  readonly messages: number;
  readonly kills: number;
  readonly conversations: number;
  /** `key`: the platform drops repeated sends by their key. `none`: Telegram as it is. */
  readonly platform: 'key' | 'none';
  /** What is done about a send whose outcome is unknown, on a platform without keys. */
  readonly policy: 'resend' | 'drop';
  /** Share of webhooks that come twice. */
  readonly duplicates: number;
  /** Share of sends whose answer the platform loses after carrying them out. */
  readonly lost: number;
  readonly mutation: 'cas' | 'intent' | 'floor' | undefined;
  /** Stops cores until their leases have moved, instead of killing: two owners at a time. */
  readonly freeze: boolean;
  readonly seed: number;
}

export const HELP = `npm run drill -- [options]
  --messages 2000      messages in all, over --conversations 40
  --kills 40           processes killed with SIGKILL, nats-server among them
  --platform both      key: the platform drops repeats by their key; none: Telegram as it is; both: one run each
  --policy resend      resend | drop: what to do about a send whose outcome is unknown (platform none)
  --duplicates 0.3     share of webhooks that come twice
  --lost 0.01          share of sends whose answer gets lost
  --mutation cas       cas | intent | floor: takes this guarantee away; the drill must then turn red
  --freeze             stops cores until their leases have moved, instead of killing: two owners at a time
  --seed 1             of the random choices

DRILL_LOG=<file> keeps every line the services print.
`;

const share = (text: string, name: string): number => {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new Error(`--${name}: ${text} is no share between 0 and 1`);
  return value;
};

const count = (text: string, name: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name}: ${text} is no number`);
  return value;
};

const oneOf = <T extends string>(text: string, name: string, allowed: readonly T[]): T => {
  const found = allowed.find((value) => value === text);
  if (found === undefined) throw new Error(`--${name}: ${text} is none of ${allowed.join(', ')}`);
  return found;
};

/** The runs that the command line asks for, or undefined when it asks for help. Throws a sentence on a mistake. */
export const parseDrillOptions = (argv: readonly string[]): readonly DrillOptions[] | undefined => {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      messages: text('2000'),
      kills: text('40'),
      conversations: text('40'),
      platform: text('both'),
      policy: text('resend'),
      duplicates: text('0.3'),
      lost: text('0.01'),
      mutation: { type: 'string' },
      freeze: { type: 'boolean', default: false },
      seed: text('1'),
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const platform = oneOf(values.platform, 'platform', ['key', 'none', 'both'] as const);
  const platforms = platform === 'both' ? (['key', 'none'] as const) : [platform];
  return platforms.map((one) => ({
    messages: count(values.messages, 'messages'),
    kills: count(values.kills, 'kills'),
    conversations: count(values.conversations, 'conversations'),
    platform: one,
    policy: oneOf(values.policy, 'policy', ['resend', 'drop'] as const),
    duplicates: share(values.duplicates, 'duplicates'),
    lost: share(values.lost, 'lost'),
    mutation: values.mutation === undefined ? undefined : oneOf(values.mutation, 'mutation', ['cas', 'intent', 'floor'] as const),
    freeze: values.freeze,
    seed: count(values.seed, 'seed'),
  }));
};
