import { setTimeout as sleep } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { startFleet } from '../fleet/fleet';
import { startNats } from '../nats/start-nats';

export interface IdleFigures {
  readonly standaloneMb: number;
  readonly natsMb: number;
  readonly cpuPercent: number;
  readonly readyMs: number;
}

/** What an installation costs that nobody uses: everything in one process, and nats-server. */
export const benchIdle = async (root: string, seconds: number): Promise<IdleFigures> => {
  const nats = await startNats();
  const started = performance.now();
  const fleet = await startFleet({ root, natsUrl: nats.url, drill: false, replicas: { standalone: 1 }, config: {} });
  try {
    await fleet.ready(60_000);
    const readyMs = performance.now() - started;
    const [member] = fleet.members;
    await sleep(5000);
    const before = member?.process.cpuSeconds ?? 0;
    await sleep(seconds * 1000);
    return {
      standaloneMb: (member?.process.rssBytes ?? 0) / 1024 ** 2,
      natsMb: Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${nats.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
      cpuPercent: (((member?.process.cpuSeconds ?? 0) - before) / seconds) * 100,
      readyMs,
    };
  } finally {
    await fleet.stop();
    await nats.stop();
  }
};
