import fc from 'fast-check';
import { formatRoute, parseRoute } from './route';

describe('the router', () => {
  it('starts at the chat', () => {
    for (const hash of ['', '#', '#/', '/']) expect(parseRoute(hash)).toEqual({ page: 'chat', rest: '', query: {} });
  });

  it('reads page, rest and query', () => {
    expect(parseRoute('#/chat/abc.def')).toEqual({ page: 'chat', rest: 'abc.def', query: {} });
    expect(parseRoute('#/logs?trace=4bf9&q=a%20b')).toEqual({ page: 'logs', rest: '', query: { trace: '4bf9', q: 'a b' } });
  });

  it('reads back what it wrote', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '/', '?', '%', '%41', '#', '&', '=', '+', ' ', '界') });
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,10}$/), text, fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), text), (page, rest, query) => {
        expect(parseRoute(formatRoute(page, rest, query))).toEqual({ page, rest, query: { ...query } });
      }),
    );
  });

  it('takes any address without an error', () => {
    fc.assert(fc.property(fc.string(), (hash) => void parseRoute(hash)));
    expect(parseRoute('#/chat/%zz').rest).toBe('%zz');
  });
});
