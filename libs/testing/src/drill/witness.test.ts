import { duplicateCount, judge, markOf } from './witness';

const accepted = new Map([['7', 3]]);
const answer = (index: number) => ({ chat: '7', text: `echo: ${markOf('7', index)}` });

test('every answer once and in order is a clean verdict', () => {
  const verdict = judge(accepted, [answer(0), answer(1), answer(2)]);
  expect(verdict).toEqual({ missing: [], duplicates: new Map(), outOfOrder: 0, strange: [] });
});

test('what is missing, doubled, swapped or strange is told apart', () => {
  const verdict = judge(accepted, [answer(2), answer(0), answer(0), answer(2), { chat: '7', text: 'Sorry' }]);
  expect(verdict.missing).toEqual([markOf('7', 1)]);
  expect(duplicateCount(verdict)).toBe(2);
  expect(verdict.outOfOrder).toBe(1);
  expect(verdict.strange).toEqual(['Sorry']);
});

test('an answer in the wrong chat is strange, not an answer', () => {
  expect(judge(accepted, [{ chat: '8', text: `echo: ${markOf('7', 0)}` }]).missing).toHaveLength(3);
});

test('one mark is never the beginning of another', () => {
  expect(judge(new Map([['7', 12]]), [answer(11)]).missing).toContain(markOf('7', 1));
});
