import { useEffect, useState } from 'react';
import { useLanguage } from '../i18n/language';
import { CheckIcon, CopyIcon } from './icons';

const SHOWN_MS = 1600;

/** Copies over a page that is not served by TLS too, where the clipboard interface is missing. */
const copyText = async (text: string): Promise<void> => {
  if ('clipboard' in navigator) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
};

/** Copies a text and says so for a moment. */
export const CopyButton = ({
  text,
  label,
  className = 'icon-button small',
}: {
  readonly text: string;
  readonly label: string;
  readonly className?: string;
}) => {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      className={className}
      aria-label={copied ? t('chat.copied') : label}
      title={copied ? t('chat.copied') : label}
      onClick={() => {
        copyText(text).then(
          () => setCopied(true),
          () => setCopied(false),
        );
      }}
    >
      {copied ? <CheckIcon size={15} /> : <CopyIcon size={15} />}
    </button>
  );
};
