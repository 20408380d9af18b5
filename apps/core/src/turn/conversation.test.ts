import type { HistoryMessage } from '@assistant/contracts';
import { historyEntry, withinBudget } from './conversation';

const message = (tokens: number): HistoryMessage => ({ role: 'user', parts: [], tokens, at: 0 });
const entries = [historyEntry(1, [message(50)]), historyEntry(2, [message(30), message(30)]), historyEntry(3, [message(40)])];

test('the newest entries that fit the budget together are kept', () => {
  expect(withinBudget(entries, 1000)).toHaveLength(3);
  expect(withinBudget(entries, 100).map(({ sequence }) => sequence)).toEqual([2, 3]);
  expect(withinBudget(entries, 99).map(({ sequence }) => sequence)).toEqual([3]);
});

test('the last turn stays even if it alone is over the budget', () => {
  expect(withinBudget(entries, 1).map(({ sequence }) => sequence)).toEqual([3]);
  expect(withinBudget([], 1)).toEqual([]);
});
