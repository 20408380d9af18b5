import type { LogLine } from '@assistant/contracts';
import { queryString, restOf, withNewest } from './log-query';

const line = (msg: string): LogLine => ({ time: '2026-01-01T00:00:00.000Z', level: 'info', service: 'core', instance: 'a', msg });

describe('the log page', () => {
  it('asks for what was filled in only', () => {
    expect(queryString({ text: ' time out ', service: '', level: 'warn', trace: '' }, { limit: '200', cursor: '' })).toBe('q=time+out&level=warn&limit=200');
  });

  it('shows what a line carries besides its columns', () => {
    expect(restOf(line('x'))).toBe('');
    expect(JSON.parse(restOf({ ...line('x'), sequence: 7 }))).toEqual({ sequence: 7 });
  });

  it('keeps the newest lines first and no more than asked', () => {
    const lines = ['a', 'b', 'c'].reduce<readonly LogLine[]>((before, msg) => withNewest(before, line(msg), 2), []);
    expect(lines.map(({ msg }) => msg)).toEqual(['c', 'b']);
  });
});
