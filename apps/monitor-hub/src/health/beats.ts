import type { HealthBeat, HealthStatus, ServiceHealth } from '@assistant/contracts';
import { worst } from '@assistant/service';
import { z } from 'zod';

/** An instance that was not heard of for this long (three beats) is down. */
const SILENT_MS = 15_000;
/** … and is forgotten after this long. */
const FORGET_MS = 10 * 60_000;
/** Names come from the network: more instances than this are not remembered. */
const MOST_INSTANCES = 2000;

const name = z.string().min(1).max(200);
const beatSchema = z.object({
  service: name,
  instance: name,
  version: z.string().max(100),
  at: z.number(),
  status: z.enum(['ok', 'degraded', 'down']),
  detail: z.string().max(2000),
}) satisfies z.ZodType<HealthBeat>;

export interface InstanceHealth extends ServiceHealth {
  readonly instance: string;
  readonly version: string;
  /** When it was last heard, Unix milliseconds by our clock. */
  readonly lastBeat: number;
}

export interface ServiceState extends ServiceHealth {
  readonly name: string;
  readonly instances: readonly InstanceHealth[];
}

/** What every instance of the installation said last. */
export interface Beats {
  /** Takes a beat as it came over the bus; anything else is left out. */
  hear(data: string): void;
  /** Says that the bus was away at this moment: silence until now is not the services' fault. */
  excuse(): void;
  services(): readonly ServiceState[];
}

const parsed = (data: string): HealthBeat | undefined => {
  try {
    return beatSchema.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
};

export const createBeats = (now: () => number = Date.now): Beats => {
  const heard = new Map<string, { readonly beat: HealthBeat; readonly at: number }>();
  let excused = -Infinity;

  const forget = (): void => {
    for (const [key, { at }] of heard) if (now() - Math.max(at, excused) > FORGET_MS) heard.delete(key);
  };
  const stateOf = ({ beat, at }: { readonly beat: HealthBeat; readonly at: number }): InstanceHealth => {
    const { instance, version, status, detail } = beat;
    const silentMs = now() - Math.max(at, excused);
    const health: ServiceHealth =
      silentMs > SILENT_MS ? { status: 'down', detail: `not heard of for ${Math.round((now() - at) / 1000)} s` } : { status, detail };
    return { instance, version, lastBeat: at, ...health };
  };

  return {
    hear: (data) => {
      const beat = parsed(data);
      if (beat === undefined) return;
      const key = `${beat.service}\n${beat.instance}`;
      if (!heard.has(key)) {
        forget();
        if (heard.size >= MOST_INSTANCES) return;
      }
      heard.set(key, { beat, at: now() });
    },
    excuse: () => void (excused = now()),
    services: () => {
      forget();
      const byService = Map.groupBy(heard.values(), ({ beat }) => beat.service);
      return [...byService]
        .map(([service, all]) => ({ name: service, ...together(all.map(stateOf)), instances: all.map(stateOf) }))
        .sort((left, right) => (left.name < right.name ? -1 : 1));
    },
  };
};

/** A service works while one of its instances does. */
const together = (instances: readonly InstanceHealth[]): ServiceHealth => {
  const states: readonly HealthStatus[] = instances.map(({ status }) => status);
  const status = states.every((state) => state === 'down') ? 'down' : worst(states) === 'ok' ? 'ok' : 'degraded';
  const told = instances.filter(({ detail }) => detail !== '');
  const detail = instances.length === 1 ? (told[0]?.detail ?? '') : told.map(({ instance, detail: text }) => `${instance}: ${text}`).join('; ');
  return { status, detail };
};
