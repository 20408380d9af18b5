import { memo, isValidElement, type ComponentProps, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { useLanguage } from '../../i18n/language';
import { CopyButton } from '../../shell/copy-button';
import { colourCode } from './code-colours';

const textOf = (node: ReactNode): string => {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join('');
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : '';
};

const languageOf = (node: ReactNode): string =>
  isValidElement<{ className?: string }>(node) ? (/language-([\w+#.-]+)/.exec(node.props.className ?? '')?.[1] ?? '') : '';

const CodeBlock = ({ children }: { readonly children?: ReactNode }) => {
  const { t } = useLanguage();
  const code = textOf(children).replace(/\n$/, '');
  const language = languageOf(children);
  return (
    <figure className="code">
      <figcaption>
        <span>{language === '' ? t('chat.code') : language}</span>
        <CopyButton text={code} label={t('chat.copy')} />
      </figcaption>
      <pre tabIndex={0} role="region" aria-label={language === '' ? t('chat.code') : `${t('chat.code')} ${language}`}>
        <code>
          {colourCode(code, language).map(({ kind, text }, index) =>
            kind === 'plain' ? (
              text
            ) : (
              <span key={index} className={`code-${kind}`}>
                {text}
              </span>
            ),
          )}
        </code>
      </pre>
    </figure>
  );
};

const Table = ({ node: _node, ...props }: ComponentProps<'table'> & { node?: unknown }) => (
  <div className="table-scroll" tabIndex={0} role="region">
    <table {...props} />
  </div>
);

const Link = ({ href, children }: ComponentProps<'a'>) => (
  <a href={href} target="_blank" rel="noopener noreferrer nofollow">
    {children}
  </a>
);

/** A picture elsewhere is a link: loading it would tell its server what the conversation is about. */
const Picture = ({ src, alt }: ComponentProps<'img'>) => {
  const address = typeof src === 'string' ? src : '';
  return address.startsWith('/api/chat/blobs/') ? (
    <img src={address} alt={alt ?? ''} loading="lazy" />
  ) : (
    <Link href={address}>{alt === undefined || alt === '' ? address : alt}</Link>
  );
};

const COMPONENTS: Components = { pre: CodeBlock, table: Table, a: Link, img: Picture };
const PLUGINS = [remarkGfm];

/** An answer's Markdown. HTML inside it is shown as text, never run. */
export const Markdown = memo(({ text }: { readonly text: string }) => (
  <div className="markdown">
    <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS}>
      {text}
    </ReactMarkdown>
  </div>
));
