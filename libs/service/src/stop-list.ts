import type { Logger } from '@assistant/telemetry';

/** Longest time one step may take; the next one runs all the same. */
const STEP_MS = 5000;

/** What must be closed when the process stops, run in reverse order. One failing or hanging step stops no other. */
export const createStopList = (log: Logger): { add(name: string, close: () => Promise<void> | void): void; run(): Promise<void> } => {
  const steps: { readonly name: string; readonly close: () => Promise<void> | void }[] = [];
  return {
    add: (name, close) => void steps.push({ name, close }),
    run: async () => {
      for (const { name, close } of steps.splice(0).reverse()) {
        try {
          await within(STEP_MS, name, Promise.resolve().then(close));
        } catch (error) {
          log.warn('a stop step failed', { step: name, error });
        }
      }
    },
  };
};

/** The promise, or an error when it takes longer. */
export const within = async <T>(limitMs: number, what: string, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      promise,
      new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`${what} took longer than ${limitMs} ms`)), limitMs);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
};
