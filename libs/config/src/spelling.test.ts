import fc from 'fast-check';
import { editDistance, nearest } from './spelling';

describe('spelling', () => {
  it('counts letters that were added, taken away, changed or swapped', () => {
    expect([
      editDistance('token', 'token'),
      editDistance('tokn', 'token'),
      editDistance('tokne', 'token'),
      editDistance('', 'abc'),
      editDistance('kitten', 'sitting'),
    ]).toEqual([0, 1, 1, 3, 3]);
  });

  it('is the same both ways, and never more than the longer word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (left, right) => {
        const distance = editDistance(left, right);
        expect(distance).toBe(editDistance(right, left));
        expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length));
        expect(distance === 0).toBe(left === right);
      }),
    );
  });

  it('suggests what was most likely meant, and nothing far away', () => {
    const known = ['api_key', 'api_base', 'models'];
    expect([nearest('apikey', known), nearest('api-base', known), nearest('model', known), nearest('temperature', known), nearest('x', known)]).toEqual([
      'api_key',
      'api_base',
      'models',
      undefined,
      undefined,
    ]);
  });
});
