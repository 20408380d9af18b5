import type { Bus } from '@assistant/bus';
import { metrics } from '@assistant/telemetry';

const LOOK_EVERY_MS = 30_000;

/** Keeps the metric of waiting dead letters up to date. Returns the way to stop. */
export const watchDeadLetters = (bus: Bus): (() => void) => {
  // Without NATS the last known figure stands; the health report names the reason.
  const look = (): void =>
    void bus.dead.count().then(
      (count) => metrics.deadDepth.set(count),
      () => undefined,
    );
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
};
