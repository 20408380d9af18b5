import fc from 'fast-check';
import { normaliseExpression } from './expression';

describe('an expression as people write it', () => {
  it.each([
    ['３×（４＋５）÷２', '3*(4+5)/2'],
    ['3²+2³', '3^(2)+2^(3)'],
    ['10⁻³', '10^(-3)'],
    ['√2 + √(3+1)', 'sqrt(2) + sqrt(3+1)'],
    ['2π', '2 pi'],
    ['15% of 80', '15/100 * 80'],
    ['1,234,567.5 + 1', '1234567.5 + 1'],
    ['(1,200 + 300) * 2', '(1200 + 300) * 2'],
    ['max(1,200)', 'max(1,200)'],
    ['[1,200; 3,400]', '[1,200; 3,400]'],
    ['mean(5, 100,200)', 'mean(5, 100,200)'],
    ['12,34', '12,34'],
    ['3 x 4', '3*4'],
    ['0x10', '0x10'],
    ['ln(2)', 'log(2)'],
    ['12 km / 30 min', '12 km / 30 minute'],
    ['30min to s', '30minute to s'],
    ['min(1, 2)', 'min(1, 2)'],
    ['5 min(1)', '5 min(1)'],
    ['1+1=', '1+1'],
    ['1+1 = ?', '1+1'],
    ['1＋1＝？', '1+1'],
    ['a = 3; a == 3', 'a = 3; a == 3'],
  ])('%s is %s', (text, expected) => {
    expect(normaliseExpression(text)).toBe(expected);
  });

  it('never throws, and leaves what is already in the evaluator’s signs alone', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => void normaliseExpression(text)));
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]+([-+*/][0-9]{1,9}){0,10}$/), (text) => {
        expect(normaliseExpression(text)).toBe(text);
      }),
    );
  });
});
