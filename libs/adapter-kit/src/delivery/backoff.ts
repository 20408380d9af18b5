const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Waits the platform's own time where it names one, else doubling from 0.5 s to 30 s, with jitter. */
export const retryDelayMs = (attempt: number, retryAfterMs: number | undefined, random: () => number = Math.random): number =>
  retryAfterMs !== undefined ? retryAfterMs + random() * 250 : Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt) * (0.5 + random() / 2);

/** Waits, or rejects with the signal's reason. */
export const pause = (delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, delayMs);
    signal.addEventListener('abort', onAbort, { once: true });
  });
