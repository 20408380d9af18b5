export { telegramPlatform } from './platform';
export { telegramAdapter } from './service';
