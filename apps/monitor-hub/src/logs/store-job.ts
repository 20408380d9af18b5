/** One line as the store keeps it. */
export interface LogRow {
  /** When it was printed, Unix milliseconds. */
  readonly at: number;
  /** Index into LOG_LEVELS. */
  readonly level: number;
  readonly service: string;
  readonly tenant: string | null;
  readonly platform: string | null;
  readonly trace: string | null;
  /** The whole line, as `JSON.stringify` writes it. */
  readonly json: string;
}

export interface StoreLimits {
  /** Space on disk, bytes, with indexes and write-ahead logs. */
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  /** A segment is closed when it is this large. */
  readonly segmentBytes: number;
}

/**
 * A search for one segment: `sql` selects `id` and `json` and takes `values`, then the id to stay below, then the
 * number of rows. It is made of fixed pieces only (search-statement.ts); everything of the caller's is a value.
 */
export interface SearchStatement {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

export interface SearchJob {
  readonly kind: 'search';
  readonly statement: SearchStatement;
  /** Segments without a line in [start, end) are passed over; Unix milliseconds. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  /** Only lines with a smaller id. */
  readonly before: number;
  readonly limit: number;
  /** After this long no further segment is looked at; the answer then says where to go on. */
  readonly timeMs: number;
}

/** What the store's threads are asked to do. */
export type StoreJob =
  | { readonly kind: 'write'; readonly rows: readonly LogRow[]; readonly limits: StoreLimits }
  | { readonly kind: 'prune'; readonly limits: StoreLimits }
  | SearchJob
  | { readonly kind: 'close' };

export interface Found {
  /** Newest first. */
  readonly lines: readonly string[];
  /** Go on below this id; null when nothing is left. */
  readonly next: number | null;
}

export type StoreAnswer = { readonly kind: 'done' } | { readonly kind: 'found'; readonly found: Found } | { readonly kind: 'failed'; readonly message: string };
