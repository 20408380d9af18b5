// The log store's files; an entry of its own, run as two worker threads (see log-store.ts): one writes, one searches.
// It imports packages only, so that Node can run it from its source as well.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Found, LogRow, SearchJob, StoreAnswer, StoreJob, StoreLimits } from './store-job';

const DAY_MS = 24 * 3_600_000;
/** More ids than one segment can hold: where counting goes on after a segment whose last id cannot be read. */
const ID_GAP = 100_000_000;
/** SQLite result codes of a file that is damaged or no database (sqlite.org/rescode.html: SQLITE_CORRUPT, SQLITE_NOTADB). */
const DAMAGED = [11, 26];

const SCHEMA = `
  pragma journal_mode = wal;
  pragma synchronous = normal;
  pragma journal_size_limit = 4194304;
  create table if not exists line (
    id integer primary key, at integer not null, level integer not null, service text not null,
    tenant text, platform text, trace text, json text not null
  ) strict;
  create index if not exists line_trace on line (trace, id) where trace is not null;
  create table if not exists segment (opened integer not null, first_at integer, last_at integer) strict;
  create virtual table if not exists words using fts5 (body, content = '', tokenize = 'trigram', detail = none, columnsize = 0);
`;

interface Segment {
  readonly file: string;
  /** The smallest id it may hold; its name. */
  readonly firstId: number;
  readonly damaged: boolean;
}

const given: unknown = workerData;
const directory = typeof given === 'object' && given !== null && 'directory' in given ? String(given.directory) : '';

const segmentFile = (firstId: number): string => join(directory, `${String(firstId).padStart(15, '0')}.db`);

/** Oldest first; none before the first line came. */
const segments = (): readonly Segment[] =>
  (existsSync(directory) ? readdirSync(directory) : [])
    .filter((name) => /^\d{15}\.(?:db|bad)$/.test(name))
    .sort()
    .map((name) => ({ file: join(directory, name), firstId: Number(name.slice(0, 15)), damaged: name.endsWith('.bad') }));

const parts = (file: string): readonly string[] => [file, `${file}-wal`, `${file}-shm`];

const sizeOf = (file: string): number => parts(file).reduce((sum, part) => sum + (statSync(part, { throwIfNoEntry: false })?.size ?? 0), 0);

/** When something was last written to it, Unix milliseconds. A search makes an empty write-ahead log, which says nothing. */
const writtenAt = (file: string): number =>
  Math.max(
    ...[file, `${file}-wal`].map((part) => {
      const stat = statSync(part, { throwIfNoEntry: false });
      return stat === undefined || stat.size === 0 ? 0 : stat.mtimeMs;
    }),
  );

const remove = (file: string): void => parts(file).forEach((part) => rmSync(part, { force: true }));

const isDamage = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && DAMAGED.includes(error.errcode % 256);

const numberOf = (row: Readonly<Record<string, unknown>> | undefined, column: string): number | undefined => {
  const value = row?.[column];
  return typeof value === 'number' ? value : undefined;
};

/** The segment that lines are appended to. */
class Writer {
  readonly file: string;
  readonly #database: DatabaseSync;
  readonly #line: StatementSync;
  readonly #words: StatementSync;
  readonly #span: StatementSync;
  readonly #openedAt: number;
  #nextId: number;

  /** Opens a segment or makes it. Throws what SQLite says; then nothing is left open. */
  constructor(file: string, firstId: number) {
    this.file = file;
    const database = new DatabaseSync(file, { timeout: 5000 });
    try {
      database.exec(SCHEMA);
      if (database.prepare('select 1 from segment').get() === undefined) database.prepare('insert into segment (opened) values (?)').run(Date.now());
      this.#openedAt = numberOf(database.prepare('select opened from segment').get(), 'opened') ?? 0;
      this.#nextId = Math.max(firstId, (numberOf(database.prepare('select max(id) as id from line').get(), 'id') ?? 0) + 1);
      this.#line = database.prepare('insert into line values (?, ?, ?, ?, ?, ?, ?, ?)');
      this.#words = database.prepare('insert into words (rowid, body) values (?, ?)');
      this.#span = database.prepare('update segment set first_at = min(coalesce(first_at, ?1), ?1), last_at = max(coalesce(last_at, ?2), ?2)');
    } catch (error) {
      database.close();
      throw error;
    }
    this.#database = database;
  }

  get nextId(): number {
    return this.#nextId;
  }

  isFull(limits: StoreLimits): boolean {
    return Date.now() - this.#openedAt > DAY_MS || sizeOf(this.file) >= limits.segmentBytes;
  }

  append(rows: readonly LogRow[]): void {
    let id = this.#nextId;
    this.#database.exec('begin immediate');
    try {
      let first = Infinity;
      let last = -Infinity;
      for (const { at, level, service, tenant, platform, trace, json } of rows) {
        this.#line.run(id, at, level, service, tenant, platform, trace, json);
        this.#words.run(id, json);
        first = Math.min(first, at);
        last = Math.max(last, at);
        id++;
      }
      this.#span.run(first, last);
      this.#database.exec('commit');
    } catch (error) {
      // SQLite has rolled back by itself after some failures, a full disk among them.
      if (this.#database.isTransaction) this.#database.exec('rollback');
      throw error;
    }
    this.#nextId = id;
  }

  close(): void {
    try {
      this.#database.exec('pragma wal_checkpoint(truncate)');
    } catch {
      // A damaged segment, or one that a search reads: the write-ahead log stays beside it.
    }
    this.#database.close();
  }
}

let writer: Writer | undefined;
/** Ids are never given twice, also when every segment is gone: a file's name then means one content. */
let unusedId = 1;

const closeWriter = (): void => {
  unusedId = Math.max(unusedId, writer?.nextId ?? 0);
  writer?.close();
  writer = undefined;
};

/** Damaged files stay for whoever wants to look, until their turn comes to go. */
const setAside = (segment: Segment): Writer => {
  renameSync(segment.file, segment.file.replace(/\.db$/, '.bad'));
  for (const part of parts(segment.file)) rmSync(part, { force: true });
  const firstId = segment.firstId + ID_GAP;
  return new Writer(segmentFile(firstId), firstId);
};

const openWriter = (): Writer => {
  mkdirSync(directory, { recursive: true });
  const newest = segments().at(-1);
  if (newest === undefined) return new Writer(segmentFile(unusedId), unusedId);
  const firstId = newest.firstId + ID_GAP;
  if (newest.damaged) return new Writer(segmentFile(firstId), firstId);
  try {
    return new Writer(newest.file, newest.firstId);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return setAside(newest);
  }
};

/** Lets the oldest segments go until a full newest one has room as well, and those that are too old. */
const prune = (limits: StoreLimits): void => {
  const now = Date.now();
  const all = segments();
  const sizes = all.map(({ file }) => (file === writer?.file ? Math.max(limits.segmentBytes, sizeOf(file)) : sizeOf(file)));
  let total = sizes.reduce((sum, size) => sum + size, 0);
  all.forEach(({ file }, index) => {
    const old = now - writtenAt(file) > limits.maxAgeMs;
    if (!old && total <= limits.maxBytes) return;
    if (file === writer?.file) {
      if (!old) return;
      closeWriter();
    }
    remove(file);
    total -= sizes[index] ?? 0;
  });
};

const appendSafely = (rows: readonly LogRow[]): void => {
  writer ??= openWriter();
  try {
    writer.append(rows);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const { file } = writer;
    closeWriter();
    writer = setAside({ file, firstId: Number(/(\d{15})\.db$/.exec(file)?.[1] ?? 0), damaged: false });
    writer.append(rows);
  }
};

const write = (rows: readonly LogRow[], limits: StoreLimits): void => {
  appendSafely(rows);
  if (writer?.isFull(limits) !== true) return;
  const { nextId } = writer;
  closeWriter();
  writer = new Writer(segmentFile(nextId), nextId);
  prune(limits);
};

const readers = new Map<string, DatabaseSync>();

const readerOf = (file: string): DatabaseSync => {
  const known = readers.get(file);
  if (known !== undefined) return known;
  const opened = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  readers.set(file, opened);
  return opened;
};

const forgetReader = (file: string): void => {
  readers.get(file)?.close();
  readers.delete(file);
};

const outside = (database: DatabaseSync, { start, end }: SearchJob): boolean => {
  const span = database.prepare('select first_at, last_at from segment').get();
  const first = numberOf(span, 'first_at');
  const last = numberOf(span, 'last_at');
  if (first === undefined || last === undefined) return false;
  return (start !== undefined && last < start) || (end !== undefined && first >= end);
};

interface Row {
  readonly id: number;
  readonly json: string;
}

const rowsOf = (file: string, job: SearchJob, limit: number): readonly Row[] => {
  try {
    const database = readerOf(file);
    if (outside(database, job)) return [];
    const { sql, values } = job.statement;
    const rows: Row[] = [];
    for (const { id, json } of database.prepare(sql).iterate(...values, job.before, limit)) {
      if (typeof id === 'number' && typeof json === 'string') rows.push({ id, json });
    }
    return rows;
  } catch (error) {
    forgetReader(file);
    // A segment that was let go of or made this very moment, or a damaged one, must not hide all others.
    if (isDamage(error) || !existsSync(file) || isUnready(error)) return [];
    throw error;
  }
};

/** A segment whose file exists and whose tables do not yet. */
const isUnready = (error: unknown): boolean => error instanceof Error && /no such table/.test(error.message);

const search = (job: SearchJob): Found => {
  const deadline = Date.now() + job.timeMs;
  const all = segments().filter(({ damaged }) => !damaged);
  for (const file of readers.keys()) if (!all.some((segment) => segment.file === file)) forgetReader(file);
  const lines: string[] = [];
  for (const { file, firstId } of all.toReversed()) {
    if (firstId >= job.before) continue;
    const rows = rowsOf(file, job, job.limit - lines.length);
    for (const { json } of rows) lines.push(json);
    const last = rows.at(-1);
    if (lines.length >= job.limit && last !== undefined) return { lines, next: last.id };
    if (Date.now() >= deadline) return { lines, next: firstId === all[0]?.firstId ? null : firstId };
  }
  return { lines, next: null };
};

const answer = (job: StoreJob): StoreAnswer => {
  switch (job.kind) {
    case 'write':
      write(job.rows, job.limits);
      return { kind: 'done' };
    case 'prune':
      prune(job.limits);
      return { kind: 'done' };
    case 'search':
      return { kind: 'found', found: search(job) };
    case 'close':
      closeWriter();
      for (const file of [...readers.keys()]) forgetReader(file);
      return { kind: 'done' };
  }
};

parentPort?.on('message', (job: StoreJob) => {
  try {
    parentPort?.postMessage(answer(job));
  } catch (error) {
    parentPort?.postMessage({ kind: 'failed', message: error instanceof Error ? error.message : String(error) } satisfies StoreAnswer);
  }
});
