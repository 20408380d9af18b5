import fc from 'fast-check';
import { addMonths, chineseNumber } from './chinese';
import { difference } from './difference';
import { parseMoment } from './moment';
import { asUtc, instantOf, offsetMinutes, offsetText, resolveZone, wallClock } from './zone';

// A Monday.
const NOW = Date.UTC(2026, 10, 23, 7, 30);
const iso = (text: string, zone = 'UTC', now = NOW): string | undefined => {
  const moment = parseMoment(text, now, zone);
  return moment && `${new Date(moment.instant).toISOString()}${moment.hasTime ? '' : ' day'}`;
};

describe('a moment in words', () => {
  it.each([
    ['now', '2026-11-23T07:30:00.000Z'],
    ['today', '2026-11-23T00:00:00.000Z day'],
    ['tomorrow', '2026-11-24T00:00:00.000Z day'],
    ['in 3 weeks', '2026-12-14T00:00:00.000Z day'],
    ['3 days ago', '2026-11-20T00:00:00.000Z day'],
    ['in 5 hours', '2026-11-23T12:30:00.000Z'],
    ['tomorrow at 9am', '2026-11-24T09:00:00.000Z'],
    ['2026-12-25', '2026-12-25T00:00:00.000Z day'],
    ['2026-12-25 15:00', '2026-12-25T15:00:00.000Z'],
    ['2026-12-25T15:00:00+08:00', '2026-12-25T07:00:00.000Z'],
    ['Dec 25', '2026-12-25T00:00:00.000Z day'],
    ['Jan 5', '2027-01-05T00:00:00.000Z day'],
    ['friday', '2026-11-27T00:00:00.000Z day'],
    ['1795419000', '2026-11-23T07:30:00.000Z'],
    ['今天', '2026-11-23T00:00:00.000Z day'],
    ['明天', '2026-11-24T00:00:00.000Z day'],
    ['后天', '2026-11-25T00:00:00.000Z day'],
    ['大后天', '2026-11-26T00:00:00.000Z day'],
    ['前天', '2026-11-21T00:00:00.000Z day'],
    ['三周后', '2026-12-14T00:00:00.000Z day'],
    ['3个星期后', '2026-12-14T00:00:00.000Z day'],
    ['十二天前', '2026-11-11T00:00:00.000Z day'],
    ['两个月后', '2027-01-23T00:00:00.000Z day'],
    ['半小时后', '2026-11-23T08:00:00.000Z'],
    ['90分钟以后', '2026-11-23T09:00:00.000Z'],
    ['下个月', '2026-12-23T00:00:00.000Z day'],
    ['明年', '2027-11-23T00:00:00.000Z day'],
    ['下周一', '2026-11-30T00:00:00.000Z day'],
    ['后天下午三点', '2026-11-25T15:00:00.000Z'],
    ['2026年12月25日', '2026-12-25T00:00:00.000Z day'],
    ['hello', undefined],
    ['', undefined],
  ])('%j is %s', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it('is a day on the clocks of its zone', () => {
    // In Shanghai it is already the 24th.
    const evening = Date.UTC(2026, 10, 23, 20, 0);
    expect(iso('today', 'Asia/Shanghai', evening)).toBe('2026-11-23T16:00:00.000Z day');
    expect(iso('明天', 'Asia/Shanghai', evening)).toBe('2026-11-24T16:00:00.000Z day');
    expect(iso('tomorrow at 9am', 'Asia/Shanghai', evening)).toBe('2026-11-25T01:00:00.000Z');
  });

  it('keeps the hour over a change of summer time, and counts hours as hours', () => {
    // In New York summer time began on 8 March 2026 at 2:00.
    const before = Date.UTC(2026, 2, 7, 17, 0);
    expect(iso('tomorrow at 12:00', 'America/New_York', before)).toBe('2026-03-08T16:00:00.000Z');
    expect(iso('in 24 hours', 'America/New_York', before)).toBe('2026-03-08T17:00:00.000Z');
    expect(iso('24小时后', 'America/New_York', before)).toBe('2026-03-08T17:00:00.000Z');
  });

  it('is read without throwing from any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => void parseMoment(text, NOW, 'Asia/Shanghai')));
  });
});

describe('time zones', () => {
  it.each([
    ['Asia/Shanghai', 'Asia/Shanghai'],
    ['北京', 'Asia/Shanghai'],
    ['北京时间', 'Asia/Shanghai'],
    ['Beijing time', 'Asia/Shanghai'],
    ['tokyo', 'Asia/Tokyo'],
    ['New York', 'America/New_York'],
    ['new_york', 'America/New_York'],
    ['纽约', 'America/New_York'],
    ['UTC', 'UTC'],
    ['+08:00', '+08:00'],
    ['UTC+8', '+08:00'],
    ['GMT-3', '-03:00'],
    ['Atlantis', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('%s is %s', (name, expected) => {
    expect(resolveZone(name)).toBe(expected);
  });

  it('turn a clock into the instant it shows, for every instant', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000_000 }),
        fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
        (seconds, zone) => {
          const wall = wallClock(seconds * 1000, zone);
          // In the hour that is repeated in autumn two instants show the same clock.
          expect(asUtc(wallClock(instantOf(wall, zone), zone))).toBe(asUtc(wall));
          expect(Math.abs(instantOf(wall, zone) - seconds * 1000)).toBeLessThanOrEqual(3_600_000);
        },
      ),
    );
  });

  it('have offsets', () => {
    expect(offsetText(offsetMinutes(NOW, 'Asia/Kathmandu'))).toBe('+05:45');
    expect(offsetText(offsetMinutes(NOW, 'America/New_York'))).toBe('-05:00');
  });
});

describe('the time between', () => {
  const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);
  it.each([
    ['2026-01-31', '2026-02-28', { years: 0, months: 1, days: 0, calendarDays: 28 }],
    ['2026-01-31', '2026-03-01', { years: 0, months: 1, days: 1, calendarDays: 29 }],
    ['2024-02-29', '2025-02-28', { years: 1, months: 0, days: 0, calendarDays: 365 }],
    ['2026-11-23', '2026-11-23', { years: 0, months: 0, days: 0, calendarDays: 0 }],
    ['2027-01-01', '2026-12-31', { sign: -1, years: 0, months: 0, days: 1, calendarDays: -1 }],
  ])('%s and %s', (from, to, expected) => {
    expect(difference(day(from), day(to), 'UTC')).toMatchObject(expected);
  });

  it('adds up: the earlier date plus the years, months and days is the later one', () => {
    const instant = fc.integer({ min: 0, max: 60_000 }).map((days) => days * 86_400_000);
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const { years, months, days } = difference(a, b, 'UTC');
        const sum = asUtc(addMonths(wallClock(Math.min(a, b), 'UTC'), years * 12 + months)) + days * 86_400_000;
        expect(sum).toBe(Math.max(a, b));
      }),
    );
  });
});

describe('Chinese numbers', () => {
  it.each([
    ['三', 3],
    ['十', 10],
    ['十二', 12],
    ['二十', 20],
    ['二十五', 25],
    ['一百', 100],
    ['一百零五', 105],
    ['一百二十三', 123],
    ['两', 2],
    ['半', 0.5],
    ['15', 15],
    ['', undefined],
    ['百', undefined],
    ['三三', undefined],
  ])('%s is %s', (text, expected) => {
    expect(chineseNumber(text)).toBe(expected);
  });
});
