import type { InboundEvent } from '@assistant/contracts';
import { Admittance } from './admit';

const event = (sender: string, changes: Partial<InboundEvent> = {}): InboundEvent => ({
  v: 1,
  id: 'e',
  type: 'message.created',
  sentAt: '',
  receivedAt: '',
  from: { tenant: 'default', platform: 'telegram', account: 'bot', conversation: 'c'.repeat(22), chatId: '1', kind: 'direct' },
  sender: { id: sender, kind: 'user' },
  message: { id: '1', parts: [], text: '', addressed: true },
  ...changes,
});
const limit = { enabled: true, maxRequests: 2, windowMs: 60_000 };

test('a person over the limit is told once, then passed over, and others are not affected', async () => {
  const admittance = new Admittance();
  const kinds: string[] = [];
  for (let index = 0; index < 5; index++) kinds.push((await admittance.admit(event('7'), limit)).kind);
  expect(kinds).toEqual(['answer', 'answer', 'refuse', 'silent', 'silent']);
  expect((await admittance.admit(event('8'), limit)).kind).toBe('answer');
});

test('without the limit everything is answered', async () => {
  const admittance = new Admittance();
  for (let index = 0; index < 5; index++) expect((await admittance.admit(event('7'), { ...limit, enabled: false })).kind).toBe('answer');
});

test('bots, edits, recalls and what is not meant for the assistant are passed over, with the reason', async () => {
  const admittance = new Admittance();
  expect(await admittance.admit(event('7', { sender: { id: '7', kind: 'bot' } }), limit)).toEqual({ kind: 'silent', reason: 'bot' });
  expect(await admittance.admit(event('7', { type: 'message.updated' }), limit)).toEqual({ kind: 'silent', reason: 'edited' });
  expect(await admittance.admit(event('7', { type: 'message.deleted' }), limit)).toEqual({ kind: 'silent', reason: 'recalled' });
  expect(await admittance.admit(event('7', { message: { id: '1', parts: [], text: '', addressed: false } }), limit)).toEqual({
    kind: 'silent',
    reason: 'not-addressed',
  });
});
