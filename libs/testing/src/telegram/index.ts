export { startFakeTelegram, type FakeTelegram, type FakeTelegramOptions, type Interference } from './server';
export type { LogEntry } from './chats';
export type { SentMessage } from './messages';
export { Refusal } from './refusal';
