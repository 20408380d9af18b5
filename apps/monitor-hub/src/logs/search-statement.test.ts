import fc from 'fast-check';
import { searchStatement, trigramsOf } from './search-statement';

describe('the statement of a search', () => {
  test('holds nothing that the caller wrote', () => {
    const shapes = new Set<string>();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 3, maxLength: 40 }), fc.string({ minLength: 1 }), (term, service) => {
        const { sql, values } = searchStatement({ terms: [term], service });
        shapes.add(
          sql.replace('words match ? and ', '').replace('words cross join line on line.id = words.rowid', 'line').replaceAll('words.rowid', 'line.id'),
        );
        expect(values).toContain(service);
        expect(sql.match(/\?/g)).toHaveLength(values.length + 2);
      }),
    );
    expect(shapes.size).toBe(1);
  });

  test('asks the index for quoted trigrams and lets LIKE decide', () => {
    expect(searchStatement({ terms: ['a"b%_'] }).values).toEqual(['"a\\""" AND "\\""b" AND """b%" AND "b%_"', '%a\\\\"b\\%\\_%']);
  });

  test('leaves short terms to LIKE', () => {
    const { sql, values } = searchStatement({ terms: ['密钥'] });
    expect(values).toEqual(['%密钥%']);
    expect(sql).not.toContain('words');
  });

  test('cuts by code point, as the tokenizer does', () => expect(trigramsOf('a😀bc')).toEqual(['a😀b', '😀bc']));
});
