/** One log line, as services print it and as the monitor hub stores it. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogLine {
  /** RFC 3339 with milliseconds. */
  readonly time: string;
  readonly level: LogLevel;
  readonly service: string;
  readonly instance: string;
  readonly msg: string;
  readonly hop?: string;
  readonly trace_id?: string;
  readonly tenant?: string;
  readonly platform?: string;
  /** Whatever else the event carried. */
  readonly [field: string]: unknown;
}
