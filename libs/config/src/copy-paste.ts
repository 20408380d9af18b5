/** A character that a word processor or a Chinese keyboard put where YAML wants a plain one. */
export interface Typography {
  /** Offset of the character in the text that was looked at. */
  readonly offset: number;
  readonly problem: string;
  readonly mend: string;
}

const CURLY_START = /^[“”„‟‘’‚‛「『«]/;
const CURLY_END = /[“”„‟‘’‚‛」』»]$/;
const ANY_QUOTE_END = /["'“”„‟‘’‚‛」』»]$/;
const CLOSING_WITHIN = /^[“”„‟‘’‚‛「『«][^“”„‟‘’‚‛「」『』«»]*[“”„‟‘’‚‛」』»]/;

const bare = (text: string): string => text.replace(/^["'“”„‟‘’‚‛「『«]+|["'“”„‟‘’‚‛」』»]+$/g, '');

const curly = (offset: number, text: string): Typography => {
  const word = bare(text);
  return { offset, problem: 'curly quotes', mend: `Write "${word.length > 60 || /[\n"]/.test(word) ? '…' : word}" with straight quotes.` };
};

/**
 * Looks at a value that stands without YAML quotes. Quotes inside a sentence are fine (`你是“小助手”`); quotes around the
 * whole value were meant as YAML quotes.
 */
export const curlyQuotesAround = (plain: string): Typography | undefined => {
  if (CURLY_START.test(plain)) {
    const closed = CLOSING_WITHIN.exec(plain)?.[0];
    return closed === undefined || closed.length === plain.length || ANY_QUOTE_END.test(plain) ? curly(0, plain) : undefined;
  }
  // An apostrophe may end a word, a double quote that was never opened may not.
  return /["“”]$/.test(plain) && CURLY_END.test(plain) && !/[“”„]/.test(plain.slice(0, -1)) ? curly(plain.length - 1, plain) : undefined;
};

const FULL_WIDTH_COLON = /^([A-Za-z_][\w.-]*)["”’]?\s*：/;

/** `name：glm`: a key whose colon is a full-width one, so that YAML takes all of it for a text. */
export const fullWidthColon = (plain: string): Typography | undefined => {
  const key = FULL_WIDTH_COLON.exec(bare(plain))?.[1];
  return key === undefined
    ? undefined
    : { offset: plain.indexOf('：'), problem: 'full-width colon "："', mend: `Write "${key}: " with a plain colon and a space.` };
};

const plainCommaInstead = (comma: string): Omit<Typography, 'offset'> => ({
  problem: `full-width comma "${comma}"`,
  mend: 'Write ", " between entries, or put the text in quotes.',
});

/** `[a，b]`: full-width commas do not separate the entries of a list. */
export const fullWidthComma = (plain: string): Typography | undefined => {
  const offset = plain.search(/[，、]/);
  return offset < 0 ? undefined : { offset, ...plainCommaInstead(plain.charAt(offset)) };
};

/** Spaces and bullets that YAML takes for letters, as web pages and Chinese keyboards make them. */
export const oddStart = (plain: string): Typography | undefined => {
  if (/^[•·●▪◦]/.test(plain)) return { offset: 0, problem: `bullet "${plain.charAt(0)}"`, mend: 'Write "- " before an entry of a list.' };
  const name = plain.startsWith('\u3000') ? 'full-width space' : plain.startsWith('\u00a0') ? 'no-break space' : undefined;
  return name === undefined ? undefined : { offset: 0, problem: name, mend: 'Indent with plain spaces.' };
};

const withoutComment = (line: string): string => line.replace(/(^|\s)#.*$/, '$1');

const within = (line: string, expression: RegExp, found: (match: RegExpExecArray) => Typography | undefined): Typography | undefined => {
  const match = expression.exec(line);
  return match === null ? undefined : found(match);
};

/** What is likely to have broken a line that YAML cannot read. */
export const typographyOf = (line: string): Typography | undefined => {
  const text = withoutComment(line);
  return (
    within(text, /^(\s*(?:-\s+)?["“‘']?[A-Za-z_][\w.-]*["”’']?\s*)：/, ([, before = '']) => ({
      offset: before.length,
      problem: 'full-width colon "："',
      mend: `Write "${bare(before.replace(/^\s*(?:-\s+)?/, '').trim())}: " with a plain colon and a space.`,
    })) ??
    within(text, /((?:^|[:[{,-])\s*)([“”„‘’「『][^,\]}]*)/, ({ index, 1: before = '', 2: value = '' }) => curly(index + before.length, value.trim())) ??
    within(text, /:\s+["']([^"'“”‘’]*)[“”‘’]\s*[,}\]]?\s*$/, ({ index, 0: all, 1: value = '' }) => curly(index + all.search(/[“”‘’]/), value)) ??
    within(text, /[{[][^"']*?([，、])/, ({ index, 0: all, 1: comma = '，' }) => ({ ...plainCommaInstead(comma), offset: index + all.length - 1 })) ??
    within(text, /^\s*[•·●▪◦\u3000\u00a0]/, ({ 0: all }) => {
      const odd = oddStart(all.slice(-1)) ?? oddStart(all.trimStart());
      return odd === undefined ? undefined : { ...odd, offset: all.length - 1 };
    })
  );
};
