import type { HealthReport, HealthStatus } from '@assistant/contracts';
import { useEffect, useState } from 'react';
import { isObject, request } from '../../api/request';
import { useLanguage } from '../../i18n/language';
import type { MessageKey } from '../../i18n/messages';
import './health.css';

const EVERY_MS = 5000;
const SUMMARIES = { ok: 'health.allOk', degraded: 'health.someDegraded', down: 'health.someDown' } as const satisfies Record<HealthStatus, MessageKey>;

const isReport = (value: unknown): value is HealthReport => isObject(value) && isObject(value['services']) && typeof value['status'] === 'string';

interface Checked {
  readonly report: HealthReport | undefined;
  readonly at: number;
}

const useHealth = (): Checked | undefined => {
  const [checked, setChecked] = useState<Checked>();
  useEffect(() => {
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const check = async (): Promise<void> => {
      try {
        const report = await request('/health', isReport, { signal: gone.signal, timeoutMs: EVERY_MS, accept: [503] });
        setChecked({ report, at: Date.now() });
      } catch {
        if (gone.signal.aborted) return;
        setChecked((before) => ({ report: undefined, at: before?.at ?? Date.now() }));
      }
      if (!gone.signal.aborted) timer = setTimeout(() => void check(), EVERY_MS);
    };
    void check();
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
  }, []);
  return checked;
};

/** How every service is now, as `GET /health` says. */
export const HealthPage = () => {
  const { t, tag } = useLanguage();
  const checked = useHealth();
  if (checked === undefined)
    return (
      <div className="page-message" aria-busy="true">
        <span className="spinner large" />
      </div>
    );
  const { report, at } = checked;
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('health.title')}</h1>
        <small>
          {report === undefined ? null : <>{t('health.version', { version: report.version })} · </>}
          {t('health.checked', { time: new Date(at).toLocaleTimeString(tag) })}
        </small>
      </header>
      <p className="health-summary" data-status={report?.status ?? 'down'} role="status">
        <span className="dot" />
        {report === undefined ? t('health.unreachable') : t(SUMMARIES[report.status])}
      </p>
      <ul className="services">
        {Object.entries(report?.services ?? {}).map(([name, { status, detail }]) => (
          <li key={name} data-status={status}>
            <span className="dot" />
            <b>{name}</b>
            <span className="service-status">{t(`health.${status}`)}</span>
            {detail === '' ? null : <p>{detail}</p>}
          </li>
        ))}
      </ul>
    </div>
  );
};
