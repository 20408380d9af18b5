import { misnamed, missingProofs, titlesIn } from './describe-conformance';
import { REQUIREMENTS } from './table';

const REASON = 'the vendor has no such thing';

test('every requirement stands in the table once', () => {
  expect(REQUIREMENTS.map(({ number }) => number)).toEqual(Array.from({ length: 38 }, (_, index) => index + 1));
});

test('the kit has every test that is named as a proof', () => {
  expect(REQUIREMENTS.flatMap((requirement) => (requirement.kind === 'covered' ? missingProofs(requirement.by) : []))).toEqual([]);
});

test.each([
  ['an unknown number', [{ requirement: 39, reason: REASON }], [], ['there is no requirement 39']],
  [
    'a doubled number',
    [
      { requirement: 6, reason: REASON },
      { requirement: 6, reason: REASON },
    ],
    [],
    ['requirement 6 is named twice'],
  ],
  ['a skip without a reason', [{ requirement: 6, reason: ' ' }], [], ['the skip of requirement 6 has no reason']],
  ['a skip of what is proven', [{ requirement: 38, reason: REASON }], [{ requirement: 38, file: 'x', title: 'y' }], ['requirement 38 is named twice']],
  ['nothing wrong', [{ requirement: 6, reason: REASON }], [{ requirement: 38, file: 'x', title: 'y' }], []],
])('%s is told', (_what, skips, own, expected) => {
  expect(misnamed({ skips, own })).toEqual(expected);
});

test('a title counts only where a test runs under it', () => {
  const source = "test('one', () => {});\n  it.each([\n    [1],\n  ])('two %s', () => {});\n  test.skip('three', () => {});\n// test('four', () => {});\n";
  expect(titlesIn(source)).toEqual(['one', 'two %s']);
  expect(missingProofs([{ file: 'libs/nowhere.test.ts', title: 'one' }])).toHaveLength(1);
});
