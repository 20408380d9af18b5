import type { WebMedia } from '@assistant/contracts';
import { useLanguage } from '../../i18n/language';
import { FileIcon } from '../../shell/icons';

const UNITS = ['B', 'KB', 'MB', 'GB'] as const;

/** A size for people: `1.5 MB`. */
export const sizeText = (bytes: number): string => {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit] ?? 'B'}`;
};

const FileCard = ({ media }: { readonly media: WebMedia }) => (
  <a className="file" href={media.url === '' ? undefined : media.url} download={media.name ?? true}>
    <FileIcon size={20} />
    <span>
      <b>{media.name ?? media.mime}</b>
      <small>{media.size === undefined ? media.mime : sizeText(media.size)}</small>
    </span>
  </a>
);

/** A file of a message: pictures, sound and film play here, anything else is a download. */
export const Media = ({ media }: { readonly media: WebMedia }) => {
  const { t } = useLanguage();
  const name = media.name ?? media.mime;
  const shown = ((): React.ReactNode => {
    if (media.url === '') return <FileCard media={media} />;
    switch (media.kind) {
      case 'image':
      case 'sticker':
        return (
          <a href={media.url} target="_blank" rel="noopener noreferrer" aria-label={t('chat.openImage', { name })}>
            <img className="picture" src={media.url} alt={media.caption ?? name} loading="lazy" />
          </a>
        );
      case 'audio':
        return <audio controls preload="none" src={media.url} aria-label={name} />;
      case 'video':
        return <video controls preload="metadata" src={media.url} aria-label={name} />;
      case 'file':
        return <FileCard media={media} />;
    }
  })();
  return (
    <figure className="media">
      {shown}
      {media.caption === undefined ? null : <figcaption>{media.caption}</figcaption>}
    </figure>
  );
};
