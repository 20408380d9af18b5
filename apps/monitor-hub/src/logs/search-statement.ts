import { jsonText, type LogFilter } from './log-filter';
import type { SearchStatement } from './store-job';

/** The index knows three characters at a time; more of them than this narrow nothing further. */
const MOST_TRIGRAMS = 48;

/** Three neighbouring characters each, as FTS5's trigram tokenizer cuts a text: by code point. */
export const trigramsOf = (text: string): readonly string[] => {
  const characters = [...text];
  return characters.slice(2).map((_, index) => characters.slice(index, index + 3).join(''));
};

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Makes every character stand for itself in a LIKE pattern whose escape is `\`. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/**
 * The search of one segment. The index gives candidates (lines that hold all trigrams of the terms), LIKE decides: so
 * the index needs no positions, which makes it small. Terms of one or two characters are left to LIKE alone: two
 * Chinese characters are a word. Newest first is the order of arrival: rows come in the order of their ids, and
 * nothing is sorted.
 */
export const searchStatement = (filter: LogFilter): SearchStatement => {
  const terms = filter.terms.map(jsonText);
  const trigrams = [...new Set(terms.flatMap(trigramsOf))].slice(0, MOST_TRIGRAMS);
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const where = (condition: string, value: string | number | undefined): void => {
    if (value === undefined) return;
    conditions.push(condition);
    values.push(value);
  };
  where('words match ?', trigrams.length === 0 ? undefined : trigrams.map(quoted).join(' AND '));
  where('line.trace = ?', filter.trace);
  where('line.level >= ?', filter.level);
  where('line.service = ?', filter.service);
  where('line.tenant = ?', filter.tenant);
  where('line.platform = ?', filter.platform);
  where('line.at >= ?', filter.start);
  where('line.at < ?', filter.end);
  for (const term of terms) where(`line.json like ? escape '\\'`, containing(term));
  const id = trigrams.length === 0 ? 'line.id' : 'words.rowid';
  const from = trigrams.length === 0 ? 'line' : 'words cross join line on line.id = words.rowid';
  return {
    sql: `select line.id as id, line.json as json from ${from} where ${[...conditions, `${id} < ?`].join(' and ')} order by ${id} desc limit ?`,
    values,
  };
};
