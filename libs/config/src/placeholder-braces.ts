/**
 * `${NAME}` may stand without quotes everywhere, also where YAML gives braces and commas a meaning of their own
 * (`proxy: { http: ${HTTP_PROXY} }`). Before parsing, the special characters inside are replaced one for one by
 * characters nobody writes, so that every line and column stays; afterwards they are put back.
 */
const PAIRS = [
  ['{', '\uf8e0'],
  ['}', '\uf8e1'],
  [',', '\uf8e2'],
  [':', '\uf8e3'],
  ['[', '\uf8e4'],
  [']', '\uf8e5'],
  ['#', '\uf8e6'],
] as const;

const HIDDEN = new Map<string, string>(PAIRS);
const SHOWN = new Map<string, string>(PAIRS.map(([shown, hidden]) => [hidden, shown]));

export const hideBraces = (text: string): string =>
  /[\uf8e0-\uf8e6]/.test(text)
    ? text
    : text.replace(/\$\{[^{}\n]*\}/g, (found) => found.replace(/[{},:[\]#]/g, (character) => HIDDEN.get(character) ?? character));

export const showBraces = (text: string): string => text.replace(/[\uf8e0-\uf8e6]/g, (character) => SHOWN.get(character) ?? character);
