import { describeConformance } from '@assistant/adapter-kit/conformance';
import { telegramManifest } from './manifest';
import { openTelegramBench } from './testing/telegram-bench';

describeConformance({
  name: 'telegram',
  manifest: telegramManifest,
  open: openTelegramBench,
  skips: [
    { requirement: 4, reason: 'a webhook of the Bot API carries no time stamp; its update_id makes a repeat harmless' },
    { requirement: 6, reason: 'setWebhook has no handshake' },
    { requirement: 7, reason: 'webhooks of the Bot API are not encrypted' },
    { requirement: 8, reason: 'Telegram holds one secret_token and replaces it at once by setWebhook' },
    { requirement: 12, reason: 'Telegram tells of a message by one update only; its repeats carry the same update_id' },
    { requirement: 15, reason: 'a webhook of the Bot API carries one update' },
    { requirement: 24, reason: 'the Bot API answers 429 instead of dropping silently' },
    { requirement: 25, reason: "a bot's token does not run out" },
    { requirement: 28, reason: 'a bot may write at any time in a chat that was opened' },
  ],
  own: [{ requirement: 38, file: 'apps/adapters/telegram/src/account.real.test.ts', title: 'an independent client agrees with the fake about the API' }],
});
