import fc from 'fast-check';
import { locateJsonError } from './json-position';

test.each([
  ['', 1, 1],
  ['{', 1, 2],
  ['{"a": }', 1, 7],
  ['{"a": 1,}', 1, 9],
  ['{"a" 1}', 1, 6],
  ["{'a': 1}", 1, 2],
  ['[1, 2', 1, 6],
  ['[1 2]', 1, 4],
  ['{"a": 01}', 1, 8],
  ['{"a": tru}', 1, 7],
  ['{"a": "x\ny"}', 1, 7],
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
  ['{} x', 1, 4],
])('%j breaks at line %d, column %d', (text, line, column) => {
  expect(locateJsonError(text)).toMatchObject({ line, column });
});

test('no depth of nesting is too deep', () => {
  expect(locateJsonError('['.repeat(200_000)).offset).toBe(200_000);
});

test('what JSON.parse accepts has its fault at the very end', () => {
  fc.assert(fc.property(fc.json(), (text) => locateJsonError(text).offset === text.length));
});
