import type { Readable } from 'node:stream';
import { isAssistantError, type Usage } from '@assistant/contracts';
import type { StreamInspector } from '../../wires/openai-chat/inspect';
import type { Attempt } from '../provider';

/** Where a stream goes: an HTTP response, or anything that says when it is full. */
export interface ByteSink {
  /** False when the sink is full: then `drain` follows. */
  write(bytes: Uint8Array): boolean;
  once(event: 'drain', listener: () => void): unknown;
}

/** After the answer is complete, nobody waits long for `[DONE]` or for the end of the connection. */
const GRACE_MS = 2000;

/**
 * An answer on its way from a provider to a caller, byte for byte. `open` waits for the first real event, `pipe` then
 * hands everything on: no waiting between two pieces but for a full sink, which stops the reading at the provider.
 */
export class PassedStream {
  readonly #body: Readable;
  readonly #inspector: StreamInspector;
  readonly #attempt: Attempt;
  readonly #explain: (error: unknown) => Error;
  #held: Buffer[] = [];
  #sink: ByteSink | undefined;
  #over = false;
  #failure: Error | undefined;
  #graceful = false;
  #full = false;
  #settle: { resolve(): void; reject(error: Error): void } | undefined;

  private constructor(body: Readable, inspector: StreamInspector, attempt: Attempt, explain: (error: unknown) => Error) {
    this.#body = body;
    this.#inspector = inspector;
    this.#attempt = attempt;
    this.#explain = explain;
    body.on('data', (chunk: Buffer) => this.#data(chunk));
    body.on('end', () => this.#ended());
    body.on('error', (error: unknown) => this.#broken(error));
    body.on('close', () => this.#broken(Object.assign(new Error('closed before its end'), { code: 'ECONNRESET' })));
  }

  /** Throws what the provider reports instead of a first event; then nothing has been sent to the caller. */
  static async open(body: Readable, inspector: StreamInspector, attempt: Attempt, explain: (error: unknown) => Error): Promise<PassedStream> {
    const stream = new PassedStream(body, inspector, attempt, explain);
    await stream.#settled();
    return stream;
  }

  get usage(): Usage | undefined {
    return this.#inspector.usage;
  }

  get model(): string {
    return this.#inspector.model;
  }

  get finishReasons(): readonly string[] {
    return this.#inspector.finishReasons;
  }

  /** Resolves after the last byte was handed to the sink. Throws when the answer breaks off. */
  async pipe(sink: ByteSink): Promise<void> {
    this.#sink = sink;
    const held = this.#held;
    this.#held = [];
    if (held.length > 0) this.#write(held.length === 1 && held[0] !== undefined ? held : [Buffer.concat(held)]);
    if (this.#over) {
      if (this.#failure !== undefined) throw this.#failure;
      return;
    }
    if (!this.#full) this.#resume();
    await this.#settled();
  }

  #settled(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }

  #data(chunk: Buffer): void {
    if (this.#over) return;
    this.#attempt.watch.heard();
    try {
      this.#hand(this.#inspector.push(chunk));
    } catch (error) {
      this.#fail(error);
    }
  }

  #hand(pieces: readonly Buffer[]): void {
    if (this.#sink === undefined) {
      this.#held.push(...pieces);
      if (this.#inspector.done && !this.#inspector.real) return this.#finish(() => this.#inspector.end());
      if (!this.#inspector.real) return;
      this.#attempt.watch.firstToken();
      this.#pause();
      if (this.#inspector.done) this.#finish();
      else this.#settle?.resolve();
      return;
    }
    this.#write(pieces);
    if (this.#inspector.done) this.#finish();
    else if (this.#inspector.complete && !this.#graceful) {
      this.#graceful = true;
      this.#attempt.watch.atMost(GRACE_MS);
    }
  }

  #write(pieces: readonly Buffer[]): void {
    for (const piece of pieces) {
      if (this.#sink?.write(piece) === false) this.#wait();
    }
  }

  #wait(): void {
    if (this.#full) return;
    this.#full = true;
    this.#pause();
    this.#sink?.once('drain', () => {
      this.#full = false;
      if (!this.#over) this.#resume();
    });
  }

  #pause(): void {
    this.#body.pause();
    this.#attempt.watch.pause();
  }

  #resume(): void {
    this.#attempt.watch.resume();
    this.#body.resume();
  }

  #ended(): void {
    if (this.#over) return;
    try {
      const rest = this.#inspector.end();
      if (this.#sink === undefined) this.#held.push(...rest);
      else this.#write(rest);
      this.#finish();
    } catch (error) {
      this.#fail(error);
    }
  }

  #broken(error: unknown): void {
    if (this.#over) return;
    // Once the answer is complete, how the connection ends is of no interest, unless it was the caller who left.
    if (!this.#inspector.complete || this.#callerLeft()) return this.#fail(error);
    const rest = [this.#inspector.close()];
    if (this.#sink === undefined) this.#held.push(...rest);
    else this.#write(rest);
    this.#finish();
  }

  #callerLeft(): boolean {
    const reason: unknown = this.#attempt.signal.reason;
    return isAssistantError(reason) && reason.code === 'client_closed';
  }

  #fail(error: unknown): void {
    this.#over = true;
    this.#failure = this.#explain(error);
    this.#attempt.watch.stop();
    this.#body.destroy();
    this.#settle?.reject(this.#failure);
  }

  /** Lets the connection come to its own end, so that it can be used again. */
  #finish(check?: () => void): void {
    try {
      check?.();
    } catch (error) {
      return this.#fail(error);
    }
    this.#over = true;
    this.#attempt.watch.stop();
    if (!this.#body.readableEnded) {
      const timer = setTimeout(() => this.#body.destroy(), GRACE_MS);
      timer.unref();
      this.#body.once('close', () => clearTimeout(timer));
      this.#body.resume();
    }
    this.#settle?.resolve();
  }
}
