export interface CodePiece {
  readonly kind: 'plain' | 'comment' | 'string' | 'number' | 'keyword';
  readonly text: string;
}

const KEYWORDS = new Set(
  (
    'abstract and as async await begin bool break case catch class const continue def default defer del do elif else end enum except export extends false final finally fn for from func ' +
    'function go if impl implements import in int interface is lambda let loop match mod module mut namespace new nil none not null or package pass private protected pub public raise ' +
    'readonly return self static string struct super switch then this throw trait true try type typeof undefined union unless until use using var void when where while with yield ' +
    'select insert update delete create table into values join on group by order limit'
  ).split(' '),
);

const HASH_COMMENTS = new Set([
  'python',
  'py',
  'bash',
  'sh',
  'shell',
  'zsh',
  'yaml',
  'yml',
  'toml',
  'ruby',
  'rb',
  'r',
  'perl',
  'dockerfile',
  'makefile',
  'ini',
]);
const DASH_COMMENTS = new Set(['sql', 'lua', 'haskell']);
const PLAIN = new Set(['', 'text', 'txt', 'plain', 'plaintext', 'markdown', 'md', 'csv', 'log', 'diff']);
const LONGEST = 50_000;

const STRING = String.raw`"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|\`(?:\\.|[^\`\\])*\`?`;
const WORD = String.raw`[A-Za-z_$][\w$]*`;
const NUMBER = String.raw`\b\d[\w.]*`;

const commentOf = (language: string): string => {
  if (HASH_COMMENTS.has(language)) return '#[^\\n]*';
  if (DASH_COMMENTS.has(language)) return '--[^\\n]*';
  return String.raw`//[^\n]*|/\*[\s\S]*?(?:\*/|$)`;
};

/** Cuts code into coloured pieces. The pieces put together are the code, whatever the language. */
export const colourCode = (code: string, language: string): readonly CodePiece[] => {
  const name = language.toLowerCase();
  if (PLAIN.has(name) || code.length > LONGEST) return [{ kind: 'plain', text: code }];
  const pieces: CodePiece[] = [];
  const pattern = new RegExp(`(?<comment>${commentOf(name)})|(?<string>${STRING})|(?<number>${NUMBER})|(?<word>${WORD})`, 'g');
  let end = 0;
  const push = (kind: CodePiece['kind'], text: string): void => {
    const last = pieces.at(-1);
    if (last !== undefined && last.kind === 'plain' && kind === 'plain') pieces[pieces.length - 1] = { kind, text: last.text + text };
    else if (text !== '') pieces.push({ kind, text });
  };
  for (const match of code.matchAll(pattern)) {
    const [text] = match;
    push('plain', code.slice(end, match.index));
    const { comment, string, number } = match.groups ?? {};
    const kind =
      comment !== undefined
        ? 'comment'
        : string !== undefined
          ? 'string'
          : number !== undefined
            ? 'number'
            : KEYWORDS.has(name === 'sql' ? text.toLowerCase() : text)
              ? 'keyword'
              : 'plain';
    push(kind, text);
    end = match.index + text.length;
  }
  push('plain', code.slice(end));
  return pieces;
};
