/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// Turns an HTML page into Markdown; an entry of its own, run as a worker thread (see pool.ts). It imports packages
// only, so that Node can run it from its source as well.
import { parentPort } from 'node:worker_threads';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import TurndownService from 'turndown';

interface Job {
  readonly html: string;
  readonly url: string;
  readonly maxLinks: number;
}

const isJob = (value: unknown): value is Job => typeof value === 'object' && value !== null && 'html' in value && 'url' in value && 'maxLinks' in value;

const MAX_MARKDOWN_CHARACTERS = 1_000_000;
/** Below this the reader found a fragment, and the whole page says more. */
const MIN_ARTICLE_CHARACTERS = 200;

const turndown = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-', hr: '---' });
turndown.remove(['script', 'style', 'noscript', 'iframe', 'template', 'object', 'embed', 'canvas']);
// A picture is its description; its address would make whoever renders the answer fetch it.
turndown.addRule('pictures', { filter: ['img', 'picture', 'video', 'audio'], replacement: (_content, node) => describe(node) });
turndown.addRule('cells', { filter: ['td', 'th'], replacement: (content) => ` ${content.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|')} |` });
turndown.addRule('rows', {
  filter: 'tr',
  replacement: (content, node) => {
    const first = node.previousSibling === null && (node.parentNode?.nodeName === 'THEAD' || node.parentNode?.previousSibling === null);
    const cells = [...node.childNodes].filter(({ nodeName }) => nodeName === 'TD' || nodeName === 'TH').length;
    return `\n|${content}${first ? `\n|${' --- |'.repeat(cells)}` : ''}`;
  },
});
turndown.addRule('tables', { filter: 'table', replacement: (content) => `\n\n${content.trim()}\n\n` });
turndown.addRule('sections', { filter: ['thead', 'tbody', 'tfoot'], replacement: (content) => content });

const describe = (node: { getAttribute?: (name: string) => string | null }): string => {
  const text = node.getAttribute?.('alt')?.trim() ?? '';
  return text === '' ? '' : `[picture: ${text}]`;
};

type PageDocument = ReturnType<typeof parseHTML>['document'];

const absolute = (document: PageDocument, base: string): void => {
  for (const link of document.querySelectorAll('a[href]')) {
    const target = URL.parse(link.getAttribute('href') ?? '', base);
    if (target === null || (target.protocol !== 'http:' && target.protocol !== 'https:')) link.removeAttribute('href');
    else link.setAttribute('href', target.href);
  }
};

const links = (document: PageDocument, maxLinks: number): readonly { readonly text: string; readonly url: string }[] => {
  const found = new Map<string, string>();
  for (const link of document.querySelectorAll('a[href]')) {
    const url = link.getAttribute('href') ?? '';
    const text = link.textContent.trim().replace(/\s+/g, ' ').slice(0, 120);
    if (text !== '' && !found.has(url)) found.set(url, text);
    if (found.size >= maxLinks) break;
  }
  return [...found].map(([url, text]) => ({ text, url }));
};

/** Hidden text is for machines, never for the reader: a favourite place for instructions to a model. */
const removeHidden = (document: PageDocument): void => {
  for (const node of document.querySelectorAll(
    '[hidden], [aria-hidden="true"], [style*="display:none"], [style*="display: none"], [style*="visibility:hidden"], [style*="visibility: hidden"]',
  ))
    node.remove();
};

const markdownOf = (html: string): string => {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  return turndown
    .turndown(document.body)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
};

const readPage = ({ html, url, maxLinks }: Job) => {
  const { document } = parseHTML(/<html[\s>]/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`);
  const language = document.querySelector('html')?.getAttribute('lang') ?? '';
  const title = (document.querySelector('title')?.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 300);
  removeHidden(document);
  absolute(document, url);
  const found = links(document, maxLinks);
  const whole = document.querySelector('body')?.innerHTML ?? '';
  const article = new Readability(document, { maxElemsToParse: 100_000 }).parse();
  const markdown = markdownOf(article?.content && (article.textContent ?? '').trim().length >= MIN_ARTICLE_CHARACTERS ? article.content : whole);
  return { title: title === '' ? (article?.title ?? '') : title, language, markdown: markdown.slice(0, MAX_MARKDOWN_CHARACTERS), links: found };
};

parentPort?.on('message', (job: unknown) => {
  try {
    if (!isJob(job)) throw new Error('not a page');
    parentPort?.postMessage({ result: readPage(job) });
  } catch (error) {
    parentPort?.postMessage({ failure: error instanceof Error ? error.message : String(error) });
  }
});
parentPort?.postMessage({ ready: true });
