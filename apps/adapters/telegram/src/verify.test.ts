import { Secret } from '@assistant/contracts';
import type { RawRequest } from '@assistant/adapter-kit';
import { derivedSecret, isTelegramAddress, refusal } from './verify';

const request = (secret: string | undefined, remoteAddress = '127.0.0.1'): RawRequest => ({
  method: 'POST',
  path: '',
  query: {},
  headers: secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret },
  body: Buffer.from('{}'),
  remoteAddress,
});

test('with a secret only the secret counts', () => {
  expect(refusal(request('right'), 'right')).toBeUndefined();
  expect(refusal(request('wrong'), 'right')).toMatch(/wrong/);
  expect(refusal(request('righ'), 'right')).toMatch(/wrong/);
  expect(refusal(request(undefined, '149.154.160.1'), 'right')).toMatch(/missing/);
});

test("without one only Telegram's own networks are believed", () => {
  expect(refusal(request(undefined, '149.154.167.220'), undefined)).toBeUndefined();
  expect(refusal(request(undefined, '203.0.113.9'), undefined)).toMatch(/networks/);
  expect(['149.154.160.0', '149.154.175.255', '91.108.4.1', '::ffff:91.108.7.255'].every(isTelegramAddress)).toBe(true);
  expect(['149.154.176.0', '91.108.8.0', '2001:67c:4e8::1', 'not an address', ''].some(isTelegramAddress)).toBe(false);
});

test('every replica derives the same secret, of characters that Telegram allows', () => {
  const token = new Secret('123456789:AAFakeTokenForTestsOnly_0123456789abc');
  expect(derivedSecret(token)).toBe(derivedSecret(new Secret(token.reveal())));
  expect(derivedSecret(token)).toMatch(/^[A-Za-z0-9_-]{43}$/);
});
