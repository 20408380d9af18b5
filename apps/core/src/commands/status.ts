import { chooseAgent } from '../agent/choose';
import type { Command } from './command';

const LABELS = {
  version: { en: 'Version', zh: '版本' },
  agent: { en: 'Agent', zh: '智能体' },
  model: { en: 'Model', zh: '模型' },
  gateway: { en: "the gateway's default", zh: '网关默认' },
  turns: { en: 'Messages I remember', zh: '记住的消息轮数' },
  tokens: { en: 'Tokens in use (estimate)', zh: '已用 token（估算）' },
  trace: { en: 'Reference', zh: '编号' },
} as const;

/** Answers from what the turn holds, so that it works while the gateway does not. */
export const statusCommand: Command = {
  name: 'status',
  aliases: ['状态'],
  summary: { en: 'model, memory and version', zh: '查看模型、记忆与版本' },
  run: async (turn, _args, deps) => {
    const { language, session, history } = turn;
    const { name, settings } = chooseAgent(deps.config, turn.events[0]);
    const tokens = history.reduce((sum, message) => sum + message.tokens, 0);
    const turns = history.filter(({ role }) => role === 'user').length;
    const model = session.model ?? settings.model;
    return {
      text: [
        `- ${LABELS.version[language]}: ${deps.version}`,
        `- ${LABELS.agent[language]}: ${name}`,
        `- ${LABELS.model[language]}: ${model === '' ? LABELS.gateway[language] : `\`${model}\``}`,
        `- ${LABELS.turns[language]}: ${turns}`,
        `- ${LABELS.tokens[language]}: ${tokens} / ${settings.history_tokens}`,
        `- ${LABELS.trace[language]}: \`${turn.span.traceId}\``,
      ].join('\n'),
    };
  },
};
