import { AssistantError, LOG_LEVELS, SUBJECT_TOKEN } from '@assistant/contracts';
import { z } from 'zod';
import type { LogRow } from './store-job';

/** Which lines somebody wants to see. Everything that is set must hold. */
export interface LogFilter {
  readonly service?: string | undefined;
  /** Index into LOG_LEVELS: this one and above. */
  readonly level?: number | undefined;
  /** Texts that the line's JSON contains, A-Z and a-z being the same. */
  readonly terms: readonly string[];
  readonly trace?: string | undefined;
  readonly tenant?: string | undefined;
  readonly platform?: string | undefined;
  /** Unix milliseconds, inclusive. */
  readonly start?: number | undefined;
  /** Unix milliseconds, exclusive. */
  readonly end?: number | undefined;
}

export interface LogQuery extends LogFilter {
  readonly limit: number;
  /** Only lines older than the one with this id. */
  readonly before: number;
}

const LONGEST_QUERY = 200;
const MOST_TERMS = 12;
const DEFAULT_LIMIT = 100;
const MOST_LINES = 1000;

/** `turn "model failed"` → two terms. A quote without its partner is closed at the end. */
export const termsOf = (text: string): readonly string[] =>
  [...text.matchAll(/"([^"]*)"?|([^\s"]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').filter((term) => term !== '');

const moment = z.union(
  [
    z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
    z
      .string()
      .regex(/^\d{1,14}$/)
      .transform(Number),
  ],
  'must be a time such as 2026-01-31T12:00:00Z, or Unix milliseconds',
);

const token = (what: string) => z.string().regex(SUBJECT_TOKEN, `must be a ${what}'s name: a-z, 0-9, - and _, at most 40 characters`);

const filterFields = {
  service: token('service').optional(),
  level: z
    .enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`)
    .transform((level) => LOG_LEVELS.indexOf(level))
    .optional(),
  q: z
    .string()
    .max(LONGEST_QUERY, `must be at most ${LONGEST_QUERY} characters`)
    .transform(termsOf)
    .refine((terms) => terms.length <= MOST_TERMS, `must be at most ${MOST_TERMS} words`)
    .optional(),
  trace: z
    .string()
    .regex(/^[0-9a-f]{32}$/i, 'must be a trace id: 32 hexadecimal digits')
    .transform((id) => id.toLowerCase())
    .optional(),
  tenant: token('tenant').optional(),
  platform: token('platform').optional(),
  start: moment.optional(),
  end: moment.optional(),
};

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);

const tailSchema = z.strictObject(filterFields);
const searchSchema = z.strictObject({
  ...filterFields,
  limit: whole(1, MOST_LINES).default(DEFAULT_LIMIT),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the next_cursor of an earlier answer')
    .transform(Number)
    .default(Number.MAX_SAFE_INTEGER),
});

const refuse = (param: string, message: string): never => {
  throw new AssistantError('bad_request', `${param}: ${message}.`, { param });
};

/** A query string as data. Throws `bad_request` with the parameter that is wrong, unknown, or given twice. */
export const parseParameters = <T>(schema: z.ZodType<T>, query: unknown, known: readonly string[]): T => {
  const result = schema.safeParse(query);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue?.code === 'unrecognized_keys') return refuse(String(issue.keys[0]), `there is no such parameter; there are ${known.join(', ')}`);
  const param = String(issue?.path[0] ?? 'query');
  const given: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, param) : undefined;
  return refuse(param, typeof given === 'string' || given === undefined ? (issue?.message ?? 'is wrong') : 'must be given once');
};

const filterOf = ({ q, ...rest }: z.output<typeof tailSchema>): LogFilter => {
  if (rest.start !== undefined && rest.end !== undefined && rest.end <= rest.start) refuse('end', 'must be later than start');
  return { ...rest, terms: q ?? [] };
};

/** The filter of `GET /api/v1/logs/tail`. Throws `bad_request`. */
export const parseFilter = (query: unknown): LogFilter => filterOf(parseParameters(tailSchema, query, Object.keys(tailSchema.shape)));

/** The parameters of `GET /api/v1/logs`. Throws `bad_request`. */
export const parseQuery = (query: unknown): LogQuery => {
  const { limit, cursor: before, ...filter } = parseParameters(searchSchema, query, Object.keys(searchSchema.shape));
  return { ...filterOf(filter), limit, before };
};

/** A term as it stands inside the JSON of a line. */
export const jsonText = (term: string): string => JSON.stringify(term.toWellFormed()).slice(1, -1);

/** Letters as SQLite's LIKE compares them: only A-Z and a-z are the same. */
const folded = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** The same answer for one line as the search gives; made once a filter, asked once a line. */
export const lineMatcher = (filter: LogFilter): ((row: LogRow) => boolean) => {
  const terms = filter.terms.map((term) => folded(jsonText(term)));
  const { service, level = 0, trace, tenant, platform, start = -Infinity, end = Infinity } = filter;
  return (row) => {
    if (row.level < level || row.at < start || row.at >= end) return false;
    if ((service ?? row.service) !== row.service || (trace ?? row.trace) !== row.trace) return false;
    if ((tenant ?? row.tenant) !== row.tenant || (platform ?? row.platform) !== row.platform) return false;
    if (terms.length === 0) return true;
    const text = folded(row.json);
    return terms.every((term) => text.includes(term));
  };
};
