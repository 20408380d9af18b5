import type { Rule } from './rule';

const SPOKEN: readonly (readonly [RegExp, string])[] = [
  [/[×✕]/g, '*'],
  [/÷/g, '/'],
  [/[（]/g, '('],
  [/[）]/g, ')'],
  [/(?<=\d),(?=\d{3}(?:\D|$))/g, ''],
  [/\bsquare root of\s+([\d.]+)/gi, 'sqrt($1)'],
  [/([\d.]+)\s*的平方根/g, 'sqrt($1)'],
  [/([\d.]+)\s*(?:squared|的平方)/gi, '$1^2'],
  [/([\d.]+)\s*(?:cubed|的立方)/gi, '$1^3'],
  [/百分之\s*([\d.]+)/g, '$1%'],
  [/([\d.]+)\s*(?:percent)\b/gi, '$1%'],
  [/([\d.]+)\s*的\s*([\d.]+%)/g, '$2 * $1'],
  [/\b(?:multiplied by|times)\b|乘以?/gi, '*'],
  [/(?<=\d)\s*x\s*(?=\d)/gi, '*'],
  [/\bdivided by\b|除以/gi, '/'],
  [/\bto the power of\b|的?次方/gi, '^'],
  [/\bplus\b|加上?/gi, '+'],
  [/\bminus\b|减去?/gi, '-'],
];

const QUESTION =
  /^(?:please\s+|can you\s+|could you\s+)?(?:(?:what(?:'s| is| are)|how much is|how many is)(?: the)?|calculate|compute|work out|evaluate|solve|convert|请?(?:帮我)?(?:计算|算)(?:一下|下)?|换算(?:一下)?|请问)\s*[:：]?\s*/i;
const TAIL = /\s*(?:=|等于|是)?\s*(?:多少|几)?\s*[?？=。.!！]*\s*$/;

const FUNCTION =
  /\b(?:sqrt|cbrt|sin|cos|tan|asin|acos|atan|log|log2|log10|ln|exp|abs|round|floor|ceil|mean|median|std|sum|max|min|gcd|lcm|det|mod|factorial|pi|e|i)\b/gi;

/** Units that mathjs knows, by the words people write. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/公里|千米|\bkilometers?\b|\bkilometres?\b/gi, 'km'],
  [/厘米|公分|\bcentimeters?\b|\bcentimetres?\b/gi, 'cm'],
  [/毫米/g, 'mm'],
  [/英里/g, 'mile'],
  [/英尺|\bfeet\b/gi, 'ft'],
  [/英寸|\binches\b/gi, 'inch'],
  [/米/g, 'm'],
  [/公斤|千克|\bkilos?\b|\bkilograms?\b/gi, 'kg'],
  [/毫克/g, 'mg'],
  [/克/g, 'g'],
  [/磅|\bpounds?\b/gi, 'lb'],
  [/盎司|\bounces?\b/gi, 'oz'],
  [/毫升/g, 'ml'],
  [/升/g, 'l'],
  [/加仑/g, 'gallon'],
  [/小时/g, 'hour'],
  [/分钟/g, 'minute'],
  [/秒/g, 'second'],
  [/(?:摄氏度|°C|℃|\bdegrees? celsius\b|\bcelsius\b)/gi, ' degC'],
  [/(?:华氏度|°F|℉|\bdegrees? fahrenheit\b|\bfahrenheit\b)/gi, ' degF'],
];

const UNIT =
  'km|cm|mm|m|miles?|mi|yards?|yd|ft|foot|inch|in|kg|mg|g|lb|oz|tonnes?|ml|l|litres?|liters?|gallons?|cups?|hours?|h|minutes?|min|seconds?|s|days?|weeks?|years?|degC|degF|kelvin|K|mph|km/h|m/s|kW|W|kWh|J|kJ|kcal|cal|Pa|kPa|bar|psi|GB|MB|kB|TB|GiB|MiB|bytes?|bits?|hectares?|acres?|m2|km2|deg|rad';
const CONVERSION = new RegExp(
  `^(-?[\\d.]+)\\s*(${UNIT})\\s*(?:to|into|in|as|=|等于多少|是多少|等于|换成|换算成|转换成|转成|到|->|→)\\s*(?:多少)?\\s*(${UNIT})$`,
  'i',
);
const HOW_MANY = new RegExp(`^how many\\s+(${UNIT})\\s+(?:are\\s+)?(?:there\\s+)?(?:in|is|are)\\s+(?:an?\\s+)?(-?[\\d.]*)\\s*(${UNIT})$`, 'i');

const replaced = (text: string, table: readonly (readonly [RegExp, string])[]): string =>
  table.reduce((result, [pattern, by]) => result.replace(pattern, by), text);

const conversion = (text: string): string | undefined => {
  const plain = replaced(text, UNITS).replace(/\s+/g, ' ').trim();
  const asked = HOW_MANY.exec(plain.replace(TAIL, ''));
  if (asked !== null) return `${asked[2] === '' ? '1' : asked[2]} ${asked[3]} to ${asked[1]}`;
  for (const form of [plain.replace(/[?？。.!！]+$/, '').trim(), plain.replace(TAIL, '').trim()]) {
    const [, amount, from, to] = CONVERSION.exec(form) ?? [];
    if (amount !== undefined) return `${amount} ${from} to ${to}`;
  }
  return undefined;
};

const sum = (text: string): string | undefined => {
  const expression = replaced(text, SPOKEN).replace(TAIL, '').trim();
  const rest = expression.replace(FUNCTION, '').replace(/\bof\b/g, '');
  if (!/^[\d\s.,+\-*/^()%![\];:]+$/.test(rest)) return undefined;
  const calculates = /\d\s*(?:[+\-*/^!]|%\s*of\b|%\s*\*)\s*[\d(.]?/.test(expression) || /[a-z]\w*\s*\(/i.test(expression);
  // A date or a telephone number is no sum.
  if (!calculates || /^\d{4}-\d{1,2}-\d{1,2}$|^\+?\d[\d-]{6,}$/.test(expression)) return undefined;
  return expression;
};

/** Sums, percentages and units, in figures or in words. */
export const arithmetic: Rule = {
  tools: ['calculate', 'calculator', 'math'],
  match: (text) => {
    const question = text.trim().replace(QUESTION, '');
    const expression = conversion(text.trim()) ?? conversion(question) ?? sum(question);
    return expression === undefined || expression === '' ? undefined : { expression };
  },
};

const FOLLOW_UP =
  /^(?:and|then|now|ok|再|然后|接着)?\s*,?\s*((?:times|plus|minus|divided by|multiplied by|乘以?|加上?|减去?|除以|[+\-*/×÷])\s*[\d.]+)\s*[?？。.!！]*$/i;

/** "and times 3": goes on from the sum before. */
export const continued = (text: string, before: string): string | undefined => {
  const step = FOLLOW_UP.exec(text.trim())?.[1];
  return step === undefined ? undefined : `(${before}) ${replaced(step, SPOKEN).trim()}`;
};
