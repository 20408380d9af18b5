import fc from 'fast-check';
import { colourCode } from './code-colours';

const kinds = (code: string, language: string): Readonly<Record<string, string>> =>
  Object.fromEntries(colourCode(code, language).map(({ kind, text }) => [text.trim(), kind]));

describe('the colours of code', () => {
  it('names comments, strings, numbers and keywords', () => {
    expect(kinds('return "a # b" + 42 # why', 'python')).toMatchObject({ return: 'keyword', '"a # b"': 'string', '42': 'number', '# why': 'comment' });
    expect(kinds('const x = 1; // why', 'ts')).toMatchObject({ const: 'keyword', '1': 'number', '// why': 'comment' });
    expect(kinds('SELECT a FROM b -- why', 'sql')).toMatchObject({ SELECT: 'keyword', FROM: 'keyword', '-- why': 'comment' });
  });

  it('leaves text alone', () => {
    expect(colourCode('return 42', '')).toEqual([{ kind: 'plain', text: 'return 42' }]);
  });

  it('shows the code as it is, in any language', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('python', 'ts', 'sql', 'c', ''), (code, language) => {
        expect(
          colourCode(code, language)
            .map(({ text }) => text)
            .join(''),
        ).toBe(code);
      }),
    );
  });
});
