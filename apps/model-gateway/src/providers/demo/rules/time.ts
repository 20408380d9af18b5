import type { Meanings, Rule } from './rule';

const CITIES: Readonly<Record<string, string>> = {
  北京: 'Asia/Shanghai',
  上海: 'Asia/Shanghai',
  深圳: 'Asia/Shanghai',
  香港: 'Asia/Hong_Kong',
  台北: 'Asia/Taipei',
  东京: 'Asia/Tokyo',
  首尔: 'Asia/Seoul',
  新加坡: 'Asia/Singapore',
  伦敦: 'Europe/London',
  巴黎: 'Europe/Paris',
  柏林: 'Europe/Berlin',
  莫斯科: 'Europe/Moscow',
  悉尼: 'Australia/Sydney',
  纽约: 'America/New_York',
  洛杉矶: 'America/Los_Angeles',
};

const NOW =
  /\bwhat(?:'s| is)? (?:the )?(?:current |local )?(?:time|date|day)\b(?! (?:complexity|zone|limit|frame|signature))|\bwhat time is it\b|\bwhat(?:'s| is) today\b|\bwhich day is\b|\b(?:current|today'?s) (?:time|date)\b|现在(?:是)?(?:几点|什么时间|什么时候|时间)|几点了|几点钟|今天(?:是)?(?:几号|星期几|周几|几月几号|什么日子|日期)|当前(?:时间|日期)|现在时间/i;

const UNTIL =
  /\bhow (?:many (?:days|weeks|hours)|long)(?: (?:is it|are there|are left|left|remain))?(?: (?:until|till|to|before))\s+(.+?)\s*\??$|(?:距离|离|到)\s*(.+?)\s*(?:还有|有)\s*(?:多少|几)\s*(?:天|周|星期|小时)/i;

const MOMENT =
  /\b(?:what|which) (?:date|day)(?: of the week)? (?:is|was|will it be|falls on)(?: it)?\s+(.+?)\s*\??$|^(.+?[天周月年后])(?:是|将是)\s*(?:几号|星期几|周几|什么日子)/i;

/** Days that calendars move or chrono does not know; the next one counts. */
const FEASTS: readonly (readonly [RegExp, string])[] = [
  [/^christmas(?: day)?$|^圣诞节?$/i, '12-25'],
  [/^christmas eve$|^平安夜$/i, '12-24'],
  [/^new year(?:'s)?(?: day)?$|^元旦$/i, '01-01'],
  [/^new year'?s eve$|^halloween$/i, '12-31'],
  [/^国庆节?$/, '10-01'],
  [/^劳动节$|^五一$/, '05-01'],
];

const zoneOf = (text: string): Meanings => {
  const city = Object.keys(CITIES).find((name) => text.includes(name));
  if (city !== undefined) return { time_zone: CITIES[city] ?? '' };
  const [, place] = /\bin (?:the )?([A-Z][\p{L}/_]+(?: [A-Z][\p{L}]+)*)\s*(?:now|right now|today)?\s*\??$/u.exec(text) ?? [];
  if (place !== undefined) return { time_zone: place };
  const [, offset] = /\b(?:UTC|GMT)\s*([+-]\d{1,2}(?::\d{2})?)\b/i.exec(text) ?? [];
  return offset === undefined ? (/\b(?:UTC|GMT)\b/.test(text) ? { time_zone: 'UTC' } : {}) : { time_zone: offset };
};

/** The next time that month and day come, as year-month-day; the year is told by the clock of whoever asks. */
const dayOf = (phrase: string, today: Date): string => {
  const feast = FEASTS.find(([name]) => name.test(phrase.trim()))?.[1];
  if (feast === undefined) return phrase.trim();
  const year = today.getUTCFullYear();
  return today.toISOString().slice(5, 10) <= feast ? `${year}-${feast}` : `${year + 1}-${feast}`;
};

/** Time and date, here, elsewhere and at another moment. */
export const time = (now: () => number): Rule => ({
  tools: ['current_time', 'datetime', 'get_current_time', 'time', 'clock'],
  match: (text) => {
    const until = UNTIL.exec(text);
    if (until !== null) return { until: dayOf(until[1] ?? until[2] ?? '', new Date(now())), ...zoneOf('') };
    const moment = MOMENT.exec(text);
    const when = moment?.[1] ?? moment?.[2];
    if (when !== undefined && !/^(?:today|it|now|今天)$/i.test(when.trim())) return { when: dayOf(when, new Date(now())) };
    return NOW.test(text) ? zoneOf(text) : undefined;
  },
});
