import { join } from 'node:path';
import type { Service } from '@assistant/service';
import { metrics } from '@assistant/telemetry';
import { Router } from 'express';
import { logsSection } from './config';
import { watchDeadLetters } from './dead-letters/depth';
import { deadLetterRoutes } from './dead-letters/routes';
import { createBeats } from './health/beats';
import { healthRoutes } from './health/routes';
import { openLogStore } from './logs/log-store';
import { logRoutes } from './logs/routes';
import { storedLine } from './logs/stored-line';
import { createTail } from './logs/tail';

/** How often it is looked whether the bus is there; beats that it cannot carry are no sign of a service's death. */
const BUS_LOOK_MS = 1000;

/**
 * Collects the log lines and health beats of every service, and shows them together with the dead letters. Nobody
 * waits for it: what comes while it is stopped is on the services' stdout.
 */
export const monitorHub: Service = {
  name: 'monitor-hub',
  sections: [logsSection],
  start: async ({ bus, config, dataDir, instance, log, onStop, version }) => {
    const store = openLogStore({ directory: join(dataDir, 'logs'), settings: () => config.get(logsSection), log });
    onStop('log store', () => store.close());
    const tail = createTail();
    onStop('log tail', () => tail.close());
    const lines = bus.subscribe('log.>', (data) => {
      const row = storedLine(data);
      if (row === undefined) return metrics.logMalformed.inc();
      tail.publish(row);
      store.append(row);
    });
    onStop('log lines', () => lines.stop());

    const beats = createBeats();
    const heard = bus.subscribe('health.>', (data) => beats.hear(data));
    onStop('health beats', () => heard.stop());
    const look = setInterval(() => {
      if (!bus.status.connected) beats.excuse();
    }, BUS_LOOK_MS);
    look.unref();
    onStop('bus watch', () => clearInterval(look));
    onStop('dead letter watch', watchDeadLetters(bus));

    return {
      routes: Router().use(healthRoutes({ beats, bus, version, instance }), logRoutes(store, tail), deadLetterRoutes(bus)),
      health: () => store.health(),
      drain: async () => tail.close(),
    };
  },
};
