import { setTimeout as sleep } from 'node:timers/promises';
import { startFleet } from '../fleet/fleet';
import { startNats } from '../nats/start-nats';
import { startFakeTelegram, type FakeTelegram } from '../telegram';
import { openLoop } from './load';
import { startRole } from './roles';
import { median, percentiles, type Percentiles } from './statistics';

export interface EndToEndFigures {
  /** Messages answered a second, everything on two cores. */
  readonly perSecond: number;
  readonly rounds: readonly number[];
  readonly at200: Percentiles;
  /** Processor time a message, milliseconds, by process. */
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly rssMb: Readonly<Record<string, number>>;
}

const CONVERSATIONS = 512;
const IN_FLIGHT = 96;
const ROUNDS = 3;
const SECRET = 'bench_secret';

/** From webhook to platform call with every guarantee on: adapter, core, gateway, toolbox and NATS as processes. */
export const benchEndToEnd = async (root: string, seconds: number, warmupSeconds: number, say: (line: string) => void): Promise<EndToEndFigures> => {
  const fake = await startFakeTelegram({ plainHttp: true });
  const upstream = await startRole('upstream');
  const nats = await startNats();
  const fleet = await startFleet({
    root,
    natsUrl: nats.url,
    drill: false,
    replicas: { 'model-gateway': 1, toolbox: 1, core: 1, 'adapter-telegram': 1 },
    config: {
      model_providers: { default: 'fake', providers: [{ name: 'fake', kind: 'openai', api_base: `${upstream.origin}/v1`, api_key: 'k', models: ['m'] }] },
      platforms: { telegram: { enabled: true, token: fake.token, webhook_secret: SECRET, api_base: fake.url } },
    },
  });
  try {
    await fleet.ready(60_000);
    const url = `http://127.0.0.1:${fleet.of('adapter-telegram')[0]?.httpPort ?? 0}/api/telegram`;
    const people = new People(fake, url);
    await people.one();
    say('  warming up');
    await people.saturate(IN_FLIGHT, warmupSeconds);
    say(`  as many as it takes, ${IN_FLIGHT} under way`);
    const cpuBefore = new Map(fleet.members.map(({ name, process: child }) => [name, child.cpuSeconds]));
    const rounds: number[] = [];
    let answered = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const result = await people.saturate(IN_FLIGHT, seconds / ROUNDS);
      rounds.push(result.perSecond);
      answered += result.answered;
    }
    const cpuMs = Object.fromEntries(
      fleet.members.map(({ name, process: child }) => [name, ((child.cpuSeconds - (cpuBefore.get(name) ?? 0)) * 1000) / answered]),
    );
    await sleep(1000);
    say('  200 a second');
    await openLoop(() => people.one(), 200, 2);
    const at200 = percentiles(await openLoop(() => people.one(), 200, seconds));
    return {
      perSecond: median(rounds),
      rounds,
      at200,
      cpuMs,
      rssMb: Object.fromEntries(fleet.members.map(({ name, process: child }) => [name, child.rssBytes / 1024 ** 2])),
    };
  } finally {
    await fleet.stop();
    await Promise.all([nats.stop(), upstream.stop(), fake.close()]);
  }
};

/** Everybody who writes, and who waits for an answer in which chat, first come first served. */
class People {
  readonly #waiting = new Map<string, (() => void)[]>();
  readonly #signal = new AbortController().signal;
  #next = 0;
  #seen = 0;

  constructor(
    private readonly fake: FakeTelegram,
    private readonly url: string,
  ) {
    fake.onLog = () => this.#notice();
  }

  /** One message; resolves when the platform has received its answer. */
  async one(): Promise<void> {
    const chat = String(9_000_000 + (this.#next++ % CONVERSATIONS));
    const answered = new Promise<void>((resolve) => {
      const queue = this.#waiting.get(chat);
      if (queue === undefined) this.#waiting.set(chat, [resolve]);
      else queue.push(resolve);
    });
    const update = this.fake.update(chat, { text: 'What is a benchmark?' });
    await this.fake.deliver(update, [this.url], this.#signal, SECRET);
    await answered;
  }

  async saturate(inFlight: number, seconds: number): Promise<{ readonly perSecond: number; readonly answered: number }> {
    const started = performance.now();
    let answered = 0;
    await Promise.all(
      Array.from({ length: inFlight }, async () => {
        while (performance.now() - started < seconds * 1000) {
          await this.one();
          answered++;
        }
      }),
    );
    return { perSecond: (answered / (performance.now() - started)) * 1000, answered };
  }

  #notice(): void {
    const { log } = this.fake.chats;
    for (; this.#seen < log.length; this.#seen++) {
      const entry = log[this.#seen];
      if (entry?.what === 'send') this.#waiting.get(entry.chat)?.shift()?.();
    }
    // The log is the drill's witness; here it would only grow.
    if (log.length > 100_000) {
      log.length = 0;
      this.#seen = 0;
    }
  }
}
