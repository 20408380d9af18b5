import type { WebToolCall } from '@assistant/contracts';
import { useLanguage } from '../../i18n/language';
import { CheckIcon, ChevronIcon, CrossIcon, ShieldIcon, ToolIcon } from '../../shell/icons';
import { CopyButton } from '../../shell/copy-button';

const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

/** The arguments in one line, without JSON's noise. */
export const summarise = (text: string): string => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return text;
    return Object.values(value)
      .map((entry) => (typeof entry === 'string' ? entry : JSON.stringify(entry)))
      .join(' · ');
  } catch {
    return text;
  }
};

const StateIcon = ({ state }: { readonly state: WebToolCall['state'] }) => {
  switch (state) {
    case 'running':
      return <span className="spinner" />;
    case 'done':
      return <CheckIcon size={15} />;
    case 'failed':
      return <CrossIcon size={15} />;
    case 'denied':
      return <ShieldIcon size={15} />;
  }
};

const Text = ({ title, text }: { readonly title: string; readonly text: string }) => {
  const { t } = useLanguage();
  return (
    <section className="tool-text">
      <header>
        <h4>{title}</h4>
        <CopyButton text={text} label={t('chat.copy')} />
      </header>
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
};

/** One tool call: what it is, how it stands, and on request what went in and came out. */
export const ToolCard = ({ call }: { readonly call: WebToolCall }) => {
  const { t } = useLanguage();
  const state = t(`tool.${call.state}`);
  return (
    <details className="tool" data-state={call.state}>
      <summary aria-label={t('tool.label', { name: call.name, state })}>
        <ToolIcon size={16} />
        <span className="tool-name">{call.name}</span>
        <span className="tool-summary">{summarise(call.arguments)}</span>
        <span className="tool-state">
          <StateIcon state={call.state} />
          <span>{state}</span>
        </span>
        <span className="tool-chevron">
          <ChevronIcon size={15} />
        </span>
      </summary>
      <div className="tool-body">
        <Text title={t('tool.arguments')} text={pretty(call.arguments)} />
        {call.result === undefined ? null : <Text title={t('tool.result')} text={pretty(call.result)} />}
      </div>
    </details>
  );
};
