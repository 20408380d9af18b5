/** Where JSON text stops being JSON: line and column from 1, offset from 0. */
export interface JsonPosition {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

const VALUE_START = /[-0-9tfn"]/;
const SCALAR = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /[ \t\n\r]*/y;

/**
 * Finds the first place where the text breaks the grammar of JSON (RFC 8259). For texts that `JSON.parse` has refused
 * already; it keeps its own stack, so that no depth of nesting can exhaust ours.
 */
export const locateJsonError = (text: string): JsonPosition => {
  const offset = firstFault(text);
  const before = text.slice(0, offset).split('\n');
  return { offset, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};

type Expecting = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'comma';

const firstFault = (text: string): number => {
  const closers: ('}' | ']')[] = [];
  let expecting: Expecting = 'value';
  let at = 0;
  for (;;) {
    at = skip(SPACE, text, at);
    const char = text.charAt(at);
    const closer = closers.at(-1);
    if (char === closer && (expecting === 'comma' || expecting === 'first-key' || expecting === 'first-value')) {
      closers.pop();
      expecting = 'comma';
      at += 1;
      continue;
    }
    switch (expecting) {
      case 'comma':
        if (closer === undefined || char !== ',') return at;
        expecting = closer === '}' ? 'key' : 'value';
        at += 1;
        break;
      case 'colon':
        if (char !== ':') return at;
        expecting = 'value';
        at += 1;
        break;
      case 'key':
      case 'first-key': {
        const end = char === '"' ? skip(SCALAR, text, at) : at;
        if (end === at) return at;
        expecting = 'colon';
        at = end;
        break;
      }
      case 'value':
      case 'first-value': {
        if (char === '{' || char === '[') {
          closers.push(char === '{' ? '}' : ']');
          expecting = char === '{' ? 'first-key' : 'first-value';
          at += 1;
          break;
        }
        const end = VALUE_START.test(char) ? skip(SCALAR, text, at) : at;
        if (end === at) return at;
        expecting = 'comma';
        at = end;
        break;
      }
    }
  }
};

const skip = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
};
