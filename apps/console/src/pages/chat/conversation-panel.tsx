import type { WebConversation } from '@assistant/contracts';
import { useState } from 'react';
import { useLanguage } from '../../i18n/language';
import type { MessageKey } from '../../i18n/messages';
import { PlusIcon, TrashIcon } from '../../shell/icons';
import { formatRoute, goTo } from '../../shell/route';
import type { Conversations } from './use-conversations';

const DAY_MS = 86_400_000;

/** Conversations by day, newest first. */
export const groupByDay = (
  list: readonly WebConversation[],
  now: Date,
): readonly { readonly title: MessageKey; readonly entries: readonly WebConversation[] }[] => {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const groups = [
    { title: 'chat.today', entries: list.filter(({ at }) => at >= today) },
    { title: 'chat.yesterday', entries: list.filter(({ at }) => at < today && at >= today - DAY_MS) },
    { title: 'chat.earlier', entries: list.filter(({ at }) => at < today - DAY_MS) },
  ] as const;
  return groups.filter(({ entries }) => entries.length > 0);
};

interface EntryProps {
  readonly conversation: WebConversation;
  readonly current: boolean;
  readonly onRemove: () => void;
}

const Entry = ({ conversation, current, onRemove }: EntryProps) => {
  const { t } = useLanguage();
  const [asking, setAsking] = useState(false);
  const title = conversation.title === '' ? t('chat.untitled') : conversation.title;
  if (asking) {
    return (
      <li className="conversation asking" role="alertdialog" aria-label={t('chat.deleteAsk')}>
        <span>{t('chat.deleteAsk')}</span>
        <span className="conversation-choice">
          <button type="button" className="button" data-style="danger" autoFocus onClick={onRemove}>
            {t('chat.deleteYes')}
          </button>
          <button type="button" className="button" onClick={() => setAsking(false)}>
            {t('chat.cancel')}
          </button>
        </span>
      </li>
    );
  }
  return (
    <li className="conversation" data-current={current || undefined}>
      <a href={formatRoute('chat', conversation.id)} aria-current={current ? 'true' : undefined} title={title}>
        {title}
      </a>
      <button type="button" className="icon-button small" aria-label={t('chat.delete', { title })} onClick={() => setAsking(true)}>
        <TrashIcon size={15} />
      </button>
    </li>
  );
};

/** The conversations of this browser. */
export const ConversationPanel = ({ conversations, current }: { readonly conversations: Conversations; readonly current: string | undefined }) => {
  const { t } = useLanguage();
  const shown = conversations.list.filter(({ id, title }) => title !== '' || id === current);
  const remove = (id: string): void => {
    void conversations.remove(id);
    if (id === current) goTo('chat', '', { replace: true });
  };
  return (
    <section className="conversations" aria-label={t('chat.conversations')}>
      <header>
        <h2>{t('chat.conversations')}</h2>
        <a className="button new-chat" href={formatRoute('chat')}>
          <PlusIcon size={16} />
          {t('chat.new')}
        </a>
      </header>
      {conversations.failed ? <p className="panel-note">{t('chat.listFailed')}</p> : null}
      {shown.length === 0 && !conversations.failed ? <p className="panel-note">{t('chat.noConversations')}</p> : null}
      <div className="conversation-scroll">
        {groupByDay(shown, new Date()).map(({ title, entries }) => (
          <div key={title}>
            <h3>{t(title)}</h3>
            <ul>
              {entries.map((conversation) => (
                <Entry key={conversation.id} conversation={conversation} current={conversation.id === current} onRemove={() => remove(conversation.id)} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
};
