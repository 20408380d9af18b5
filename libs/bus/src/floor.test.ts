import fc from 'fast-check';
import { Floor } from './floor';

test('the floor never passes a message that is not done', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), fc.array(fc.nat(200), { maxLength: 80 }), (start, picks) => {
      const floor = new Floor(start);
      const pending: number[] = [];
      let next = start + 1;
      for (const pick of picks) {
        if (pick % 2 === 0 || pending.length === 0) {
          floor.begin(next, pick);
          pending.push(next++);
        } else floor.end(pending.splice(pick % pending.length, 1)[0] ?? -1);
        expect(floor.value).toBe(pending.length === 0 ? next - 1 : Math.min(...pending) - 1);
        expect(floor.pending).toBe(pending.length);
      }
    }),
  );
});
