import type { RichText } from './rich-text';

/** The text without looks, for platforms that have none; a link's address is written behind its text. */
export const toPlainText = ({ text, spans }: RichText): string => {
  const links = spans
    .filter(({ kind, url, offset, length }) => kind === 'link' && url !== undefined && text.slice(offset, offset + length) !== url)
    .sort((a, b) => b.offset - a.offset);
  return links.reduce((written, { offset, length, url }) => `${written.slice(0, offset + length)} (${url})${written.slice(offset + length)}`, text);
};
