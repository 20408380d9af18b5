import pino from 'pino';
import type { Hop, LogLevel, LogLine } from '@assistant/contracts';
import { LOG_LEVELS } from '@assistant/contracts';
import { redact } from './redact';

export interface LogFields {
  readonly hop?: Hop;
  readonly trace_id?: string;
  readonly tenant?: string;
  readonly platform?: string;
  /** The conversation's token, never a vendor's chat id. */
  readonly conversation?: string;
  readonly error?: unknown;
  readonly [field: string]: unknown;
}

/** Writes JSON lines to stdout and hands each line to the process's sinks (the NATS shipper, tests). */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  isEnabled(level: LogLevel): boolean;
  child(fields: LogFields): Logger;
}

export type LogSink = (line: string, level: LogLevel, service: string) => void;

export interface LoggerOptions {
  readonly service: string;
  readonly instance: string;
  readonly level: LogLevel;
  readonly sinks?: readonly LogSink[];
  /** Where lines are printed; stdout unless told. */
  readonly print?: (line: string) => void;
}

const errorField = (error: unknown): unknown =>
  error instanceof Error
    ? {
        name: error.name,
        message: error.message,
        ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
        stack: error.stack,
        ...(error.cause === undefined ? {} : { cause: errorField(error.cause) }),
      }
    : error;

/** A logger of one service. Every line is scrubbed of secrets as a whole, so no field can leak one. */
export const createLogger = (options: LoggerOptions): Logger => {
  const print = options.print ?? ((line: string) => void process.stdout.write(line));
  const sinks = options.sinks ?? [];
  const destination = {
    // pino calls write with the finished line; its level stands in `lastLevel` by pino's own protocol.
    lastLevel: 30,
    [Symbol.for('pino.metadata')]: true,
    write(raw: string): void {
      const line = redact(raw);
      print(line);
      const level = pino.levels.labels[destination.lastLevel];
      for (const sink of sinks) sink(line, LOG_LEVELS.find((known) => known === level) ?? 'info', options.service);
    },
  };
  const root = pino(
    {
      level: options.level,
      base: { service: options.service, instance: options.instance },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: errorField },
    },
    destination,
  );
  return wrap(root);
};

const wrap = (target: pino.Logger): Logger => ({
  debug: (message, fields) => target.debug(fields ?? {}, message),
  info: (message, fields) => target.info(fields ?? {}, message),
  warn: (message, fields) => target.warn(fields ?? {}, message),
  error: (message, fields) => target.error(fields ?? {}, message),
  isEnabled: (level) => target.isLevelEnabled(level),
  child: (fields) => wrap(target.child(fields)),
});

/** A logger that says nothing, for tests and tools. */
export const silentLogger: Logger = createLogger({ service: 'silent', instance: 'silent', level: 'fatal', print: () => undefined });

/** A printed line as data; undefined if it is not one of ours. */
export const parseLogLine = (line: string): LogLine | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return isLogLine(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const isLogLine = (value: unknown): value is LogLine =>
  typeof value === 'object' && value !== null && 'time' in value && 'level' in value && 'service' in value && 'msg' in value;
