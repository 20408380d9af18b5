/** Names people use that are no IANA zone; the last part of every IANA name (`Tokyo`) is found without being here. */
const ALIASES: Readonly<Record<string, string>> = {
  beijing: 'Asia/Shanghai',
  china: 'Asia/Shanghai',
  北京: 'Asia/Shanghai',
  上海: 'Asia/Shanghai',
  中国: 'Asia/Shanghai',
  深圳: 'Asia/Shanghai',
  广州: 'Asia/Shanghai',
  香港: 'Asia/Hong_Kong',
  澳门: 'Asia/Macau',
  台北: 'Asia/Taipei',
  东京: 'Asia/Tokyo',
  日本: 'Asia/Tokyo',
  japan: 'Asia/Tokyo',
  首尔: 'Asia/Seoul',
  新加坡: 'Asia/Singapore',
  曼谷: 'Asia/Bangkok',
  迪拜: 'Asia/Dubai',
  印度: 'Asia/Kolkata',
  india: 'Asia/Kolkata',
  delhi: 'Asia/Kolkata',
  mumbai: 'Asia/Kolkata',
  莫斯科: 'Europe/Moscow',
  伦敦: 'Europe/London',
  英国: 'Europe/London',
  uk: 'Europe/London',
  巴黎: 'Europe/Paris',
  法国: 'Europe/Paris',
  柏林: 'Europe/Berlin',
  德国: 'Europe/Berlin',
  germany: 'Europe/Berlin',
  纽约: 'America/New_York',
  boston: 'America/New_York',
  washington: 'America/New_York',
  芝加哥: 'America/Chicago',
  洛杉矶: 'America/Los_Angeles',
  旧金山: 'America/Los_Angeles',
  'san francisco': 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  悉尼: 'Australia/Sydney',
  utc: 'UTC',
  gmt: 'UTC',
  z: 'UTC',
};

const byCity = new Map(Intl.supportedValuesOf('timeZone').map((zone) => [(zone.split('/').at(-1) ?? zone).toLowerCase().replaceAll('_', ' '), zone] as const));

const formatters = new Map<string, Intl.DateTimeFormat>();
const MAX_FORMATTERS = 600;

const formatter = (zone: string): Intl.DateTimeFormat => {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  });
  if (formatters.size < MAX_FORMATTERS) formatters.set(zone, made);
  return made;
};

/** An IANA zone or a fixed offset such as +05:30 from what people write, or undefined. */
export const resolveZone = (name: string): string | undefined => {
  const key = name
    .trim()
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/(时间|time)$/, '')
    .trim();
  const offset = /^(?:utc|gmt)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(key);
  const candidate = Object.hasOwn(ALIASES, key)
    ? ALIASES[key]
    : (byCity.get(key) ?? (offset === null ? name.trim() : `${offset[1]}${(offset[2] ?? '').padStart(2, '0')}:${offset[3] ?? '00'}`));
  if (candidate === undefined || candidate === '') return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: candidate }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
};

/** What a clock on the wall shows. `month` counts from 1. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** The wall clock as if it were UTC, Unix milliseconds: for arithmetic on calendars. */
export const asUtc = ({ year, month, day, hour, minute, second }: WallClock): number => {
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
};

export const wallClockOf = (utc: number): WallClock => {
  const date = new Date(utc);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
};

/** What the clock shows in a zone at an instant. */
export const wallClock = (instant: number, zone: string): WallClock => {
  const parts = new Map(
    formatter(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const year = read('year');
  return {
    year: parts.get('era') === 'BC' ? 1 - year : year,
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
  };
};

/** Minutes east of UTC in a zone at an instant. */
export const offsetMinutes = (instant: number, zone: string): number =>
  Math.round((asUtc(wallClock(instant, zone)) - Math.floor(instant / 1000) * 1000) / 60_000);

/** The instant at which the clock shows this; in the hour that summer time skips, the instant an hour later. */
export const instantOf = (wall: WallClock, zone: string): number => {
  const utc = asUtc(wall);
  const early = utc - offsetMinutes(utc - 86_400_000, zone) * 60_000;
  const late = utc - offsetMinutes(utc + 86_400_000, zone) * 60_000;
  const fits = [early, late].filter((instant) => asUtc(wallClock(instant, zone)) === utc);
  return fits[0] ?? early;
};

/** `+08:00`. */
export const offsetText = (minutes: number): string => {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
};
