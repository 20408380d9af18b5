/** Chat windows on phones show about this many monospaced columns without a break. */
const WIDEST = 44;

/** Wide characters (CJK, full-width forms, emoji) take two columns. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

const widthOf = (text: string): number => [...text].reduce((total, character) => total + (WIDE.test(character) ? 2 : 1), 0);

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** A table for platforms without tables: aligned columns if narrow enough, else a short list for every row. */
export const tableLines = (rows: readonly (readonly string[])[]): { readonly lines: readonly string[]; readonly monospaced: boolean } => {
  const columns = Math.max(0, ...rows.map(({ length }) => length));
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  const total = widths.reduce((sum, width) => sum + width + 3, -3);
  const [head = [], ...body] = rows;
  if (total <= WIDEST) {
    const line = (row: readonly string[]): string =>
      widths
        .map((width, column) => padded(row[column] ?? '', width))
        .join(' | ')
        .trimEnd();
    return { lines: [line(head), widths.map((width) => '-'.repeat(width)).join('-+-'), ...body.map(line)], monospaced: true };
  }
  const lines = body.flatMap((row, index) => [...(index > 0 ? [''] : []), ...row.map((cell, column) => `${head[column] ?? ''}: ${cell}`)]);
  return { lines, monospaced: false };
};
