import { startToolbox, type RunningToolbox } from '../../testing/toolbox-server';

describe('current_time', () => {
  let toolbox: RunningToolbox;
  beforeAll(async () => (toolbox = await startToolbox({ now: () => Date.UTC(2026, 10, 23, 7, 30, 5) })));
  afterAll(async () => toolbox.stop());
  const ask = async (input: unknown, timeZone = '') =>
    (
      await toolbox.invoke({
        tool: 'current_time',
        arguments: JSON.stringify(input),
        idempotencyKey: 'k',
        caller: { tenant: '', platform: '', account: '', conversation: '', userId: '', language: '', timeZone },
      })
    ).at(-1)?.result;

  it.each([
    [{}, '', '2026-11-23 07:30:05 Monday (UTC, UTC+00:00, ISO week 48, 2026-11-23T07:30:05+00:00, Unix 1795419005)'],
    [{}, 'Asia/Shanghai', '2026-11-23 15:30:05 Monday (Asia/Shanghai, UTC+08:00, ISO week 48, 2026-11-23T15:30:05+08:00, Unix 1795419005)'],
    [{ time_zone: '东京' }, 'Asia/Shanghai', '2026-11-23 16:30:05 Monday (Asia/Tokyo, UTC+09:00, ISO week 48, 2026-11-23T16:30:05+09:00, Unix 1795419005)'],
    [{ when: '三周后' }, '', '2026-12-14 Monday (UTC, UTC+00:00, ISO week 51)'],
    [{ when: '2027-01-01' }, '', '2027-01-01 Friday (UTC, UTC+00:00, ISO week 53)'],
    [
      { until: '2026-12-25' },
      '',
      '2026-11-23 07:30:05 Monday (UTC, UTC+00:00, ISO week 48, 2026-11-23T07:30:05+00:00, Unix 1795419005)\nuntil 2026-12-25 Friday (UTC, UTC+00:00, ISO week 52)\n1 month, 2 days (32 calendar days, 4.6 weeks)',
    ],
    [
      { when: '2024-02-29', until: '2026-11-23' },
      '',
      '2024-02-29 Thursday (UTC, UTC+00:00, ISO week 9)\nuntil 2026-11-23 Monday (UTC, UTC+00:00, ISO week 48)\n2 years, 8 months, 25 days (998 calendar days, 142.6 weeks)',
    ],
    [{ when: 'now', until: 'in 90 minutes' }, '', expect.stringContaining('1 hour, 30 minutes (0 calendar days, 0 weeks, 5400 seconds in all)')],
    [{ when: 'tomorrow', until: 'today' }, '', expect.stringContaining('1 day earlier (-1 calendar days')],
  ])('answers %j in zone %j', async (input, zone, expected) => {
    expect(await ask(input, zone)).toMatchObject({ ok: true, content: expected });
  });

  it.each([
    [{ time_zone: 'Atlantis' }, /time_zone: "Atlantis" is not known/],
    [{ when: 'gibberish' }, /when: "gibberish" names no moment/],
    [{ zone: 'UTC' }, /zone/],
  ])('refuses %j and says what to write', async (input, message) => {
    const result = await ask(input);
    expect(result).toMatchObject({ ok: false, error: { code: 'tool_invalid_arguments' } });
    expect(result?.error?.message).toMatch(message);
  });
});
