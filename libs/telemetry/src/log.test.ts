import { Secret } from '@assistant/contracts';
import { createLogger, parseLogLine } from './log';
import { redact } from './redact';

const TOKEN = '987654321:AAThisIsATokenThatNobodyMaySee_12345';

const lines = (write: (log: ReturnType<typeof createLogger>) => void): readonly string[] => {
  const printed: string[] = [];
  write(createLogger({ service: 'core', instance: 'a', level: 'info', print: (line) => printed.push(line) }));
  return printed;
};

test('a secret is hidden wherever it stands: field, message, error, cause, nested, encoded', () => {
  const secret = new Secret('p4ss/word+1');
  const [line = ''] = lines((log) =>
    log.error(`failed with ${secret.reveal()}`, {
      secret,
      deep: { deeper: [secret.reveal()] },
      url: `https://x.example/?key=${encodeURIComponent(secret.reveal())}`,
      basic: Buffer.from(secret.reveal()).toString('base64'),
      error: new Error(`outer ${secret.reveal()}`, { cause: new Error(`inner ${secret.reveal()}`) }),
    }),
  );
  expect(line).not.toContain('p4ss');
  expect(line).not.toContain(encodeURIComponent('p4ss/word+1'));
  expect(line).not.toContain(Buffer.from('p4ss/word+1').toString('base64').replace(/=+$/, ''));
  expect(parseLogLine(line)).toMatchObject({ level: 'error', service: 'core', error: { message: 'outer ***' } });
});

test('tokens of known shapes are hidden though nobody told us about them', () => {
  expect(redact(`https://api.telegram.org/bot${TOKEN}/sendMessage`)).toBe('https://api.telegram.org/bot***/sendMessage');
  expect(redact('authorization: Bearer abcdefghijklmnop1234')).toBe('authorization: ***');
});

test('a line is what the monitor hub reads: time, level, service, message and fields', () => {
  const [line = '', ...rest] = lines((log) => {
    log.debug('not printed');
    log.child({ platform: 'telegram' }).info('hello', { hop: 'turn.claim' });
  });
  expect(rest).toEqual([]);
  expect(parseLogLine(line)).toMatchObject({ level: 'info', service: 'core', instance: 'a', msg: 'hello', hop: 'turn.claim', platform: 'telegram' });
  expect(parseLogLine('no json')).toBeUndefined();
});
