import type { PlatformManifest } from '@assistant/adapter-kit';

export const telegramManifest: PlatformManifest = {
  name: 'telegram',
  title: { en: 'Telegram', zh: 'Telegram' },
  // The Bot API has no idempotency key; its maintainers refused one (tdlib/telegram-bot-api, issue 126).
  senderClass: 'none',
  onUnknown: 'resend',
  // sendMessage: "1-4096 characters after entities parsing" (core.telegram.org/bots/api#sendmessage), counted in UTF-16 units.
  text: { limit: 4096, unit: 'utf16' },
  bodyLimit: 1024 ** 2,
  contentTypes: ['application/json'],
  capabilities: {
    edit: true,
    streaming: 'edit',
    typing: true,
    threads: true,
    replyQuote: true,
    buttons: true,
    groups: true,
    mediaIn: true,
    mediaOut: true,
  },
};

/** core.telegram.org/bots/api#sendphoto: "0-1024 characters after entities parsing". */
export const CAPTION_LIMIT = 1024;
/** core.telegram.org/bots/api#getfile: "bots can download files of up to 20MB in size". */
export const DOWNLOAD_LIMIT_BYTES = 20 * 1024 ** 2;
/** core.telegram.org/bots/api#senddocument: "files of any type of up to 50 MB in size". */
export const UPLOAD_LIMIT_BYTES = 50 * 1024 ** 2;
/** core.telegram.org/bots/api#sendphoto: "The photo must be at most 10 MB in size". */
export const PHOTO_LIMIT_BYTES = 10 * 1024 ** 2;
/** core.telegram.org/bots/api#inlinekeyboardbutton: "Data to be sent in a callback query, 1-64 bytes". */
export const CALLBACK_DATA_BYTES = 64;
/** The networks that webhooks come from (core.telegram.org/bots/webhooks). */
export const WEBHOOK_NETWORKS = ['149.154.160.0/20', '91.108.4.0/22'] as const;
