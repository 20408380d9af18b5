import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AssistantError } from '@assistant/contracts';
import type { StoreAnswer, StoreJob } from './store-job';

/**
 * A worker is an entry of its own: the build writes `<name>.worker.cjs` beside the service's bundle; from sources,
 * Node runs the TypeScript file itself.
 */
const workerFile = (): string => {
  const candidates = [join(__dirname, 'log-store.worker.cjs'), join(__dirname, 'log-store.worker.mts')];
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined) throw new AssistantError('internal', "the build lacks log-store.worker.cjs beside the service's bundle");
  return found;
};

interface Waiting {
  readonly job: StoreJob;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (answer: StoreAnswer) => void;
  readonly reject: (error: AssistantError) => void;
}

const unavailable = (message: string, cause?: unknown): AssistantError =>
  new AssistantError('store_unavailable', message, cause === undefined ? {} : { cause });

/** One thread of the log store; it does one job after the other. A thread that fails is replaced with the next job. */
export class StoreThread {
  readonly #directory: string;
  readonly #maxWaiting: number;
  readonly #waiting: Waiting[] = [];
  #worker: Worker | undefined;
  #running: Waiting | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(directory: string, maxWaiting: number) {
    this.#directory = directory;
    this.#maxWaiting = maxWaiting;
  }

  /**
   * Throws `overloaded` when too many jobs wait, `client_closed` when the signal aborts before its turn, and
   * `store_unavailable` when the thread fails or takes longer than `timeoutMs` for this job.
   */
  run(job: StoreJob, { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal }): Promise<StoreAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new AssistantError('draining', 'the monitor hub is stopping'));
      if (this.#waiting.length >= this.#maxWaiting)
        return reject(new AssistantError('overloaded', 'Too many searches are waiting. Try again in a moment.', { retryAfterMs: 2000 }));
      this.#waiting.push({ job, timeoutMs, signal, resolve, reject });
      this.#next();
    });
  }

  /** Ends the thread; what waits fails, what runs has 3 s, then the files are closed. */
  async close(): Promise<void> {
    if (this.#closed) return;
    for (const { reject } of this.#waiting.splice(0)) reject(new AssistantError('draining', 'the monitor hub is stopping'));
    if (this.#worker !== undefined) await this.run({ kind: 'close' }, { timeoutMs: 3000 }).catch(() => undefined);
    this.#closed = true;
    await this.#worker?.terminate();
  }

  #next(): void {
    if (this.#running !== undefined) return;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) return;
    if (waiting.signal?.aborted === true) {
      waiting.reject(new AssistantError('client_closed', 'The search was cancelled.'));
      return this.#next();
    }
    this.#running = waiting;
    try {
      this.#worker ??= this.#start();
      this.#worker.postMessage(waiting.job);
      this.#timer = setTimeout(() => this.#lose(unavailable('The log store took too long.')), waiting.timeoutMs);
    } catch (error) {
      this.#lose(unavailable('The thread of the log store does not start.', error));
    }
  }

  #start(): Worker {
    const worker = new Worker(workerFile(), { workerData: { directory: this.#directory }, env: {} });
    worker.unref();
    worker.on('message', (answer: StoreAnswer) => {
      if (worker === this.#worker) this.#settle()?.resolve(answer);
      this.#next();
    });
    worker.on('error', (error) => worker === this.#worker && this.#lose(unavailable('The thread of the log store failed.', error)));
    worker.on('exit', () => worker === this.#worker && this.#lose(unavailable('The thread of the log store ended.')));
    return worker;
  }

  #settle(): Waiting | undefined {
    clearTimeout(this.#timer);
    const running = this.#running;
    this.#running = undefined;
    return running;
  }

  #lose(error: AssistantError): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    this.#settle()?.reject(error);
    this.#next();
  }
}
