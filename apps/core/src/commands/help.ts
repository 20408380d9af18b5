import type { Command } from './command';

const INTRO = {
  en: 'Write to me as you would to a person. I also know these commands:',
  zh: '像和人聊天一样给我发消息即可。我还支持以下命令：',
} as const;

/** `list` is handed in because the list of commands holds this one too. */
export const helpCommand = (list: () => readonly Command[]): Command => ({
  name: 'help',
  aliases: ['start', '帮助'],
  summary: { en: 'shows this list', zh: '显示本列表' },
  run: async ({ language }) => {
    const lines = list().map(({ name, aliases, usage, summary }) => {
      const chinese = aliases.find((alias) => /\p{Script=Han}/u.test(alias));
      const shown = language === 'zh' && chinese !== undefined ? `/${name} (/${chinese})` : `/${name}`;
      return `- \`${shown}${usage === undefined ? '' : ` ${usage}`}\` – ${summary[language]}`;
    });
    return { text: [INTRO[language], '', ...lines].join('\n') };
  },
});
