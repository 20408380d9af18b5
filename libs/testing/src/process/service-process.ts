import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { reap } from './reaper';

export interface ServiceProcessOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Every line of output, as it comes. */
  readonly onLine?: (line: string) => void;
  readonly onExit?: (code: number | null, signal: NodeJS.Signals | null) => void;
}

/** A child process whose output is kept (the last lines of it) and whose life is ours. */
export class ServiceProcess {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #exited: Promise<void>;

  constructor(options: ServiceProcessOptions) {
    this.name = options.name;
    this.#child = spawn(options.command, options.args, { cwd: options.cwd, env: { ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
    reap(this.#child);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.#lines.push(line);
        if (this.#lines.length > 500) this.#lines.shift();
        options.onLine?.(line);
      });
    }
    this.#exited = new Promise((resolve) => {
      this.#child.once('error', () => resolve());
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
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get lastLines(): readonly string[] {
    return this.#lines;
  }

  signal(name: NodeJS.Signals): void {
    if (this.alive) this.#child.kill(name);
  }

  async kill9(): Promise<void> {
    this.signal('SIGKILL');
    await this.#exited;
  }

  /** Asks it to end and waits; kills it after the limit. Resolves with its exit code, null when it was killed. */
  async terminate(limitMs = 35_000): Promise<number | null> {
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.signal('SIGKILL'), limitMs);
    await this.#exited;
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

  /** Processor time used, seconds (user and system). */
  get cpuSeconds(): number {
    try {
      const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
    } catch {
      return 0;
    }
  }
}
