import type { Command } from './command';

const DONE = {
  en: 'Nothing is running any more.',
  zh: '当前没有正在进行的任务了。',
} as const;

/** The running turn is aborted when this message comes in, before its own turn begins; what is left is to say so. */
export const stopCommand: Command = {
  name: 'stop',
  aliases: ['cancel', '停止', '取消'],
  summary: { en: 'stops the answer that is being made', zh: '停止正在生成的回答' },
  run: async ({ language }) => ({ text: DONE[language] }),
};
