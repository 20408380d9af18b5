import { readFileSync } from 'node:fs';
import { metrics } from '@assistant/telemetry';

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

const field = (text: string, name: string): number => Number(new RegExp(`^${name}:?\\s+(\\d+)`, 'm').exec(text)?.[1] ?? Number.NaN);

/** Share of the machine's memory in use: 1 - MemAvailable/MemTotal. Undefined where /proc is absent. */
export const hostMemoryRatio = (meminfo: string | undefined = read('/proc/meminfo')): number | undefined => {
  if (meminfo === undefined) return undefined;
  const ratio = 1 - field(meminfo, 'MemAvailable') / field(meminfo, 'MemTotal');
  return Number.isFinite(ratio) ? ratio : undefined;
};

/** Share of the container's limit in use, page cache that can be dropped left out. Undefined without a limit. */
export const cgroupMemoryRatio = (
  current: string | undefined = read('/sys/fs/cgroup/memory.current'),
  limit: string | undefined = read('/sys/fs/cgroup/memory.max'),
  stat: string | undefined = read('/sys/fs/cgroup/memory.stat'),
): number | undefined => {
  const most = Number(limit);
  if (current === undefined || !Number.isFinite(most) || most <= 0) return undefined;
  const droppable = stat === undefined ? 0 : field(stat, 'inactive_file') || 0;
  return Math.max(0, Number(current) - droppable) / most;
};

/** Keeps `assistant_memory_usage_ratio` up to date. Returns the way to stop. */
export const watchMemory = (everyMs = 5000): (() => void) => {
  const update = (): void => {
    const host = hostMemoryRatio();
    const cgroup = cgroupMemoryRatio();
    if (host !== undefined) metrics.memoryRatio.set({ scope: 'host' }, host);
    if (cgroup !== undefined) metrics.memoryRatio.set({ scope: 'cgroup' }, cgroup);
  };
  update();
  const timer = setInterval(update, everyMs);
  timer.unref();
  return () => clearInterval(timer);
};
