import { CRASH_STAGES, type CrashStage } from '@assistant/contracts';
import type { Fleet, Member } from '../fleet/fleet';
import type { NatsServer } from '../nats/start-nats';

export interface KillerOptions {
  readonly fleet: Fleet;
  readonly nats: NatsServer;
  readonly kills: number;
  readonly everyMs: number;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

export interface Killings {
  readonly processes: number;
  readonly nats: number;
  /** Restarts that were told to die at a stage. */
  readonly armed: ReadonlyMap<CrashStage, number>;
}

/** Every tenth kill takes the broker. */
const NATS_EVERY = 10;

const stagesOf = (member: Member): readonly CrashStage[] =>
  CRASH_STAGES.filter((stage) => (member.service === 'core' ? stage.startsWith('core') : member.service === 'adapter-telegram' ? !stage.startsWith('core') : false));

/**
 * Kills at random: a service with SIGKILL (started again at once, often armed to die by itself at the next stage in
 * turn), and now and then the broker.
 */
export const startKiller = async (options: KillerOptions): Promise<Killings> => {
  const { fleet, nats, kills, everyMs, random, signal } = options;
  const armed = new Map<CrashStage, number>();
  let processes = 0;
  let brokers = 0;
  let turn = 0;
  const arm = (member: Member): Record<string, string> => {
    const stages = stagesOf(member);
    const stage = stages[turn++ % Math.max(1, stages.length)];
    if (stage === undefined || random() < 0.4) return {};
    armed.set(stage, (armed.get(stage) ?? 0) + 1);
    return { CRASH_AT: `${stage}:${1 + Math.floor(random() * 12)}` };
  };
  while (processes + brokers < kills && !signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, everyMs * (0.5 + random())));
    if ((processes + brokers) % NATS_EVERY === NATS_EVERY - 1) {
      await nats.kill9();
      await new Promise((resolve) => setTimeout(resolve, 200 + random() * 800));
      await nats.restart();
      brokers++;
      continue;
    }
    const victim = fleet.members[Math.floor(random() * fleet.members.length)];
    if (victim === undefined) continue;
    await fleet.killAndRestart(victim, arm(victim));
    processes++;
  }
  return { processes, nats: brokers, armed };
};
