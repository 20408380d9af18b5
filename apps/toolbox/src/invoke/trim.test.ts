import fc from 'fast-check';
import { trim } from './trim';

describe('trimming a result', () => {
  it('leaves what fits as it is', () => {
    expect(trim('hello', 5)).toEqual({ content: 'hello', truncated: false });
  });

  it('never exceeds the limit, never cuts through a character, and always says that something is missing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 300, maxLength: 3000 }), fc.integer({ min: 250, max: 2000 }), (text, limit) => {
        const { content, truncated } = trim(text, limit);
        expect(Buffer.byteLength(content)).toBeLessThanOrEqual(Math.max(limit, Buffer.byteLength(text) <= limit ? limit : 0));
        expect(truncated).toBe(Buffer.byteLength(text) > limit);
        if (!truncated) return expect(content).toBe(text);
        const [, kept = ''] = /^([\s\S]*)\n\n\[cut here: \d+ of \d+ bytes are shown;[^\]]*\]$/.exec(content) ?? [];
        expect(content).toMatch(/\[cut here/);
        expect(text.startsWith(kept)).toBe(true);
      }),
    );
  });

  it('cuts at the end of a line where one is near', () => {
    const text = Array.from({ length: 200 }, (_, index) => `line ${index}`).join('\n');
    expect(trim(text, 1000).content.split('\n\n[cut')[0]).toMatch(/line \d+$/);
    expect(text).toContain(`${trim(text, 1000).content.split('\n\n[cut')[0]}\n`);
  });
});
