import fc from 'fast-check';
import { createCallLimit } from './limit';

const settings = { max_concurrent: 3, max_concurrent_per_caller: 2 };

describe('the call limit', () => {
  it('counts in all and by caller, and gives places back once', () => {
    const limit = createCallLimit();
    const first = limit.take('a', settings);
    limit.take('a', settings);
    expect(() => limit.take('a', settings)).toThrow(expect.objectContaining({ code: 'overloaded' }));
    limit.take('b', settings);
    expect(() => limit.take('c', settings)).toThrow(expect.objectContaining({ code: 'overloaded' }));
    first();
    first();
    expect(limit.running).toBe(2);
    limit.take('c', settings);
    expect(() => limit.take('c', settings)).toThrow();
  });

  it('never lets more in than allowed, whatever comes and goes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.boolean()), { maxLength: 100 }), (moves) => {
        const limit = createCallLimit();
        const taken: (readonly [string, () => void])[] = [];
        for (const [caller, take] of moves) {
          if (take) {
            try {
              taken.push([caller, limit.take(caller, settings)]);
            } catch {
              expect(taken.length === 3 || taken.filter(([owner]) => owner === caller).length === 2).toBe(true);
            }
          } else taken.shift()?.[1]();
          expect(limit.running).toBe(taken.length);
          expect(taken.length).toBeLessThanOrEqual(3);
        }
      }),
    );
  });
});
