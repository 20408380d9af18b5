import type { Nodes, Parents, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { tableLines } from './table';

export type SpanKind = 'bold' | 'italic' | 'strikethrough' | 'code' | 'pre' | 'link' | 'blockquote';

/** A stretch of the text with a look. Offsets count UTF-16 units. Spans nest or stand apart, they never cross. */
export interface Span {
  readonly kind: SpanKind;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  /** Of a `pre`, as the fence names it. */
  readonly language?: string;
}

/**
 * Text and its looks apart. Nothing is ever escaped, so no model text can turn into markup or a mention, and
 * splitting is arithmetic on offsets.
 */
export interface RichText {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** A half of a surrogate pair has no UTF-8, and vendors refuse the whole message for it: it becomes U+FFFD. */
export const plainRichText = (text: string): RichText => ({ text: text.toWellFormed(), spans: [] });

/** Markdown (CommonMark and GFM, what models write) as text with spans. Any text is valid Markdown: it never throws. */
export const fromMarkdownText = (markdown: string): RichText => {
  const writer = new Writer();
  writer.blocks(fromMarkdown(markdown.toWellFormed(), { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }), '');
  return writer.finish();
};

/** Only these may become a link; `javascript:` and the like stay text. */
const LINK_SCHEME = /^(?:https?|mailto|tel|tg):/i;

class Writer {
  #text = '';
  readonly #spans: Span[] = [];

  finish(): RichText {
    const text = this.#text.trimEnd();
    const lead = text.length - text.trimStart().length;
    return {
      text: text.trimStart(),
      spans: this.#spans.flatMap((span) => clip(span, lead, text.length)),
    };
  }

  /** Block children, a blank line between them. `indent` is put before every line but the first of each block. */
  blocks(parent: Parents, indent: string): void {
    parent.children.forEach((child, index) => {
      if (index > 0) this.#text += `\n${parent.type === 'listItem' && isTight(child) ? '' : '\n'}${indent}`;
      this.#block(child, indent);
    });
  }

  #block(node: Nodes, indent: string): void {
    switch (node.type) {
      case 'paragraph':
        return this.#inline(node, indent);
      case 'heading':
        return this.#span({ kind: 'bold' }, () => this.#inline(node, indent));
      case 'blockquote':
        return this.#span({ kind: 'blockquote' }, () => this.blocks(node, indent));
      case 'code':
        return this.#span(node.lang ? { kind: 'pre', language: node.lang } : { kind: 'pre' }, () => this.#write(node.value, ''));
      case 'list':
        return this.#list(node, indent);
      case 'table':
        return this.#table(node);
      case 'thematicBreak':
        return this.#write('———', '');
      case 'html':
        return this.#write(node.value, indent);
      case 'definition':
      case 'footnoteDefinition':
        return this.#write(toString(node), indent);
      default:
        return this.#inlineNode(node, indent);
    }
  }

  #list(node: Extract<Nodes, { type: 'list' }>, indent: string): void {
    node.children.forEach((item, index) => {
      if (index > 0) this.#text += `\n${indent}`;
      const box = item.checked === true ? '☑ ' : item.checked === false ? '☐ ' : '';
      const mark = node.ordered === true ? `${(node.start ?? 1) + index}. ` : '• ';
      this.#text += mark + box;
      this.blocks(item, indent + ' '.repeat(mark.length));
    });
  }

  #table(node: Table): void {
    const rows = node.children.map((row) => row.children.map((cell) => toString(cell)));
    const { lines, monospaced } = tableLines(rows);
    const write = (): void => this.#write(lines.join('\n'), '');
    if (monospaced) this.#span({ kind: 'pre' }, write);
    else write();
  }

  #inline(parent: Parents, indent: string): void {
    for (const child of parent.children) this.#inlineNode(child, indent);
  }

  #inlineNode(node: Nodes, indent: string): void {
    switch (node.type) {
      case 'text':
      case 'html':
        return this.#write(node.value, indent);
      case 'strong':
        return this.#span({ kind: 'bold' }, () => this.#inline(node, indent));
      case 'emphasis':
        return this.#span({ kind: 'italic' }, () => this.#inline(node, indent));
      case 'delete':
        return this.#span({ kind: 'strikethrough' }, () => this.#inline(node, indent));
      case 'inlineCode':
        return this.#span({ kind: 'code' }, () => this.#write(node.value, indent));
      case 'break':
        return this.#write('\n', indent);
      case 'link':
        return LINK_SCHEME.test(node.url) ? this.#span({ kind: 'link', url: node.url }, () => this.#inline(node, indent)) : this.#inline(node, indent);
      case 'image':
        // Never fetched by itself: a picture in a model's text is a link that a person may follow.
        return this.#link(node.alt || node.url, node.url, indent);
      case 'footnoteReference':
        return this.#write(`[${node.identifier}]`, indent);
      default:
        return this.#write(toString(node), indent);
    }
  }

  #link(text: string, url: string, indent: string): void {
    if (LINK_SCHEME.test(url)) this.#span({ kind: 'link', url }, () => this.#write(text, indent));
    else this.#write(text, indent);
  }

  #write(text: string, indent: string): void {
    this.#text += indent === '' ? text : text.replaceAll('\n', `\n${indent}`);
  }

  #span(look: Omit<Span, 'offset' | 'length'>, write: () => void): void {
    const offset = this.#text.length;
    // Its place is taken first, so that an outer span stands before what it holds.
    const index = this.#spans.push({ ...look, offset, length: 0 }) - 1;
    write();
    this.#spans[index] = { ...look, offset, length: this.#text.length - offset };
  }
}

const isTight = (node: Nodes): boolean => node.type === 'paragraph' || node.type === 'list';

/** The part of a span that lies between two offsets, moved so that `from` is 0. */
export const clip = (span: Span, from: number, to: number): readonly Span[] => {
  const start = Math.max(span.offset, from);
  const end = Math.min(span.offset + span.length, to);
  return end > start ? [{ ...span, offset: start - from, length: end - start }] : [];
};
