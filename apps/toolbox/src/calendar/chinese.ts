import { asUtc, wallClockOf, type WallClock } from './zone';

const DIGITS: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };

/** 3, 三, 十二, 二十五, 一百二十, 半; undefined for what is no number below a thousand. */
export const chineseNumber = (text: string): number | undefined => {
  if (/^\d{1,6}(\.\d+)?$/.test(text)) return Number(text);
  if (text === '半') return 0.5;
  const match = /^(?:([一二两三四五六七八九])百)?零?(?:([一二两三四五六七八九])?(十))?([一二两三四五六七八九])?$/.exec(text);
  if (match === null || text === '') return undefined;
  const [, hundreds, tens, ten, ones] = match;
  const digit = (sign: string | undefined): number => (sign === undefined ? 0 : (DIGITS[sign] ?? 0));
  return digit(hundreds) * 100 + (ten === undefined ? 0 : (tens === undefined ? 1 : digit(tens)) * 10) + digit(ones);
};

export type Unit = 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second';

const UNITS: Readonly<Record<string, Unit>> = {
  年: 'year',
  月: 'month',
  周: 'week',
  星期: 'week',
  礼拜: 'week',
  天: 'day',
  日: 'day',
  小时: 'hour',
  钟头: 'hour',
  分钟: 'minute',
  分: 'minute',
  秒钟: 'second',
  秒: 'second',
};

const WORDS: Readonly<Record<string, readonly [number, Unit]>> = {
  大后天: [3, 'day'],
  大前天: [-3, 'day'],
  后天: [2, 'day'],
  前天: [-2, 'day'],
  明天: [1, 'day'],
  明日: [1, 'day'],
  昨天: [-1, 'day'],
  昨日: [-1, 'day'],
  今天: [0, 'day'],
  今日: [0, 'day'],
  下周: [1, 'week'],
  上周: [-1, 'week'],
  下星期: [1, 'week'],
  上星期: [-1, 'week'],
  下个月: [1, 'month'],
  下月: [1, 'month'],
  上个月: [-1, 'month'],
  上月: [-1, 'month'],
  明年: [1, 'year'],
  去年: [-1, 'year'],
  后年: [2, 'year'],
  前年: [-2, 'year'],
};

const RELATIVE =
  /^([\d.]+|[零一二两三四五六七八九十百半]+)\s*个?(?:半)?(年|月|周|星期|礼拜|天|日|小时|钟头|分钟|分|秒钟|秒)(?:钟)?\s*(后|之后|以后|前|之前|以前)$/;

export interface Shift {
  readonly amount: number;
  readonly unit: Unit;
}

/** 三周后, 两个月前, 半小时后, 下个月, 明年 …; undefined for everything else, which a general parser may know. */
export const chineseShift = (text: string): Shift | undefined => {
  const word = Object.hasOwn(WORDS, text) ? WORDS[text] : undefined;
  if (word !== undefined) return { amount: word[0], unit: word[1] };
  const [, number = '', unit = '', direction = ''] = RELATIVE.exec(text) ?? [];
  const amount = chineseNumber(number);
  const known = UNITS[unit];
  return amount === undefined || known === undefined ? undefined : { amount: direction.endsWith('前') ? -amount : amount, unit: known };
};

/** Adds whole years and months on the calendar: the 31st becomes the month's last day where there is none. */
export const addMonths = (wall: WallClock, months: number): WallClock => {
  const index = wall.year * 12 + (wall.month - 1) + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  const lastDay = wallClockOf(asUtc({ ...wall, year, month: month + 1, day: 0 })).day;
  return { ...wall, year, month, day: Math.min(wall.day, lastDay) };
};
