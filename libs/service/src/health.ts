import type { Bus } from '@assistant/bus';
import { healthSubject, type HealthBeat, type HealthReport, type HealthStatus, type ServiceHealth } from '@assistant/contracts';
import type { RunningService } from './service';

const RANK: Readonly<Record<HealthStatus, number>> = { ok: 0, degraded: 1, down: 2 };

/** The worst of several states. */
export const worst = (states: readonly HealthStatus[]): HealthStatus => states.reduce((left, right) => (RANK[right] > RANK[left] ? right : left), 'ok');

/** How the message bus is: down without a connection, degraded when a canary write is not confirmed. */
export const busHealth = (bus: Bus): ServiceHealth => {
  const { connected, canaryMs, serverVersion } = bus.status;
  if (!connected) return { status: 'down', detail: 'NATS is unreachable; messages are answered with 503 so that platforms repeat them' };
  if (canaryMs === undefined) return { status: 'degraded', detail: `NATS ${serverVersion} does not confirm writes; check its disk` };
  return { status: 'ok', detail: '' };
};

/** The report of one process: its services and the bus. The whole is down only when everything needed is. */
export const healthReport = (version: string, services: ReadonlyMap<string, RunningService>, bus: Bus): HealthReport => {
  const parts: Record<string, ServiceHealth> = { nats: busHealth(bus) };
  for (const [name, service] of services) parts[name] = service.health();
  const all = Object.values(parts).map(({ status }) => status);
  const status: HealthStatus = parts['nats']?.status === 'down' || all.every((state) => state === 'down') ? 'down' : worst(all) === 'ok' ? 'ok' : 'degraded';
  return { status, version, services: parts };
};

const BEAT_MS = 5000;

/** Tells the monitor hub every 5 s how each service of this process is. Returns the way to stop. */
export const startHeartbeat = (bus: Bus, instance: string, version: string, services: ReadonlyMap<string, RunningService>): (() => void) => {
  const beat = (): void => {
    for (const [service, running] of services) {
      const value: HealthBeat = { service, instance, version, at: Date.now(), ...running.health() };
      bus.publishJson(healthSubject(service, instance.replace(/[^A-Za-z0-9_-]/g, '_')), value);
    }
  };
  beat();
  const timer = setInterval(beat, BEAT_MS);
  timer.unref();
  return () => clearInterval(timer);
};
