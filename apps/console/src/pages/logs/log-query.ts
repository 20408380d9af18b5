import type { LogLevel, LogLine } from '@assistant/contracts';

export const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'fatal'];

export interface LogQuery {
  readonly text: string;
  readonly service: string;
  readonly level: string;
  readonly trace: string;
}

/** The query as the log API takes it; empty fields are left out. */
export const queryString = ({ text, service, level, trace }: LogQuery, more: Readonly<Record<string, string>> = {}): string => {
  const entries = Object.entries({ q: text.trim(), service: service.trim(), level, trace: trace.trim(), ...more });
  return new URLSearchParams(entries.filter(([, value]) => value !== '')).toString();
};

const KNOWN = new Set(['time', 'level', 'service', 'instance', 'msg', 'hop', 'trace_id']);

/** What a line carries besides the columns, as JSON text; empty if nothing. */
export const restOf = (line: LogLine): string => {
  const rest = Object.entries(line).filter(([name]) => !KNOWN.has(name));
  return rest.length === 0 ? '' : JSON.stringify(Object.fromEntries(rest), null, 2);
};

export const isLogLine = (value: unknown): value is LogLine =>
  typeof value === 'object' && value !== null && 'time' in value && 'level' in value && 'msg' in value;

/** The newest lines first, at most `most`, so that a page left open does not grow for ever. */
export const withNewest = (lines: readonly LogLine[], line: LogLine, most: number): readonly LogLine[] => [line, ...lines].slice(0, most);
