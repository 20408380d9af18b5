import type { Command } from './command';

const DONE = {
  en: 'A new conversation. I have forgotten what we said before.',
  zh: '已开始新的对话，之前的内容我都忘记了。',
} as const;

/** Starts the conversation over; the chosen model and language stay. */
export const newCommand: Command = {
  name: 'new',
  aliases: ['reset', '重置', '新对话'],
  summary: { en: 'starts a new conversation', zh: '开始新的对话' },
  run: async ({ language }) => ({ text: DONE[language], session: { startOver: true } }),
};
