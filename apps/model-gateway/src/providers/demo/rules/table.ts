import type { Rule } from './rule';

const SQL = /\bselect\b[\s\S]+?\bfrom\b[\s\S]+/i;
const FILE = /["'“「`]?((?:[\w.~-]+\/)*[\w.-]+\.(?:csv|tsv|xlsx|json|parquet))["'”」`]?/i;

/** A question to a table, put in SQL. */
export const table: Rule = {
  tools: ['table_query', 'sql_query', 'db_query'],
  match: (text) => {
    const sql = SQL.exec(text)?.[0]
      .trim()
      .replace(/[?？]+$/, '');
    if (sql === undefined) return undefined;
    const file = FILE.exec(text)?.[1];
    return { sql, ...(file === undefined ? {} : { path: file }) };
  },
};
