const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '⁰': '0',
  '¹': '1',
  '²': '2',
  '³': '3',
  '⁴': '4',
  '⁵': '5',
  '⁶': '6',
  '⁷': '7',
  '⁸': '8',
  '⁹': '9',
  '⁻': '-',
};

const SYMBOLS: Readonly<Record<string, string>> = {
  '×': '*',
  '·': '*',
  '∙': '*',
  '⋅': '*',
  '÷': '/',
  '−': '-',
  '–': '-',
  '—': '-',
  π: ' pi ',
  '∞': ' Infinity ',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '。': '.',
  '、': ',',
};

/**
 * An expression as people write it, in the evaluator's own signs: full-width digits and brackets, × and ÷,
 * superscripts, roots, thousands separators, "5 % of 80". Says nothing about whether it can be evaluated.
 */
export const normaliseExpression = (text: string): string =>
  text
    // Before NFKC, which would turn 3² into 32.
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+/g, (digits) => `^(${[...digits].map((digit) => SUPERSCRIPTS[digit]).join('')})`)
    .replace(/[×·∙⋅÷−–—π∞≤≥≠。、]/g, (sign) => SYMBOLS[sign] ?? sign)
    .normalize('NFKC')
    .replace(/√\s*(\d+(?:\.\d+)?|(?=\())/g, (_match, number: string) => (number === '' ? 'sqrt' : `sqrt(${number})`))
    .replace(/%\s*of\b/gi, '/100 *')
    // The evaluator's names: log is the natural logarithm, and min is a function.
    .replace(/\bln\s*\(/g, 'log(')
    .replace(/(?<=\d\s*)\bmin\b(?!\s*\()|(?<=\d)min\b(?!\s*\()/g, 'minute')
    .replace(/(?<=\d)\s+[xX]\s+(?=\d)/g, '*')
    .replace(/\s*=\s*\??\s*$/, '')
    .replace(/[\s\S]+/, withoutSeparators)
    .trim();

/** Takes thousands separators out; inside a function's brackets or a matrix a comma separates values and stays. */
const withoutSeparators = (text: string): string => {
  const commaMatters: boolean[] = [];
  let result = '';
  for (let index = 0; index < text.length; index++) {
    const sign = text.charAt(index);
    if (sign === '(') commaMatters.push(/\w$/.test(result));
    if (sign === '[' || sign === '{') commaMatters.push(true);
    if (sign === ')' || sign === ']' || sign === '}') commaMatters.pop();
    const separates = sign === ',' && !commaMatters.includes(true) && /\d$/.test(result) && /^\d{3}(?!\d)/.test(text.slice(index + 1));
    if (!separates) result += sign;
  }
  return result;
};
