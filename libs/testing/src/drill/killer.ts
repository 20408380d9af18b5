import { CRASH_STAGES, type CrashStage } from '@assistant/contracts';
import type { Fleet, Member } from '../fleet/fleet';
import type { NatsServer } from '../nats/start-nats';

export interface KillerOptions {
  readonly fleet: Fleet;
  readonly nats: NatsServer;
  readonly kills: number;
  readonly everyMs: number;
  readonly leaseTtlMs: number;
  /** Stops cores one after the other instead of killing: two owners of a conversation at a time, all the time. */
  readonly onlyFreezeCores: boolean;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

export interface Killings {
  readonly processes: number;
  /** Processes that were stopped until their leases had moved, and then went on. */
  readonly frozen: number;
  readonly nats: number;
  /** Restarts that were told to die at a stage. */
  readonly armed: ReadonlyMap<CrashStage, number>;
}

/** Every tenth kill takes the broker. */
const NATS_EVERY = 10;
/** Every fifth one is no kill: the process is stopped, loses its leases, and goes on as if nothing had happened. */
const FREEZE_EVERY = 5;

const stagesOf = (member: Member): readonly CrashStage[] =>
  CRASH_STAGES.filter((stage) =>
    member.service === 'core' ? stage.startsWith('core') : member.service === 'adapter-telegram' ? !stage.startsWith('core') : false,
  );

/**
 * Kills at random: a service with SIGKILL (started again at once, often armed to die by itself at the next stage in
 * turn), and now and then the broker.
 */
export const startKiller = async (options: KillerOptions): Promise<Killings> => {
  const { fleet, nats, kills, everyMs, random, signal } = options;
  const armed = new Map<CrashStage, number>();
  let processes = 0;
  let brokers = 0;
  let frozen = 0;
  const thaws: Promise<void>[] = [];
  const freeze = async (victim: Member): Promise<void> => {
    const { process: stopped } = victim;
    stopped.signal('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, options.leaseTtlMs * (1.3 + random())));
    stopped.signal('SIGCONT');
  };
  let turn = 0;
  const arm = (member: Member): Record<string, string> => {
    const stages = stagesOf(member);
    const stage = stages[turn++ % Math.max(1, stages.length)];
    if (stage === undefined || random() < 0.4) return {};
    armed.set(stage, (armed.get(stage) ?? 0) + 1);
    return { CRASH_AT: `${stage}:${1 + Math.floor(random() * 12)}` };
  };
  while (processes + brokers + frozen < kills && !signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, everyMs * (0.5 + random())));
    if (options.onlyFreezeCores) {
      for (const victim of fleet.of('core')) {
        await freeze(victim);
        frozen++;
      }
      continue;
    }
    if ((processes + brokers + frozen) % NATS_EVERY === NATS_EVERY - 1 && processes + brokers + frozen > 0) {
      await nats.kill9();
      await new Promise((resolve) => setTimeout(resolve, 200 + random() * 800));
      await nats.restart();
      brokers++;
      continue;
    }
    const freezing = (processes + brokers + frozen) % FREEZE_EVERY === FREEZE_EVERY - 2;
    const among = freezing ? fleet.members.filter(({ service }) => service === 'core' || service === 'adapter-telegram') : fleet.members;
    const victim = among[Math.floor(random() * among.length)];
    if (victim === undefined) continue;
    if (freezing) {
      thaws.push(freeze(victim));
      frozen++;
      continue;
    }
    await fleet.killAndRestart(victim, arm(victim));
    processes++;
  }
  await Promise.all(thaws);
  return { processes, frozen, nats: brokers, armed };
};
