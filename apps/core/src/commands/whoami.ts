import { callerRole } from '../gate/gate';
import type { Command } from './command';

const LABELS = {
  user: { en: 'Your id', zh: '您的 ID' },
  name: { en: 'Name', zh: '名称' },
  role: { en: 'Role', zh: '角色' },
  place: { en: 'Conversation', zh: '会话' },
  tenant: { en: 'Tenant', zh: '租户' },
} as const;
const ROLES = {
  'direct-user': { en: 'person in a direct conversation', zh: '单聊用户' },
  'group-member': { en: 'member of a group', zh: '群成员' },
} as const;

export const whoamiCommand: Command = {
  name: 'whoami',
  aliases: ['我是谁'],
  summary: { en: 'how I know you', zh: '查看您的身份' },
  run: async ({ language, events: [event], to }) => {
    const name = event.sender.name ?? event.sender.handle;
    return {
      text: [
        `- ${LABELS.user[language]}: \`${event.sender.id}\``,
        ...(name === undefined ? [] : [`- ${LABELS.name[language]}: ${name}`]),
        `- ${LABELS.role[language]}: ${ROLES[callerRole(to.kind)][language]}`,
        `- ${LABELS.place[language]}: ${to.platform}, \`${to.chatId}\`${to.threadId === undefined ? '' : `, \`${to.threadId}\``} (\`${to.conversation}\`)`,
        `- ${LABELS.tenant[language]}: ${to.tenant}`,
      ].join('\n'),
    };
  },
};
