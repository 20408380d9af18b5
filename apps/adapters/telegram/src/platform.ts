import type { Platform } from '@assistant/adapter-kit';
import { createTelegramAccount } from './account';
import { telegramSection, type TelegramSettings } from './config';
import { telegramManifest } from './manifest';
import type { TelegramCall } from './render';

export const telegramPlatform: Platform<TelegramSettings, TelegramCall> = {
  manifest: telegramManifest,
  section: telegramSection,
  accounts: (settings, tools) =>
    settings.flatMap((account) => (account.enabled && account.token !== undefined ? [createTelegramAccount(account, account.token, tools)] : [])),
  onUnknown: (settings, account) => settings.find(({ name }) => name === account)?.on_unknown ?? telegramManifest.onUnknown,
};
