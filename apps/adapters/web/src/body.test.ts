import fc from 'fast-check';
import { z } from 'zod';
import { decodeJson, jsonDepth } from './body';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('reading JSON bodies', () => {
  it('measures depth without being misled by brackets in strings', () => {
    expect(jsonDepth('{"a":[1,{"b":"]]]}}}[[["}]}')).toBe(3);
    expect(jsonDepth('"\\"[["')).toBe(0);
  });

  it('measures the depth of any value', () => {
    const depthOf = (value: unknown): number => (typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0);
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(jsonDepth(JSON.stringify(value))).toBe(depthOf(value))));
  });

  it('takes 32 levels and refuses 33', () => {
    expect(decodeJson(bytes('['.repeat(32) + ']'.repeat(32)), z.unknown())).toBeDefined();
    expect(() => decodeJson(bytes('['.repeat(33) + ']'.repeat(33)), z.unknown())).toThrow('nests deeper than 32 levels');
  });

  it('names the field that is wrong', () => {
    expect(() => decodeJson(bytes('{"text":7}'), z.object({ text: z.string() }))).toThrow(
      expect.objectContaining({ code: 'bad_request', message: expect.stringContaining('text') }),
    );
  });

  it('refuses bytes that are no UTF-8 instead of replacing them', () => {
    expect(() => decodeJson(new Uint8Array([0x22, 0xc3, 0x28, 0x22]), z.string())).toThrow('not valid UTF-8');
  });
});
