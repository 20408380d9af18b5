import { AssistantError, type ServiceHealth } from '@assistant/contracts';
import { metrics, type Logger } from '@assistant/telemetry';
import type { LogsSettings } from '../config';
import type { LogQuery } from './log-filter';
import { searchStatement } from './search-statement';
import type { Found, LogRow, StoreAnswer, StoreLimits } from './store-job';
import { StoreThread } from './store-thread';

/** A transaction is written when this many lines wait, or after BATCH_MS. */
const BATCH_LINES = 500;
const BATCH_CHARACTERS = 1024 ** 2;
const BATCH_MS = 100;
const QUEUE_LINES = 20_000;
const QUEUE_CHARACTERS = 32 * 1024 ** 2;
const PRUNE_EVERY_MS = 60_000;
const WRITE_TIMEOUT_MS = 30_000;
/** A search stops after the first of these; what it found is answered with the place to go on. */
const SEARCH_MS = 2000;
const SEARCH_TIMEOUT_MS = 20_000;
const MOST_SEARCHES = 16;
const SEGMENTS = 16;
const LARGEST_SEGMENT = 128 * 1024 ** 2;

export interface LogStore {
  /** Never blocks and never throws; a line that finds the queue full is lost and counted. */
  append(row: LogRow): void;
  /** Newest first, in order of arrival. Throws `overloaded`, `store_unavailable`, `client_closed`. */
  search(query: LogQuery, signal: AbortSignal): Promise<Found>;
  /** Resolves when everything appended so far is written or lost. */
  flush(): Promise<void>;
  /** Lets go of what is too old or too much; runs by itself every minute. */
  prune(): Promise<void>;
  health(): ServiceHealth;
  /** Writes what waits, then closes the files. */
  close(): Promise<void>;
}

export interface LogStoreOptions {
  readonly directory: string;
  readonly settings: () => LogsSettings;
  readonly log: Logger;
}

/** What the two settings mean for the files. A sixteenth of the space goes at a time. */
export const limitsOf = ({ max_bytes: maxBytes, max_days: maxDays }: LogsSettings): StoreLimits => ({
  maxBytes,
  maxAgeMs: maxDays * 24 * 3_600_000,
  segmentBytes: Math.min(LARGEST_SEGMENT, Math.floor(maxBytes / SEGMENTS)),
});

/**
 * The bounded log store: segments of SQLite (built into Node) with an FTS5 trigram index, one file each, named after
 * their first id. Measured with a million lines of 310 bytes on two busy cores:
 *  - day files of JSON lines take 100,000 lines/s, this store 22,000 in bare inserts (without any index 51,000; the
 *    target is 5,000). A word that is not there takes 1.6 to 3.4 s in those files, compared line by line without
 *    regard to case; here about 5 ms, and the filters need no index of their own;
 *  - an index by words does not find Chinese, which has no spaces; trigrams do. One or two characters, and filters
 *    that hardly any line passes, read every line: 0.2 to 0.6 s a million;
 *  - the index holds no positions, which keeps it small; each candidate is compared anyway;
 *  - one database would need deletes row by row and a vacuum to become smaller; a segment is unlinked.
 * One thread writes and one searches, so that neither holds up the other nor, in standalone, the conversations.
 */
export const openLogStore = ({ directory, settings, log }: LogStoreOptions): LogStore => {
  const writer = new StoreThread(directory, 4);
  const reader = new StoreThread(directory, MOST_SEARCHES);
  const queue = createQueue();
  let fault = '';
  let pumping: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const note = (message: string): void => {
    if (message !== '' && message !== fault) log.warn('the log store cannot write; lines are lost until it can', { reason: message });
    fault = message;
  };
  const write = async (rows: readonly LogRow[]): Promise<void> => {
    const failure = await writer.run({ kind: 'write', rows, limits: limitsOf(settings()) }, { timeoutMs: WRITE_TIMEOUT_MS }).then(failureOf, messageOf);
    if (failure !== '') metrics.logDropped.inc(rows.length);
    note(failure);
  };
  /** Writes while whole batches wait; what is left waits for company, because small transactions make the index slow. */
  const drain = async (): Promise<void> => {
    do await write(queue.take());
    while (queue.length >= BATCH_LINES);
    pumping = undefined;
    arm();
  };
  const pump = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    return (pumping ??= drain());
  };
  const arm = (): void => {
    if (queue.length > 0 && pumping === undefined) timer ??= setTimeout(() => void pump(), BATCH_MS);
  };
  const flush = async (): Promise<void> => {
    while (queue.length > 0 || pumping !== undefined) await pump();
  };
  const prune = async (): Promise<void> => {
    note(await writer.run({ kind: 'prune', limits: limitsOf(settings()) }, { timeoutMs: WRITE_TIMEOUT_MS }).then(failureOf, messageOf));
  };
  const pruning = setInterval(() => void prune(), PRUNE_EVERY_MS);
  pruning.unref();
  // Before the first line, which would make the newest of the old segments look young.
  void prune();

  return {
    append: (row) => {
      if (!queue.put(row)) return metrics.logDropped.inc();
      if (queue.length >= BATCH_LINES) void pump();
      else arm();
    },
    search: async (query, signal) => {
      const { start, end, before, limit } = query;
      const answer = await reader.run(
        { kind: 'search', statement: searchStatement(query), start, end, before, limit, timeMs: SEARCH_MS },
        { timeoutMs: SEARCH_TIMEOUT_MS, signal },
      );
      if (answer.kind === 'found') return answer.found;
      throw new AssistantError('store_unavailable', `The log store cannot be searched: ${failureOf(answer)}.`);
    },
    flush,
    prune,
    health: () => (fault === '' ? { status: 'ok', detail: '' } : { status: 'degraded', detail: `log lines are not stored: ${fault}` }),
    close: async () => {
      clearInterval(pruning);
      await flush();
      await Promise.all([writer.close(), reader.close()]);
    },
  };
};

const failureOf = (answer: StoreAnswer): string => (answer.kind === 'failed' ? answer.message : '');
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Lines between the bus and the writer; bounded by number and by size. */
const createQueue = () => {
  let rows: LogRow[] = [];
  let characters = 0;
  return {
    get length() {
      return rows.length;
    },
    /** False when it is full. */
    put: (row: LogRow): boolean => {
      if (rows.length >= QUEUE_LINES || characters + row.json.length > QUEUE_CHARACTERS) return false;
      rows.push(row);
      characters += row.json.length;
      return true;
    },
    /** The oldest lines, as many as make one transaction. */
    take: (): readonly LogRow[] => {
      let count = 0;
      let size = 0;
      for (const { json } of rows.slice(0, BATCH_LINES)) {
        if (count > 0 && size + json.length > BATCH_CHARACTERS) break;
        size += json.length;
        count++;
      }
      const batch = rows.slice(0, count);
      rows = rows.slice(count);
      characters -= size;
      return batch;
    },
  };
};
