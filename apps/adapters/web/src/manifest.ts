import type { PlatformManifest } from '@assistant/adapter-kit';

/** The web chat as data. A reply needs no send: the page reads the commit itself, so none can be doubled. */
export const webManifest: PlatformManifest = {
  name: 'web',
  title: { en: 'Web chat', zh: '网页聊天' },
  senderClass: 'key',
  onUnknown: 'resend',
  // A commit on TURN must stay below the broker's message limit of 1 MiB.
  text: { limit: 262_144, unit: 'utf16' },
  bodyLimit: 256 * 1024,
  contentTypes: ['application/json', 'multipart/form-data'],
  capabilities: {
    edit: false,
    streaming: 'native',
    typing: true,
    threads: false,
    replyQuote: false,
    buttons: true,
    groups: false,
    mediaIn: true,
    mediaOut: true,
  },
};
