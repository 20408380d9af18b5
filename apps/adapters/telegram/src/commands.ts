/** What Telegram's own menu offers, per language. Core understands more; these are the ones people look for. */
export const MENU = [
  { command: 'help', en: 'What I can do', zh: '我能做什么' },
  { command: 'new', en: 'Start a new conversation', zh: '开始新的会话' },
  { command: 'stop', en: 'Stop the running answer', zh: '停止当前回答' },
  { command: 'model', en: 'Show or switch the model', zh: '查看或切换模型' },
  { command: 'status', en: 'How this conversation is set up', zh: '查看当前会话状态' },
] as const;

export const menuIn = (language: 'en' | 'zh'): readonly { readonly command: string; readonly description: string }[] =>
  MENU.map((entry) => ({ command: entry.command, description: entry[language] }));
