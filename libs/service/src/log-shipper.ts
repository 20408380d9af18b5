import type { Bus } from '@assistant/bus';
import type { LogLevel } from '@assistant/contracts';
import { metrics, type LogSink } from '@assistant/telemetry';

/** Lines kept while NATS is away; the oldest go first. */
const BUFFER_LINES = 1000;

/**
 * Sends every printed line to the monitor hub. Lossy by design and never in anybody's way: without NATS a bounded
 * number of lines waits, the rest is counted and dropped (stdout has them all).
 */
export const createLogShipper = (): { readonly sink: LogSink; connect(bus: Bus): void } => {
  const waiting: { readonly service: string; readonly level: LogLevel; readonly line: string }[] = [];
  let bus: Bus | undefined;
  const flush = (to: Bus): void => {
    for (const { service, level, line } of waiting.splice(0)) to.publishLog(service, level, line);
  };
  return {
    sink: (line, level, service) => {
      const entry = { service, level, line: line.trimEnd() };
      if (bus?.status.connected) {
        if (waiting.length > 0) flush(bus);
        bus.publishLog(entry.service, entry.level, entry.line);
        return;
      }
      waiting.push(entry);
      if (waiting.length > BUFFER_LINES) {
        waiting.shift();
        metrics.logDropped.inc();
      }
    },
    connect: (to) => {
      bus = to;
      flush(to);
    },
  };
};
