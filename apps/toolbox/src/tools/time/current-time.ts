import { AssistantError } from '@assistant/contracts';
import { z } from 'zod';
import { difference } from '../../calendar/difference';
import { parseMoment, type Moment } from '../../calendar/moment';
import { asUtc, offsetMinutes, offsetText, resolveZone, wallClock } from '../../calendar/zone';
import { defineTool } from '../tool';

const input = z.strictObject({
  time_zone: z.string().max(64).optional().describe("IANA name (Asia/Shanghai), city or offset (+08:00); default: the person's own, else UTC."),
  when: z.string().max(200).optional().describe('Another moment than now: "in 3 weeks", "next friday 15:00", "2026-12-25", "三周后", "后天下午三点".'),
  until: z.string().max(200).optional().describe('A second moment: the result also holds the time between both.'),
});

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const DAY_MS = 86_400_000;

/** ISO 8601 week: the week of the year's first Thursday is week 1. */
const isoWeek = (utcDay: number): number => {
  const thursday = new Date(utcDay + (3 - ((new Date(utcDay).getUTCDay() + 6) % 7)) * DAY_MS);
  return 1 + Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / (7 * DAY_MS));
};

const two = (value: number): string => String(value).padStart(2, '0');

const describeMoment = ({ instant, hasTime }: Moment, zone: string): string => {
  const wall = wallClock(instant, zone);
  const utcDay = asUtc({ ...wall, hour: 0, minute: 0, second: 0 });
  const date = `${String(wall.year).padStart(4, '0')}-${two(wall.month)}-${two(wall.day)}`;
  const time = `${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}`;
  const offset = offsetText(offsetMinutes(instant, zone));
  const weekday = WEEKDAYS[new Date(utcDay).getUTCDay()] ?? '';
  return `${date}${hasTime ? ` ${time}` : ''} ${weekday} (${zone}, UTC${offset}, ISO week ${isoWeek(utcDay)}${hasTime ? `, ${date}T${time}${offset}, Unix ${Math.floor(instant / 1000)}` : ''})`;
};

const UNITS = ['years', 'months', 'days', 'hours', 'minutes', 'seconds'] as const;

const describeDifference = (from: Moment, to: Moment, zone: string): string => {
  const between = difference(from.instant, to.instant, zone);
  const shown = UNITS.filter((unit) => between[unit] > 0 && (from.hasTime || to.hasTime || unit === 'years' || unit === 'months' || unit === 'days'));
  const words = shown.map((unit) => `${between[unit]} ${between[unit] === 1 ? unit.slice(0, -1) : unit}`).join(', ');
  const exact = from.hasTime || to.hasTime ? `, ${Math.round(Math.abs(to.instant - from.instant) / 1000)} seconds in all` : '';
  return `${words === '' ? 'no difference' : words}${between.sign < 0 ? ' earlier' : ''} (${between.calendarDays} calendar days, ${(between.calendarDays / 7).toFixed(1).replace(/\.0$/, '')} weeks${exact})`;
};

const read = (field: 'when' | 'until', text: string, now: number, zone: string): Moment => {
  const moment = parseMoment(text, now, zone);
  if (moment === undefined || !Number.isFinite(moment.instant))
    throw new AssistantError(
      'tool_invalid_arguments',
      `${field}: ${JSON.stringify(text)} names no moment that I can read. Write it as 2026-12-31, 2026-12-31 15:00 or "in 3 weeks".`,
    );
  return moment;
};

export const currentTime = defineTool({
  name: 'current_time',
  title: { en: 'Clock and calendar', zh: '时间与日期' },
  description:
    'The current date and time in any time zone; what date a phrase such as "in 3 weeks" or "下周五" means; the time between two dates. Use it for every question about dates: you do not know what time it is.',
  input,
  risk: 'read',
  effects: 'none',
  retrySafe: true,
  readsPrivate: false,
  ingestsUntrusted: false,
  timeoutMs: 5_000,
  run: async ({ time_zone, when, until }, { caller, now }) => {
    const zone = resolveZone(time_zone ?? (caller.timeZone === '' ? 'UTC' : caller.timeZone));
    if (zone === undefined)
      throw new AssistantError(
        'tool_invalid_arguments',
        `time_zone: ${JSON.stringify(time_zone)} is not known. Use an IANA name such as Europe/Berlin, or an offset such as +08:00.`,
      );
    const instant = now();
    const from: Moment = when === undefined ? { instant, hasTime: true } : read('when', when, instant, zone);
    const lines = [describeMoment(from, zone)];
    if (until !== undefined) {
      const to = read('until', until, instant, zone);
      // "today until Friday" counts days, not the hours that are left of today.
      const start: Moment = when === undefined && !to.hasTime ? read('when', 'today', instant, zone) : from;
      lines.push(`until ${describeMoment(to, zone)}`, describeDifference(start, to, zone));
    }
    return lines.join('\n');
  },
});
