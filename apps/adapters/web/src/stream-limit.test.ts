import { StreamLimit } from './stream-limit';

describe('the open event streams', () => {
  it('are bounded for one visitor, and free again when closed', () => {
    const limit = new StreamLimit();
    const mine = Array.from({ length: 16 }, () => limit.open('me'));
    expect(() => limit.open('me')).toThrow(expect.objectContaining({ code: 'rate_limited' }));
    limit.open('you');
    mine[0]?.close();
    mine[0]?.close();
    limit.open('me');
    expect(limit.count).toBe(17);
  });

  it('end together', () => {
    const limit = new StreamLimit();
    const streams = [limit.open('me'), limit.open('you')];
    limit.endAll();
    expect(streams.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(limit.ending.aborted).toBe(true);
    expect(() => limit.open('late')).toThrow(expect.objectContaining({ code: 'draining' }));
  });
});
