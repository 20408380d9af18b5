import type { ServerResponse } from 'node:http';
import type { WebEvent } from '@assistant/contracts';

const HEARTBEAT_MS = 15_000;
/** How long a client may take to read what is under way to it before it is cut off; it resumes where it was. */
const SLOWEST_MS = 60_000;
const RETRY_MS = 2000;

/** One event in SSE framing. JSON holds no line break, so one `data:` line is enough. */
export const frame = (event: WebEvent): string => {
  const id = event.kind === 'commit' ? `id: ${event.turn.sequence}\n` : '';
  return `${id}event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`;
};

/** The sequence to go on after: the browser's own Last-Event-ID wins over the address's `after`. */
export const resumePoint = (lastEventId: string | undefined, after: string | undefined): number | undefined => {
  for (const text of [lastEventId, after]) if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text);
  return undefined;
};

const drained = (response: ServerResponse, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const settle = (ok: boolean): void => {
      clearTimeout(timer);
      response.off('drain', onDrain);
      signal.removeEventListener('abort', onAbort);
      resolve(ok);
    };
    const onDrain = (): void => settle(true);
    const onAbort = (): void => settle(false);
    const timer = setTimeout(onAbort, SLOWEST_MS);
    response.once('drain', onDrain);
    signal.addEventListener('abort', onAbort);
  });

/** Writes events until they end, the client goes, or it is too slow. Waits for the client before it takes the next one. */
export const writeEvents = async (
  response: ServerResponse,
  events: AsyncIterable<WebEvent>,
  signal: AbortSignal,
  heartbeatMs = HEARTBEAT_MS,
): Promise<void> => {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    connection: 'keep-alive',
    // nginx and others would collect the stream first.
    'x-accel-buffering': 'no',
  });
  response.write(`retry: ${RETRY_MS}\n\n`);
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': still here\n\n');
  }, heartbeatMs);
  try {
    for await (const event of events) {
      if (signal.aborted || (!response.write(frame(event)) && !(await drained(response, signal)))) break;
    }
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
};
