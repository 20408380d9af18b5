import type { Rule } from './rule';

const WHEN_EN = String.raw`(?:in|at|on|by|next|tomorrow|tonight|every|this)\b.*`;
const AFTER = new RegExp(String.raw`\bremind me (?:to |that |about |of )(.+?)\s+(${WHEN_EN})$`, 'i');
const BEFORE = new RegExp(String.raw`\bremind me (${WHEN_EN}?)\s+(?:to|that|about|of)\s+(.+)$`, 'i');
const CHINESE =
  /((?:\d+|[一二三四五六七八九十半两]+)\s*(?:个)?(?:分钟|小时|天|周|星期|月)(?:之?后)|(?:今天|明天|后天|大后天|今晚|下?周[一二三四五六日天]|每天|每周\S*?)?\s*(?:早上|上午|中午|下午|晚上|凌晨)?\s*(?:[\d一二三四五六七八九十两]+\s*[点:：]\s*(?:半|[\d一二三四五六七八九十]+分?)?)?)\s*提醒我\s*(.+)$/;
const CHINESE_AFTER =
  /提醒我\s*((?:\d+|[一二三四五六七八九十半两]+)\s*(?:个)?(?:分钟|小时|天|周|星期|月)(?:之?后)|(?:今天|明天|后天|大后天|今晚|下?周[一二三四五六日天]|每天)\s*(?:早上|上午|中午|下午|晚上|凌晨)?\s*(?:[\d一二三四五六七八九十两]+\s*[点:：]\s*(?:半|[\d一二三四五六七八九十]+分?)?)?)\s*(.+)$/;

const wish = (when: string | undefined, text: string | undefined) =>
  when === undefined || text === undefined || when.trim() === '' || text.trim() === ''
    ? undefined
    : { when: when.trim(), text: text.trim().replace(/[.。!！]+$/, '') };

/** Something to be told of later. */
export const reminder: Rule = {
  tools: ['reminder_create', 'reminder', 'reminder_set', 'remind', 'schedule_create', 'schedule'],
  match: (text) => {
    const line = text.trim().replace(/[.。!！]+$/, '');
    const before = BEFORE.exec(line);
    const after = AFTER.exec(line);
    const chinese = CHINESE_AFTER.exec(line) ?? CHINESE.exec(line);
    return wish(before?.[1], before?.[2]) ?? wish(after?.[2], after?.[1]) ?? wish(chinese?.[1], chinese?.[2]);
  },
};
