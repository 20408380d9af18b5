import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AssistantError } from '@assistant/contracts';

export interface WorkerPoolSettings {
  /** Names the worker's file: `<name>.worker`. */
  readonly name: string;
  /** Workers at most; they start when there is work and stay warm for a while after. */
  readonly size: number;
  /** The heap of one worker. More than this ends it, and its call with it. */
  readonly maxMemoryMb: number;
  /** Calls that wait for a worker; more are refused. */
  readonly maxWaiting: number;
  /** A worker without work for this long ends, milliseconds. */
  readonly idleMs?: number;
}

export interface WorkerPool {
  /**
   * Runs one job in a worker. A job that is not done in time, or whose signal aborts, loses its worker: whatever it
   * does, it ends. Throws `tool_timeout`, `tool_failed` (out of memory, worker gone), `overloaded`, or `tool_failed`
   * with the worker's own message when the job itself failed.
   */
  run(job: unknown, options: { readonly timeoutMs: number; readonly signal: AbortSignal }): Promise<unknown>;
  /** Ends every worker; what still runs fails. */
  close(): Promise<void>;
}

const START_MS = 15_000;

/**
 * A worker is an entry of its own: the build writes `<name>.worker.cjs` beside the service's bundle; from sources,
 * Node runs the TypeScript file itself.
 */
const workerFile = (name: string): string => {
  const candidates = [join(__dirname, `${name}.worker.cjs`), join(__dirname, `${name}.worker.mts`)];
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined) throw new AssistantError('internal', `the build lacks ${name}.worker.cjs beside the service's bundle`);
  return found;
};

interface Job {
  readonly job: unknown;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AssistantError) => void;
}

type Message = { readonly ready: true } | { readonly result: unknown } | { readonly failure: string };

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && ('ready' in value || 'result' in value || 'failure' in value);

export const createWorkerPool = (settings: WorkerPoolSettings): WorkerPool => {
  const { idleMs = 300_000 } = settings;
  const waiting: Job[] = [];
  const idle: Slot[] = [];
  const slots = new Set<Slot>();
  let closed = false;

  const dispatch = (): void => {
    while (waiting.length > 0) {
      const slot = idle.pop() ?? (slots.size < settings.size ? open() : undefined);
      if (slot === undefined) return;
      const job = waiting.shift();
      if (job === undefined) return;
      if (job.signal.aborted) {
        job.reject(cancelled());
        idle.push(slot);
      } else {
        slot.take(job);
      }
    }
  };
  const open = (): Slot => {
    const slot = new Slot(settings, idleMs, {
      free: (freed) => {
        idle.push(freed);
        dispatch();
      },
      gone: (ended) => {
        slots.delete(ended);
        const at = idle.indexOf(ended);
        if (at >= 0) idle.splice(at, 1);
        if (!closed) dispatch();
      },
    });
    slots.add(slot);
    return slot;
  };

  return {
    run: (job, { timeoutMs, signal }) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new AssistantError('draining', 'the toolbox is stopping'));
        if (waiting.length >= settings.maxWaiting) return reject(new AssistantError('overloaded', 'Too many calls are waiting. Try again in a moment.'));
        waiting.push({ job, timeoutMs, signal, resolve, reject });
        try {
          dispatch();
        } catch (error) {
          waiting.pop();
          reject(error);
        }
      }),
    close: async () => {
      closed = true;
      for (const job of waiting.splice(0)) job.reject(new AssistantError('draining', 'the toolbox is stopping'));
      await Promise.all([...slots].map((slot) => slot.end()));
    },
  };
};

const cancelled = (): AssistantError => new AssistantError('client_closed', 'The call was cancelled.');

interface SlotEvents {
  readonly free: (slot: Slot) => void;
  readonly gone: (slot: Slot) => void;
}

/** One worker: starting → idle ⇄ busy → gone. The time of a job counts from when the worker is ready. */
class Slot {
  readonly #worker: Worker;
  readonly #events: SlotEvents;
  readonly #idleMs: number;
  #ready = false;
  #job: Job | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopListening: (() => void) | undefined;

  constructor(settings: WorkerPoolSettings, idleMs: number, events: SlotEvents) {
    this.#events = events;
    this.#idleMs = idleMs;
    this.#worker = new Worker(workerFile(settings.name), {
      // Foreign input runs here: it gets no environment, so no secret.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: settings.maxMemoryMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    });
    this.#worker.unref();
    this.#worker.on('message', (message: unknown) => this.#receive(message));
    this.#worker.on('error', (error: unknown) => this.#lose(failure(error)));
    this.#worker.on('exit', () => this.#lose(new AssistantError('tool_failed', 'The worker ended before it was done.')));
  }

  take(job: Job): void {
    clearTimeout(this.#timer);
    this.#job = job;
    const onAbort = (): void => this.#lose(cancelled());
    job.signal.addEventListener('abort', onAbort, { once: true });
    this.#stopListening = () => job.signal.removeEventListener('abort', onAbort);
    if (this.#ready) this.#begin(job);
    else this.#timer = setTimeout(() => this.#lose(new AssistantError('tool_failed', 'The worker did not start.')), START_MS);
  }

  async end(): Promise<void> {
    this.#lose(new AssistantError('draining', 'the toolbox is stopping'));
    await this.#worker.terminate();
  }

  #begin(job: Job): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#lose(new AssistantError('tool_timeout', `It took longer than ${job.timeoutMs} ms and was ended. Ask for less.`)),
      job.timeoutMs,
    );
    this.#worker.postMessage(job.job);
  }

  #receive(message: unknown): void {
    if (!isMessage(message)) return;
    if ('ready' in message) {
      this.#ready = true;
      if (this.#job !== undefined) this.#begin(this.#job);
      return;
    }
    const job = this.#settle();
    if (job === undefined) return;
    this.#timer = setTimeout(() => this.#lose(new AssistantError('internal', 'idle')), this.#idleMs).unref();
    if ('result' in message) job.resolve(message.result);
    else job.reject(new AssistantError('tool_failed', message.failure));
    this.#events.free(this);
  }

  #settle(): Job | undefined {
    clearTimeout(this.#timer);
    this.#stopListening?.();
    const job = this.#job;
    this.#job = undefined;
    return job;
  }

  #lose(error: AssistantError): void {
    this.#settle()?.reject(error);
    void this.#worker.terminate();
    this.#events.gone(this);
  }
}

const failure = (error: unknown): AssistantError =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new AssistantError('tool_failed', 'It needed more memory than allowed and was ended. Ask for less.', { cause: error })
    : new AssistantError('tool_failed', 'The worker failed.', { cause: error });
