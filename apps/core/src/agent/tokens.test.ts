import fc from 'fast-check';
import { estimateTokens, messageTokens } from './tokens';

describe('the token estimate', () => {
  it.each([
    ['', 0, 0],
    ['The quick brown fox jumps over the lazy dog', 7, 13],
    ['北京今天的天气怎么样？请用一句话回答。', 10, 19],
    ['const answer = await run(turn, deps);', 7, 14],
  ])('of %j lies between %d and %d', (text, low, high) => {
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(low);
    expect(estimateTokens(text)).toBeLessThanOrEqual(high);
  });

  it('grows with the text and never exceeds its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 50 }), (text, more) => {
        expect(estimateTokens(text + more)).toBeGreaterThanOrEqual(estimateTokens(text));
        expect(estimateTokens(text)).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('counts tool calls and results', () => {
    const long = 'x'.repeat(400);
    expect(messageTokens({ role: 'assistant', parts: [{ type: 'tool-call', id: '1', name: 'a', arguments: long }] })).toBeGreaterThan(100);
    expect(messageTokens({ role: 'tool', parts: [{ type: 'tool-result', id: '1', content: long }] })).toBeGreaterThan(100);
  });
});
