import fc from 'fast-check';
import { LONGEST_LINE, storedLine } from './stored-line';

const line = { time: '2026-01-31T12:00:00.123Z', level: 'warn', service: 'core', instance: 'core-1', msg: 'turn committed' };

describe('a line from the bus', () => {
  test('becomes a row with everything it carried', () => {
    const data = JSON.stringify({ ...line, trace_id: 'ab'.repeat(16), tenant: 'acme', platform: 'web', duration_ms: 12, error: { message: '密钥' } });
    expect(storedLine(data)).toEqual({
      at: Date.UTC(2026, 0, 31, 12, 0, 0, 123),
      level: 3,
      service: 'core',
      tenant: 'acme',
      platform: 'web',
      trace: 'ab'.repeat(16),
      json: expect.stringMatching(/"duration_ms":12.*密钥/),
    });
  });

  test.each([
    ['no JSON', '{"time"'],
    ['no object', '"text"'],
    ['nothing', ''],
    ['an unknown level', JSON.stringify({ ...line, level: 'loud' })],
    ['a level as a number', JSON.stringify({ ...line, level: 30 })],
    ['no time', JSON.stringify({ ...line, time: undefined })],
    ['a time that is none', JSON.stringify({ ...line, time: 'yesterday' })],
    ['a tenant that is no text', JSON.stringify({ ...line, tenant: 7 })],
    ['no message', JSON.stringify({ ...line, msg: undefined })],
  ])('with %s is none of ours', (_what, data) => expect(storedLine(data)).toBeUndefined());

  test('is written in one way, however its writer escaped it', () => {
    const escaped = JSON.stringify(line).replace('turn', '\\u6d88\\u606f');
    expect(storedLine(escaped)?.json).toContain('消息');
  });

  test('that is too long keeps who, when and the beginning of what', () => {
    const row = storedLine(JSON.stringify({ ...line, msg: `begin ${'x'.repeat(100_000)}`, extra: 'y'.repeat(100_000) }));
    expect(row?.json.length).toBeLessThan(LONGEST_LINE);
    expect(JSON.parse(row?.json ?? '')).toMatchObject({ service: 'core', level: 'warn', shortened: true, msg: expect.stringMatching(/^begin x+$/) });
  });

  test('never throws and never grows beyond its bound', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.record({ msg: fc.string({ unit: 'binary', maxLength: 60_000 }), tenant: fc.string() }).map((some) => JSON.stringify({ ...line, ...some })),
        ),
        (data) => {
          const row = storedLine(data);
          return row === undefined || (row.json.length <= LONGEST_LINE * 2 && Number.isFinite(row.at));
        },
      ),
      { numRuns: 300 },
    );
  });
});
