/** In every text of the suite: it must not be found in a log line. */
export const CANARY = 'zebra-meadow-4711';

/** A text that can be told from all others. */
export const said = (what: string): string => `${CANARY} ${what}`;

/**
 * Texts that would be markup, a mention or a broken message if anybody took them for more than text. Letters stand on
 * both sides, because white space at the ends of a message is no content.
 */
export const HOSTILE: readonly (readonly [string, string])[] = [
  ['marks of every markup', 'a*b_c~d|e<f>g&h[i](j)k`l#m+n-o=p{q}.r!s\\t'],
  ['pairs of marks', 'a **b** __c__ ~~d~~ ||e|| `f` [g](https://example.com) <b>h</b> &lt;i&gt; j'],
  ['mentions of everybody', 'a @everyone @here @all @channel <!channel> <!here> <!everyone> b'],
  ['mentions by id', 'a <@U123> <@!123> <@&456> <#789> <at user_id="all">all</at> [x](mention:all) tg://user?id=42 b'],
  ['line ends', 'a\r\nb\nc\rd'],
  ['a command on a line of its own', 'a\r\nQUIT :bye\r\nPRIVMSG #x :y\r\nb'],
  ['right-to-left overrides', 'a\u202eb\u202dc\u2066d\u2069e \u0645\u0631\u062d\u0628\u0627 f'],
  ['zero-width characters', 'a\u200bb\u200cc\u200dd\u2060e\ufefff'],
  ['a NUL and other controls', 'a\u0000b\u0001c\u001bd\u007fe'],
  ['JSON and template marks', 'a"b\'c\\u0041{{d}}${e}%s%n f'],
  ['emoji, joined and combined', 'a👩‍👩‍👧‍👦b🇨🇳c👍🏽de\u0301\u0323f𝕏g'],
];

/** Halves of surrogate pairs: no UTF-8 exists for them, so they arrive as U+FFFD. */
export const HALVES = 'a\ud83db\udc00c';

/** Texts of more than three messages, by what makes them hard to split. */
export const longTexts = (limit: number): readonly (readonly [string, string])[] => {
  const fill = (piece: string): string => piece.repeat(Math.ceil((limit * 3.2) / piece.length));
  return [
    ['words', fill('many words make a text that goes on and on ')],
    ['one word without end', fill('abcdefghij')],
    ['Chinese without spaces', fill('这是一个没有空格的很长的句子，')],
    ['joined emoji', fill('👩‍👩‍👧‍👦')],
    ['paragraphs', fill('A paragraph of a few words.\n\nAnother one follows it.\n\n')],
    ['characters that markup would have to escape', fill('<&>*_')],
  ];
};
