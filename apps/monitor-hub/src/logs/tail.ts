import type { ServerResponse } from 'node:http';
import { AssistantError } from '@assistant/contracts';
import { lineMatcher, type LogFilter } from './log-filter';
import type { LogRow } from './store-job';

const MOST_CLIENTS = 50;
/** What waits for one slow client; the oldest lines go first. */
const BUFFER_LINES = 1000;
const BUFFER_CHARACTERS = 1024 ** 2;
const HEARTBEAT_MS = 15_000;
/** A client that takes nothing for this long is cut off. */
const SLOWEST_MS = 60_000;

export interface Tail {
  readonly clients: number;
  /** Shows a line to everybody whose filter it passes. */
  publish(row: LogRow): void;
  /** Answers with a stream of events until the client goes. Throws `overloaded` when too many are there. */
  open(filter: LogFilter, response: ServerResponse): void;
  /** Ends every stream; no new one is opened. */
  close(): void;
}

/** Live lines for the console and for `curl -N`. Whoever reads too slowly loses lines and is told how many. */
export const createTail = ({ heartbeatMs = HEARTBEAT_MS }: { readonly heartbeatMs?: number } = {}): Tail => {
  const clients = new Set<Client>();
  let closed = false;
  return {
    get clients() {
      return clients.size;
    },
    publish: (row) => {
      for (const client of clients) client.offer(row);
    },
    open: (filter, response) => {
      if (closed) throw new AssistantError('draining', 'the monitor hub is stopping');
      if (clients.size >= MOST_CLIENTS) {
        throw new AssistantError('overloaded', `${MOST_CLIENTS} clients follow the log already. Close one of them.`, { retryAfterMs: 10_000 });
      }
      const client = new Client(filter, response, heartbeatMs);
      clients.add(client);
      response.once('close', () => {
        clients.delete(client);
        client.stop();
      });
    },
    close: () => {
      closed = true;
      for (const client of clients) client.end();
    },
  };
};

/** One stream: open ⇄ full (the socket takes no more; lines wait) → closed. */
class Client {
  readonly #matches: (row: LogRow) => boolean;
  readonly #response: ServerResponse;
  readonly #heartbeat: NodeJS.Timeout;
  #waiting: string[] = [];
  #characters = 0;
  #dropped = 0;
  #fullSince: number | undefined;

  constructor(filter: LogFilter, response: ServerResponse, heartbeatMs: number) {
    this.#matches = lineMatcher(filter);
    this.#response = response;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      connection: 'keep-alive',
      // nginx and others would collect the stream first.
      'x-accel-buffering': 'no',
    });
    response.write(': following\n\n');
    response.on('drain', () => this.#drain());
    response.on('error', () => response.destroy());
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    this.#heartbeat.unref();
  }

  offer(row: LogRow): void {
    if (!this.#matches(row)) return;
    if (this.#fullSince === undefined) return this.#send(`event: line\ndata: ${row.json}\n\n`);
    this.#waiting.push(row.json);
    this.#characters += row.json.length;
    while (this.#waiting.length > BUFFER_LINES || this.#characters > BUFFER_CHARACTERS) {
      this.#characters -= this.#waiting.shift()?.length ?? 0;
      this.#dropped++;
    }
  }

  end(): void {
    this.#response.end();
  }

  stop(): void {
    clearInterval(this.#heartbeat);
  }

  #send(text: string): void {
    if (!this.#response.write(text)) this.#fullSince ??= Date.now();
  }

  #drain(): void {
    this.#fullSince = undefined;
    if (this.#dropped > 0) this.#send(`event: dropped\ndata: ${JSON.stringify({ lines: this.#dropped })}\n\n`);
    this.#dropped = 0;
    const lines = this.#waiting;
    this.#waiting = [];
    this.#characters = 0;
    if (lines.length > 0) this.#send(lines.map((json) => `event: line\ndata: ${json}\n\n`).join(''));
  }

  #beat(): void {
    if (this.#fullSince === undefined) this.#response.write(': still here\n\n');
    else if (Date.now() - this.#fullSince > SLOWEST_MS) this.#response.destroy();
  }
}
