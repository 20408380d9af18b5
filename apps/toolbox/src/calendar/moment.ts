import { casual, zh, type ParsedResult } from 'chrono-node';
import { addMonths, chineseShift, type Shift } from './chinese';
import { asUtc, instantOf, wallClock, wallClockOf, type WallClock } from './zone';

export interface Moment {
  /** Unix milliseconds. */
  readonly instant: number;
  /** False for a whole day; `instant` is its beginning then. */
  readonly hasTime: boolean;
}

const DAY_MS = 86_400_000;
const CLOCK_UNITS = { hour: 3_600_000, minute: 60_000, second: 1_000 } as const;

/** The moment a text names, seen from `now` on the clocks of `zone`; undefined when it names none. */
export const parseMoment = (text: string, now: number, zone: string): Moment | undefined => {
  const wanted = text.trim();
  const unix = /^@?(\d{10})(\d{3})?$/.exec(wanted);
  if (unix !== null) return { instant: Number(unix[1]) * 1000 + Number(unix[2] ?? 0), hasTime: true };
  const shift = chineseShift(wanted.replace(/\s+/g, ''));
  if (shift !== undefined) return shifted(shift, now, zone);
  return parsed(wanted, now, zone);
};

const startOfDay = (wall: WallClock): WallClock => ({ ...wall, hour: 0, minute: 0, second: 0 });

const shifted = ({ amount, unit }: Shift, now: number, zone: string): Moment => {
  if (unit === 'hour' || unit === 'minute' || unit === 'second') return { instant: now + amount * CLOCK_UNITS[unit], hasTime: true };
  const today = startOfDay(wallClock(now, zone));
  const day =
    unit === 'year' || unit === 'month'
      ? addMonths(today, Math.round(amount * (unit === 'year' ? 12 : 1)))
      : wallClockOf(asUtc(today) + Math.round(amount * (unit === 'week' ? 7 : 1)) * DAY_MS);
  return { instant: instantOf(day, zone), hasTime: false };
};

/** The parser is shown the zone's clock as if it were UTC, so that it depends neither on this machine nor on summer time. */
const parsed = (text: string, now: number, zone: string): Moment | undefined => {
  const clock = asUtc(wallClock(now, zone));
  const reference = { instant: new Date(clock), timezone: 0 };
  const options = { forwardDate: true };
  const found = [...casual.parse(text, reference, options), ...zh.hans.parse(text, reference, options)].sort((a, b) => b.text.length - a.text.length)[0];
  return found === undefined ? undefined : momentOf(found, clock, now, zone);
};

const momentOf = ({ start }: ParsedResult, clock: number, now: number, zone: string): Moment | undefined => {
  const tags = start.tags();
  if (tags.has('casualReference/now')) return { instant: now, hasTime: true };
  const read = (component: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'): number => start.get(component) ?? 0;
  const wall = { year: read('year'), month: read('month'), day: read('day'), hour: read('hour'), minute: read('minute'), second: read('second') };
  // "in 5 hours" is five hours from now, also in the night of a time change.
  if (tags.has('result/relativeDateAndTime')) return { instant: now + (asUtc(wall) - clock), hasTime: true };
  const hasTime = start.isCertain('hour');
  const offset = start.isCertain('timezoneOffset') ? start.get('timezoneOffset') : null;
  if (hasTime && offset !== null) return { instant: asUtc(wall) - offset * 60_000, hasTime };
  return { instant: instantOf(hasTime ? wall : startOfDay(wall), zone), hasTime };
};
