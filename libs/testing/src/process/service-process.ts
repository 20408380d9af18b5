import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { reap } from './reaper';

export interface ServiceProcessOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Every line of output, as it comes. */
  readonly onLine?: (line: string) => void;
  readonly onExit?: (code: number | null, signal: NodeJS.Signals | null) => void;
}

const KEPT_LINES = 500;
const KEPT_LINE_LENGTH = 4000;
/** Linux counts processor time for /proc in hundredths of a second, on every architecture Node runs on (proc(5)). */
const TICKS_PER_SECOND = 100;

/** A child process in a group of its own, whose last lines of output are kept and whose life is ours. */
export class ServiceProcess {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  /** Resolves when it has ended, or could not be started. */
  readonly exited: Promise<void>;
  #failure: Error | undefined;

  constructor(options: ServiceProcessOptions) {
    this.name = options.name;
    this.#child = spawn(options.command, options.args, { cwd: options.cwd, env: { ...options.env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    reap(this.#child);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.#lines.push(line.slice(0, KEPT_LINE_LENGTH));
        if (this.#lines.length > KEPT_LINES) this.#lines.shift();
        options.onLine?.(line);
      });
    }
    this.exited = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#failure = error;
        resolve();
      });
      this.#child.once('exit', (code, signal) => {
        resolve();
        options.onExit?.(code, signal);
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get alive(): boolean {
    return this.#failure === undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Why it is not running, in words; undefined while it runs. */
  get ending(): string | undefined {
    if (this.#failure !== undefined) return `could not be started: ${this.#failure.message}`;
    if (this.#child.signalCode !== null) return `was killed by ${this.#child.signalCode}`;
    return this.#child.exitCode === null ? undefined : `ended with code ${this.#child.exitCode}`;
  }

  get lastLines(): readonly string[] {
    return this.#lines;
  }

  /** Signals this one process, not what it started: as the kernel's out-of-memory killer does. */
  signal(name: NodeJS.Signals): void {
    if (this.alive) this.#child.kill(name);
  }

  async kill9(): Promise<void> {
    this.signal('SIGKILL');
    await this.exited;
  }

  /** Asks it to end and waits; kills it after the limit. Resolves with its exit code, null when it was killed. */
  async terminate(limitMs = 35_000): Promise<number | null> {
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.signal('SIGKILL'), limitMs);
    await this.exited;
    clearTimeout(timer);
    return this.#child.exitCode;
  }

  /** Resident memory in bytes, 0 when it is gone. */
  get rssBytes(): number {
    try {
      return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
    } catch {
      return 0;
    }
  }

  /** Processor time used, seconds (user and system), 0 when it is gone. */
  get cpuSeconds(): number {
    try {
      // The name in parentheses may itself hold parentheses and spaces.
      const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
    } catch {
      return 0;
    }
  }
}
