import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

/**
 * Names this process among its replicas. The same after a restart in place (same host, services and data), so that a
 * process that was killed takes its own partition leases back at once instead of waiting for them to expire.
 */
export const instanceName = (services: readonly string[], dataDir: string, environment: NodeJS.ProcessEnv): string =>
  environment['ASSISTANT_INSTANCE'] ??
  `${hostname().replace(/[^A-Za-z0-9-]/g, '-')}-${createHash('sha256')
    .update([dataDir, ...services].join('\n'))
    .digest('hex')
    .slice(0, 6)}`;
