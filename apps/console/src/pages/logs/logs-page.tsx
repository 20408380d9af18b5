import type { LogLine } from '@assistant/contracts';
import { memo, useState } from 'react';
import { errorText } from '../../api/error-text';
import { useLanguage } from '../../i18n/language';
import type { PageProps } from '../page';
import { LEVELS, restOf, type LogQuery } from './log-query';
import { useLogs } from './use-logs';
import './logs.css';

const clock = (time: string): string => {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`;
};

const Line = memo(({ line, onTrace }: { readonly line: LogLine; readonly onTrace: (trace: string) => void }) => {
  const { t } = useLanguage();
  const rest = restOf(line);
  return (
    <li className="line" data-level={line.level}>
      <time dateTime={line.time} title={line.time}>
        {clock(line.time)}
      </time>
      <span className="line-level">{line.level}</span>
      <span className="line-service">{line.service}</span>
      <div className="line-text">
        <span>{line.msg}</span>
        {line.hop === undefined ? null : <code>{line.hop}</code>}
        {line.trace_id === undefined ? null : (
          <button type="button" className="line-trace" title={t('logs.trace')} onClick={() => onTrace(line.trace_id ?? '')}>
            {line.trace_id.slice(0, 8)}
          </button>
        )}
        {rest === '' ? null : (
          <details>
            <summary>{t('logs.details')}</summary>
            <pre tabIndex={0}>{rest}</pre>
          </details>
        )}
      </div>
    </li>
  );
});

/** The lines that every service wrote: search, follow, and what belongs to one trace. */
export const LogsPage = ({ route }: PageProps) => {
  const { t } = useLanguage();
  const [query, setQuery] = useState<LogQuery>({
    text: route.query['q'] ?? '',
    service: route.query['service'] ?? '',
    level: route.query['level'] ?? '',
    trace: route.query['trace'] ?? '',
  });
  const [follow, setFollow] = useState(true);
  const logs = useLogs(query, follow);
  const change = (part: Partial<LogQuery>): void => setQuery((before) => ({ ...before, ...part }));
  return (
    <div className="page wide">
      <header className="page-head">
        <h1>{t('logs.title')}</h1>
      </header>
      <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <label className="filter-text">
          <span>{t('logs.search')}</span>
          <input type="search" value={query.text} onChange={(event) => change({ text: event.target.value })} />
        </label>
        <label>
          <span>{t('logs.service')}</span>
          <input value={query.service} placeholder={t('logs.any')} onChange={(event) => change({ service: event.target.value })} />
        </label>
        <label>
          <span>{t('logs.level')}</span>
          <select value={query.level} onChange={(event) => change({ level: event.target.value })}>
            <option value="">{t('logs.any')}</option>
            {LEVELS.map((level) => (
              <option key={level}>{level}</option>
            ))}
          </select>
        </label>
        <label>
          <span>{t('logs.trace')}</span>
          <input value={query.trace} placeholder={t('logs.any')} onChange={(event) => change({ trace: event.target.value })} />
        </label>
        <label className="filter-follow">
          <input type="checkbox" checked={follow} onChange={(event) => setFollow(event.target.checked)} />
          <span>{t('logs.follow')}</span>
        </label>
      </form>
      {logs.error === undefined ? null : (
        <p className="banner" role="alert">
          {logs.error.code === 'not_found' ? t('logs.missing') : t('logs.unavailable', { reason: errorText(t, logs.error.code, logs.error.message) })}
        </p>
      )}
      {logs.lines.length === 0 && !logs.loading && logs.error === undefined ? <p className="page-message">{t('logs.empty')}</p> : null}
      <ol className="lines" aria-busy={logs.loading}>
        {logs.lines.map((line, index) => (
          <Line key={logs.lines.length - index} line={line} onTrace={(trace) => change({ trace })} />
        ))}
      </ol>
      {logs.more ? (
        <button type="button" className="button older" onClick={logs.loadMore}>
          {t('logs.more')}
        </button>
      ) : null}
    </div>
  );
};
