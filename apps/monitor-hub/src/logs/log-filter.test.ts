import { AssistantError } from '@assistant/contracts';
import { lineMatcher, parseFilter, parseQuery, termsOf } from './log-filter';
import { storedLine } from './stored-line';
import type { LogRow } from './store-job';

const refusalOf = (act: () => unknown): unknown => {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof AssistantError ? { code: error.code, param: error.details.param } : error;
  }
};

const row = (fields: Record<string, unknown>): LogRow => {
  const stored = storedLine(
    JSON.stringify({ time: '2026-01-31T12:00:00.000Z', level: 'info', service: 'core', instance: 'a', msg: 'Turn committed', ...fields }),
  );
  if (stored === undefined) throw new Error('the fixture is no line');
  return stored;
};

describe('the parameters of a search', () => {
  test('default to the newest hundred lines of everything', () => expect(parseQuery({})).toEqual({ terms: [], limit: 100, before: Number.MAX_SAFE_INTEGER }));

  test('are read as what they mean', () => {
    const query = {
      service: 'core',
      level: 'warn',
      q: 'a "b c"',
      trace: 'AB'.repeat(16),
      tenant: 'acme',
      platform: 'web',
      start: '2026-01-31T12:00:00Z',
      end: '1800000000000',
      limit: '1000',
      cursor: '77',
    };
    expect(parseQuery(query)).toEqual({
      service: 'core',
      level: 3,
      terms: ['a', 'b c'],
      trace: 'ab'.repeat(16),
      tenant: 'acme',
      platform: 'web',
      start: Date.UTC(2026, 0, 31, 12),
      end: 1_800_000_000_000,
      limit: 1000,
      before: 77,
    });
  });

  test.each([
    ['limit', { limit: '0' }],
    ['limit', { limit: '1001' }],
    ['limit', { limit: '-1' }],
    ['limit', { limit: '1e3' }],
    ['limit', { limit: '' }],
    ['level', { level: 'loud' }],
    ['level', { level: ['info', 'warn'] }],
    ['service', { service: "core' or 1=1" }],
    ['tenant', { tenant: 'A B' }],
    ['platform', { platform: '' }],
    ['trace', { trace: 'xyz' }],
    ['start', { start: 'yesterday' }],
    ['end', { end: '2026-13-01T00:00:00Z' }],
    ['end', { start: '20', end: '20' }],
    ['cursor', { cursor: 'abc' }],
    ['q', { q: 'x'.repeat(201) }],
    ['q', { q: 'a b c d e f g h i j k l m' }],
    ['q', { q: { a: 'b' } }],
    ['sevice', { sevice: 'core' }],
  ])('are refused by name: %s in %j', (param, query) => expect(refusalOf(() => parseQuery(query))).toEqual({ code: 'bad_request', param }));

  test('of the tail know no pages', () => {
    expect(refusalOf(() => parseFilter({ limit: '5' }))).toEqual({ code: 'bad_request', param: 'limit' });
    expect(parseFilter({ level: 'error' })).toEqual({ terms: [], level: 4 });
  });

  test.each([
    ['one two', ['one', 'two']],
    ['"one two" three', ['one two', 'three']],
    ['"open end', ['open end']],
    ['a"b c"d', ['a', 'b c', 'd']],
    ['"" " "', [' ']],
    ['模型 调用', ['模型', '调用']],
  ])('read %j as words', (text, terms) => expect(termsOf(text)).toEqual(terms));
});

describe('the filter of the tail', () => {
  test.each([
    [{}, true],
    [{ level: 'info' }, true],
    [{ level: 'warn' }, false],
    [{ service: 'core' }, true],
    [{ service: 'toolbox' }, false],
    [{ tenant: 'acme' }, false],
    [{ platform: 'web' }, true],
    [{ platform: 'telegram' }, false],
    [{ trace: 'cd'.repeat(16) }, false],
    [{ q: 'TURN' }, true],
    [{ q: 'turn failed' }, false],
    [{ q: '"turn committed" 消息' }, true],
    [{ q: '"a\\b"' }, true],
    [{ start: '2026-01-31T12:00:00Z' }, true],
    [{ end: '2026-01-31T12:00:00Z' }, false],
  ])('of %j lets the line through: %s', (query, expected) => {
    expect(lineMatcher(parseFilter(query))(row({ platform: 'web', detail: '消息 a\\b' }))).toBe(expected);
  });
});
