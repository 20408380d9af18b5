import type { WebMedia, WebPart, WebToolCall, WebTurn } from '@assistant/contracts';
import { memo, type ReactNode } from 'react';
import { errorText } from '../../api/error-text';
import { useLanguage } from '../../i18n/language';
import { CopyButton } from '../../shell/copy-button';
import { WarningIcon } from '../../shell/icons';
import { Mark } from '../../shell/mark';
import type { PendingMessage, RunningTurn } from './chat-state';
import { Markdown } from './markdown';
import { Media } from './media';
import { ToolCard } from './tool-card';
import type { Draft } from './use-chat';

const timeText = (at: number, tag: string): string => new Date(at).toLocaleTimeString(tag, { hour: '2-digit', minute: '2-digit' });

const Question = ({ text, media, note }: { readonly text: string; readonly media: readonly WebMedia[]; readonly note?: ReactNode }) => {
  const { t } = useLanguage();
  return (
    <div className="question">
      <h3 className="visually-hidden">{t('chat.you')}</h3>
      {media.length === 0 ? null : (
        <div className="question-media">
          {media.map((file, index) => (
            <Media key={index} media={file} />
          ))}
        </div>
      )}
      {text === '' ? null : <p className="bubble">{text}</p>}
      {note}
    </div>
  );
};

const Answer = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useLanguage();
  return (
    <div className="answer">
      <span className="avatar">
        <Mark size={28} />
      </span>
      <div className="answer-body">
        <h3 className="visually-hidden">{t('chat.assistant')}</h3>
        {children}
      </div>
    </div>
  );
};

const Tools = ({ calls }: { readonly calls: readonly WebToolCall[] }) =>
  calls.length === 0 ? null : (
    <div className="tools">
      {calls.map((call) => (
        <ToolCard key={call.callId} call={call} />
      ))}
    </div>
  );

const PartView = ({ part }: { readonly part: WebPart }) => {
  const { t } = useLanguage();
  switch (part.type) {
    case 'text':
      return part.format === 'markdown' ? <Markdown text={part.text} /> : <p className="plain">{part.text}</p>;
    case 'media':
      return <Media media={part} />;
    case 'location':
      return <p className="plain">{t('chat.location', { place: part.title ?? `${part.latitude}, ${part.longitude}` })}</p>;
    case 'unsupported':
      return <p className="plain">{part.fallbackText}</p>;
  }
};

const TraceId = ({ id }: { readonly id: string }) => {
  const { t } = useLanguage();
  return (
    <span className="trace">
      {t('chat.trace')} <code>{id}</code>
      <CopyButton text={id} label={t('chat.copyTrace')} />
    </span>
  );
};

const Failure = ({
  title,
  code,
  message,
  traceId,
  explained = false,
  onRetry,
}: {
  readonly title: string;
  readonly code: string;
  readonly message: string;
  readonly traceId: string | undefined;
  /** A reply above says in words what happened. */
  readonly explained?: boolean;
  readonly onRetry: (() => void) | undefined;
}) => {
  const { t } = useLanguage();
  return (
    <div className="failure" role="group" aria-label={title}>
      <WarningIcon size={18} />
      <div>
        <p>
          <b>{title}</b> {explained ? null : errorText(t, code, message)}
        </p>
        <p className="failure-more">
          <code>{code}</code>
          {traceId === undefined || traceId === '' ? null : <TraceId id={traceId} />}
        </p>
      </div>
      {onRetry === undefined ? null : (
        <button type="button" className="button" onClick={onRetry}>
          {t('chat.retry')}
        </button>
      )}
    </div>
  );
};

const Status = ({ turn, onRetry }: { readonly turn: WebTurn; readonly onRetry: (() => void) | undefined }) => {
  const { t } = useLanguage();
  switch (turn.status) {
    case 'answered':
      return null;
    case 'stopped':
      return <p className="note">{t('chat.stopped')}</p>;
    case 'silent':
      return turn.replies.length === 0 ? <p className="note">{t('chat.silent')}</p> : null;
    case 'failed':
    case 'dead':
      return (
        <Failure
          title={t(turn.status === 'dead' ? 'chat.dead' : 'chat.failed')}
          code={turn.error?.code ?? 'internal'}
          message={turn.error?.message ?? ''}
          explained={turn.replies.length > 0}
          traceId={turn.traceId}
          onRetry={onRetry}
        />
      );
  }
};

const answerText = (turn: WebTurn): string =>
  turn.replies.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : []))).join('\n\n');

const Footer = ({ turn }: { readonly turn: WebTurn }) => {
  const { t, tag } = useLanguage();
  const text = answerText(turn);
  const tokens = turn.usage === undefined ? 0 : turn.usage.inputTokens + turn.usage.outputTokens;
  return (
    <footer className="answer-footer">
      {text === '' ? null : <CopyButton text={text} label={t('chat.copyAnswer')} />}
      <time dateTime={new Date(turn.at).toISOString()}>{timeText(turn.at, tag)}</time>
      {turn.model === undefined ? null : <span>{turn.model}</span>}
      {tokens === 0 ? null : <span>{t('chat.tokens', { count: tokens.toLocaleString(tag) })}</span>}
      {turn.traceId === '' ? null : <TraceId id={turn.traceId} />}
    </footer>
  );
};

interface TurnProps {
  readonly turn: WebTurn;
  /** The newest turn: only its buttons still mean something. */
  readonly newest: boolean;
  readonly onSend: (draft: Draft) => void;
}

/** One answered message: what was asked, what was done, what came of it. */
export const TurnEntry = memo(({ turn, newest, onSend }: TurnProps) => {
  const { t } = useLanguage();
  const { question } = turn;
  const again = question === undefined || question.text === '' || question.media.length > 0 ? undefined : () => onSend({ text: question.text, uploads: [] });
  const isStop = question?.text.trim() === '/stop';
  return (
    <article className="turn">
      {isStop ? (
        <p className="note centred">{t('chat.stopAsked')}</p>
      ) : question === undefined ? (
        <p className="note centred">{t('chat.expired')}</p>
      ) : (
        <Question text={question.text} media={question.media} />
      )}
      {isStop && turn.replies.length === 0 ? null : (
        <Answer>
          <Tools calls={turn.tools} />
          {turn.replies.map(({ parts, actions }, reply) => (
            <div key={reply} className="reply">
              {parts.map((part, index) => (
                <PartView key={index} part={part} />
              ))}
              {actions?.map((row, index) => (
                <div key={index} className="actions">
                  {row.map((action) => (
                    <button
                      key={action.id}
                      type="button"
                      className="button"
                      data-style={action.style}
                      disabled={!newest}
                      onClick={() => onSend({ text: action.label, uploads: [], interaction: { id: action.id, value: action.value } })}
                    >
                      {action.label}
                    </button>
                  ))}
                </div>
              ))}
            </div>
          ))}
          <Status turn={turn} onRetry={again} />
          <Footer turn={turn} />
        </Answer>
      )}
    </article>
  );
});

interface PendingProps {
  readonly message: PendingMessage;
  readonly running: RunningTurn | undefined;
  /** Nothing before it waits, so this one is being worked on. */
  readonly first: boolean;
  readonly onRetry: (message: PendingMessage) => void;
}

/** A message that is not answered yet, and as much of its answer as there is. */
export const PendingEntry = ({ message, running, first, onRetry }: PendingProps) => {
  const { t } = useLanguage();
  const note = message.state === 'sending' ? <p className="note end">{t('chat.sending')}</p> : undefined;
  const working = message.state === 'accepted' || running !== undefined;
  if (message.text.trim() === '/stop') return <p className="note centred">{t('chat.stopAsked')}</p>;
  return (
    <article className="turn" aria-busy={working}>
      <Question text={message.text} media={message.media} note={note} />
      {message.error === undefined || message.state !== 'failed' ? null : (
        <Failure
          title={t('chat.notSent', { reason: '' }).trim()}
          code={message.error.code}
          message={message.error.message}
          traceId={message.error.traceId}
          onRetry={() => onRetry(message)}
        />
      )}
      {working ? (
        <Answer>
          <Tools calls={running?.tools ?? []} />
          {running === undefined || running.text === '' ? (
            <p className="thinking">
              <span>{t(first || running !== undefined ? 'chat.thinking' : 'chat.waiting')}</span>
            </p>
          ) : (
            <div className="streaming">
              <Markdown text={running.text} />
            </div>
          )}
        </Answer>
      ) : null}
    </article>
  );
};
