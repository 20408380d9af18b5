import { addMonths } from './chinese';
import { asUtc, wallClock, type WallClock } from './zone';

export interface CalendarDifference {
  readonly sign: 1 | -1;
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  /** Midnights between both, on the zone's calendar. */
  readonly calendarDays: number;
}

const DAY_MS = 86_400_000;

const dayOf = (wall: WallClock): number => Math.floor(asUtc(wall) / DAY_MS);

/** The time between two instants as a person counts it: whole years and months on the calendar, then the rest. */
export const difference = (from: number, to: number, zone: string): CalendarDifference => {
  const sign = to >= from ? 1 : -1;
  const first = wallClock(Math.min(from, to), zone);
  const last = wallClock(Math.max(from, to), zone);
  let months = (last.year - first.year) * 12 + (last.month - first.month);
  while (months > 0 && asUtc(addMonths(first, months)) > asUtc(last)) months--;
  const rest = Math.floor((asUtc(last) - asUtc(addMonths(first, months))) / 1000);
  return {
    sign,
    years: Math.floor(months / 12),
    months: months % 12,
    days: Math.floor(rest / 86_400),
    hours: Math.floor((rest % 86_400) / 3600),
    minutes: Math.floor((rest % 3600) / 60),
    seconds: rest % 60,
    calendarDays: sign * (dayOf(last) - dayOf(first)),
  };
};
