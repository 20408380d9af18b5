/** Runs `work` with a fixed number under way for a while; returns how many ended per second. Throws what `work` throws. */
export const closedLoop = async (work: () => Promise<void>, concurrency: number, seconds: number): Promise<number> => {
  const started = performance.now();
  const until = started + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < until) {
        await work();
        done++;
      }
    }),
  );
  return (done / (performance.now() - started)) * 1000;
};

/**
 * Starts `work` at a fixed rate, whether or not the earlier ones have ended, and measures each from the moment at which
 * it should have started: a stall counts for everything that it held up. Returns milliseconds.
 */
export const openLoop = async (work: () => Promise<void>, perSecond: number, seconds: number): Promise<readonly number[]> => {
  const gapMs = 1000 / perSecond;
  const count = Math.round(perSecond * seconds);
  const started = performance.now();
  const latencies: number[] = [];
  const running: Promise<void>[] = [];
  for (let index = 0; index < count; index++) {
    const due = started + index * gapMs;
    await sleepUntil(due);
    running.push(work().then(() => void latencies.push(performance.now() - due)));
  }
  await Promise.all(running);
  return latencies;
};

/** Timers fire up to a millisecond late; the rest is waited out on the event loop, which goes on serving sockets. */
const sleepUntil = async (due: number): Promise<void> => {
  const coarse = due - performance.now() - 1.5;
  if (coarse > 0) await new Promise((resolve) => setTimeout(resolve, coarse));
  while (performance.now() < due) await new Promise((resolve) => setImmediate(resolve));
};
