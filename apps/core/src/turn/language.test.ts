import type { InboundEvent } from '@assistant/contracts';
import { languageOf } from './language';

const event = (text: string, language?: string): InboundEvent => ({
  v: 1,
  id: 'e',
  type: 'message.created',
  sentAt: '',
  receivedAt: '',
  from: { tenant: 'default', platform: 'web', account: 'web', conversation: 'c'.repeat(22), chatId: '1', kind: 'direct' },
  sender: { id: '7', kind: 'user' },
  message: { id: '1', parts: [], text, addressed: true },
  ...(language === undefined ? {} : { language }),
});

test('what a person chose counts before what they write, and that before what their client says', () => {
  expect(languageOf(event('你好'), { window: 0, language: 'en' })).toBe('en');
  expect(languageOf(event('你好', 'en'), { window: 0 })).toBe('zh');
  expect(languageOf(event('hello', 'zh-CN'), { window: 0 })).toBe('zh');
  expect(languageOf(event('hello'), { window: 0 })).toBe('en');
  expect(languageOf(event('こんにちは世界'), { window: 0 })).toBe('en');
});
