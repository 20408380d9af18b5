import type { KV } from 'nats';
import type { BusStatus } from './bus';
import type { Connection } from './connection';

const CANARY_EVERY_MS = 5000;

/**
 * Watches the store by a canary write. The server's own health endpoint says ok on a full disk, so only a
 * confirmed write counts.
 */
export const watchStatus = (connection: Connection, settings: KV): { current(): BusStatus; stop(): void } => {
  let canaryMs: number | undefined = 0;
  let running = false;
  const beat = async (): Promise<void> => {
    if (running) return;
    running = true;
    const started = performance.now();
    try {
      await settings.put('canary', String(Date.now()));
      canaryMs = performance.now() - started;
    } catch {
      canaryMs = undefined;
    } finally {
      running = false;
    }
  };
  const timer = setInterval(() => void beat(), CANARY_EVERY_MS);
  timer.unref();
  return {
    current: () => ({
      connected: connection.connected,
      serverVersion: connection.connected ? (connection.nats.info?.version ?? '') : '',
      canaryMs: connection.connected ? canaryMs : undefined,
    }),
    stop: () => clearInterval(timer),
  };
};
