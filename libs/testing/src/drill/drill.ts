import { appendFileSync } from 'node:fs';
import { startFakeOpenAi } from '../openai';
import { echoing } from '../openai/script';
import { startFleet } from '../fleet/fleet';
import { startNats } from '../nats/start-nats';
import { startFakeTelegram } from '../telegram';
import { startKiller, type Killings } from './killer';
import { startLoad } from './load';
import type { DrillOptions } from './options';
import { seededRandom } from './random';
import { duplicateCount, judge, type Verdict } from './witness';

export interface DrillResult {
  readonly options: DrillOptions;
  readonly verdict: Verdict;
  readonly accepted: number;
  readonly deliveries: number;
  readonly killings: Killings;
  /** Processes that died by themselves at a stage they were armed for. */
  readonly crashes: number;
  /** Sends that our own log says were repeated because their outcome was unknown. */
  readonly countedRepeats: number;
  readonly seconds: number;
  readonly ok: boolean;
  readonly exitCodes: Readonly<Record<string, number | null>>;
}

const SECRET = 'drill_secret';
const KILL_EVERY_MS = 700;
const LEASE_TTL_MS = 3000;
/** Nothing new for this long means that what is missing stays missing. */
const QUIET_MS = 45_000;

/**
 * One drill: two adapters, cores and gateways as processes of their own, people writing, processes dying, and the
 * platform's log as the only witness.
 */
export const runDrill = async (root: string, options: DrillOptions, say: (line: string) => void): Promise<DrillResult> => {
  const random = seededRandom(options.seed);
  const started = Date.now();
  const abort = new AbortController();
  const fake = await startFakeTelegram({ honoursKeys: options.platform === 'key', plainHttp: true, answerDelayMs: () => 10 + random() * 90 });
  const upstream = await startFakeOpenAi({ keys: ['drill-key'], script: echoing({ delayMs: options.freeze ? 600 : 150 }) });
  const nats = await startNats();
  let countedRepeats = 0;
  const fleet = await startFleet({
    root,
    natsUrl: nats.url,
    drill: true,
    replicas: { 'model-gateway': 2, toolbox: 1, core: 2, 'adapter-telegram': 2 },
    config: configOf(options, fake.url, fake.token, upstream.baseUrl),
    env: options.mutation === undefined ? {} : { ASSISTANT_DRILL_MUTATION: options.mutation },
    onLine: (member, line) => {
      if (process.env['DRILL_LOG'] !== undefined) appendFileSync(process.env['DRILL_LOG'], `${member} ${line}\n`);
      if (line.includes('"action":"repeat"')) countedRepeats++;
    },
  });
  try {
    await fleet.ready(60_000);
    fake.interfere = (method) => (method === 'sendMessage' && random() < options.lost ? { kind: 'lose' } : undefined);
    say(
      `${options.messages} messages, ${options.kills} kills, platform ${options.platform}${options.mutation === undefined ? '' : `, WITHOUT ${options.mutation}`}`,
    );
    const urls = fleet.of('adapter-telegram').map(({ httpPort }) => `http://127.0.0.1:${httpPort}/api/telegram`);
    const killMs = options.freeze ? KILL_EVERY_MS + LEASE_TTL_MS * 1.8 : KILL_EVERY_MS * 1.6;
    const rate = options.kills === 0 ? 200 : Math.max(20, options.messages / ((options.kills * killMs) / 1000));
    const load = startLoad({
      fake,
      urls,
      secret: SECRET,
      messages: options.messages,
      conversations: options.conversations,
      rate,
      duplicates: options.duplicates,
      random,
      signal: abort.signal,
    });
    const killings = await startKiller({
      fleet,
      nats,
      kills: options.kills,
      everyMs: KILL_EVERY_MS,
      leaseTtlMs: LEASE_TTL_MS,
      onlyFreezeCores: options.freeze,
      random,
      signal: abort.signal,
    });
    await load.done;
    const received = () => fake.chats.log.filter(({ what }) => what === 'send');
    const verdict = await settle(
      () => judge(load.accepted, received()),
      () => fake.chats.log.length,
    );
    const accepted = [...load.accepted.values()].reduce((total, count) => total + count, 0);
    const crashes = fleet.members.reduce((total, member) => total + member.crashes, 0);
    const exitCodes = await fleet.stop();
    const result = {
      options,
      verdict,
      accepted,
      deliveries: load.deliveries(),
      killings,
      crashes,
      countedRepeats,
      seconds: (Date.now() - started) / 1000,
      exitCodes,
    };
    return { ...result, ok: isClean(result) };
  } finally {
    abort.abort();
    await fleet.stop();
    await Promise.all([nats.stop(), fake.close(), upstream.close()]);
  }
};

/** Waits until nothing is missing, or nothing new came for a while; then a little longer, for late duplicates. */
const settle = async (look: () => Verdict, progress: () => number): Promise<Verdict> => {
  let last = progress();
  for (let quietSince = Date.now(); look().missing.length > 0 && Date.now() - quietSince < QUIET_MS;) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    if (progress() !== last) {
      last = progress();
      quietSince = Date.now();
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 3000));
  return look();
};

const isClean = ({ options, verdict, countedRepeats }: Omit<DrillResult, 'ok'>): boolean => {
  const duplicates = duplicateCount(verdict);
  if (verdict.outOfOrder > 0 || verdict.strange.length > 0) return false;
  if (options.platform === 'key') return verdict.missing.length === 0 && duplicates === 0;
  // Without a key exactly one is impossible: `resend` may double what it counted, `drop` may lose it.
  return options.policy === 'resend' ? verdict.missing.length === 0 && duplicates <= countedRepeats : duplicates === 0;
};

const configOf = (options: DrillOptions, telegramUrl: string, token: string, upstreamUrl: string): Readonly<Record<string, unknown>> => ({
  model_providers: { default: 'fake', providers: [{ name: 'fake', kind: 'openai', api_base: upstreamUrl, api_key: 'drill-key', models: ['echo'] }] },
  platforms: {
    telegram: {
      enabled: true,
      token,
      webhook_secret: SECRET,
      api_base: telegramUrl,
      streaming: 'off',
      on_unknown: options.platform === 'key' ? 'resend' : options.policy,
      idempotency_header: options.platform === 'key',
    },
  },
  rate_limiting: { enabled: false },
  turns: { lease_ttl_ms: LEASE_TTL_MS },
  server: { drain_delay_ms: 0 },
});
