import type { HealthReport, ServiceHealth } from '@assistant/contracts';
import { worst } from '@assistant/service';
import type { ServiceState } from './beats';

/**
 * The health of the whole installation, by the same rule as that of one process: down without the bus or when every
 * service is down.
 */
export const installationReport = (version: string, nats: ServiceHealth, services: readonly ServiceState[]): HealthReport => {
  const parts: Record<string, ServiceHealth> = { nats };
  for (const { name, status, detail } of services) parts[name] = { status, detail };
  const states = services.map(({ status }) => status);
  const down = nats.status === 'down' || (states.length > 0 && states.every((status) => status === 'down'));
  return { status: down ? 'down' : worst([nats.status, ...states]) === 'ok' ? 'ok' : 'degraded', version, services: parts };
};
