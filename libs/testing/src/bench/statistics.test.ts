import { median, percentiles } from './statistics';

test('percentiles are values of the sample, by nearest rank', () => {
  const sample = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentiles(sample)).toEqual({ count: 100, p50: 50, p90: 90, p99: 99, max: 100 });
  expect(percentiles([7])).toEqual({ count: 1, p50: 7, p90: 7, p99: 7, max: 7 });
  expect(percentiles([])).toEqual({ count: 0, p50: 0, p90: 0, p99: 0, max: 0 });
  expect(median([3, 1, 2])).toBe(2);
});
