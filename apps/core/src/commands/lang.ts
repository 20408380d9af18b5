import type { Command } from './command';

const DONE = {
  en: 'From now on my own messages are in English. I answer you in the language you write in.',
  zh: '从现在起我的提示使用中文。回答仍会跟随您使用的语言。',
} as const;
const USAGE = { en: 'Write `/lang en` or `/lang zh`.', zh: '请发送 `/lang en` 或 `/lang zh`。' } as const;

const CHOICES: Readonly<Record<string, 'en' | 'zh'>> = {
  en: 'en',
  english: 'en',
  英文: 'en',
  英语: 'en',
  zh: 'zh',
  'zh-cn': 'zh',
  chinese: 'zh',
  中文: 'zh',
  汉语: 'zh',
};
const TAGS = { en: 'en', zh: 'zh-CN' } as const;

export const langCommand: Command = {
  name: 'lang',
  aliases: ['language', '语言'],
  usage: 'en|zh',
  summary: { en: 'the language of my own messages', zh: '提示信息的语言' },
  run: async ({ language }, args) => {
    const key = args.toLowerCase();
    const chosen = Object.hasOwn(CHOICES, key) ? CHOICES[key] : undefined;
    return chosen === undefined ? { text: USAGE[language] } : { text: DONE[chosen], session: { language: TAGS[chosen] } };
  },
};
