import { mkdirSync } from 'node:fs';
import { startProcess } from './process';
import type { Service } from './service';

/** SIGTERM to exit: what a container platform grants by default. */
const EXIT_BUDGET_MS = 28_000;

/**
 * Runs services in this process until SIGTERM or SIGINT, then drains them and ends the process: 0 when all went
 * well, 1 after a failed start, a second signal or when draining takes longer than 28 s. `main.ts` of every app
 * calls exactly this; it is the one place that ends a process.
 */
export const run = async (...services: readonly Service[]): Promise<void> => {
  const dataDir = process.env['ASSISTANT_DATA_DIR'] ?? '.data';
  mkdirSync(dataDir, { recursive: true });
  let stopping = false;
  try {
    const running = await startProcess({ services, environment: process.env, dataDir, checkOnly: process.argv.includes('--check-config') });
    if (running === undefined) return process.exit(0);
    const stop = (signal: string): void => {
      if (stopping) return process.exit(1);
      stopping = true;
      setTimeout(() => process.exit(1), EXIT_BUDGET_MS).unref();
      running.stop(signal).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.on('SIGTERM', () => stop('SIGTERM'));
    process.on('SIGINT', () => stop('SIGINT'));
  } catch (error) {
    // Configuration errors are sentences for people; a stack trace would hide them.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
};
