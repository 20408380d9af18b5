import { LOG_LEVELS } from '@assistant/contracts';
import { z } from 'zod';
import type { LogRow } from './store-job';

/** A longer line is kept without its extra fields and with a shortened message; characters. */
export const LONGEST_LINE = 32_768;
const LONGEST_MESSAGE = 8192;
const LONGEST_NAME = 200;

const name = z.string().max(LONGEST_NAME);
const lineSchema = z.looseObject({
  time: z.iso.datetime({ offset: true }),
  level: z.enum(LOG_LEVELS),
  service: name.min(1),
  instance: name,
  msg: z.string(),
  hop: name.optional(),
  trace_id: name.optional(),
  tenant: name.optional(),
  platform: name.optional(),
});

const parsed = (data: string): unknown => {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
};

/** A line as it came over the bus, ready to be stored; undefined when it is not one of ours. */
export const storedLine = (data: string): LogRow | undefined => {
  const result = lineSchema.safeParse(parsed(data));
  if (!result.success) return undefined;
  const line = result.data;
  const { time, level, service, instance, msg, hop, trace_id: trace, tenant, platform } = line;
  // Written anew, so that equal texts are equal bytes: other writers escape what JSON.stringify leaves as it is.
  const whole = JSON.stringify(line);
  const json =
    whole.length <= LONGEST_LINE
      ? whole
      : JSON.stringify({
          time,
          level,
          service,
          instance,
          hop,
          trace_id: trace,
          tenant,
          platform,
          msg: msg.slice(0, LONGEST_MESSAGE).toWellFormed(),
          shortened: true,
        });
  return { at: Date.parse(time), level: LOG_LEVELS.indexOf(level), service, tenant: tenant ?? null, platform: platform ?? null, trace: trace ?? null, json };
};
