import { useCallback, useEffect, useRef, useState, type DragEvent } from 'react';
import { errorText } from '../../api/error-text';
import { useLanguage } from '../../i18n/language';
import { Panel } from '../../shell/panel';
import { goTo } from '../../shell/route';
import type { PageProps } from '../page';
import { isBusy, isDemo, type ChatState } from './chat-state';
import { Composer, type ComposerHandle } from './composer';
import { ConversationPanel } from './conversation-panel';
import { Transcript } from './transcript';
import { useAttachments } from './use-attachments';
import { useChat, type Chat } from './use-chat';
import { useConversations } from './use-conversations';
import { Welcome } from './welcome';
import './chat.css';
import './markdown.css';

/** A short interruption is not worth a banner. */
const LOST_SHOWN_AFTER_MS = 1500;
const ANNOUNCED = 300;

const useOnline = (): boolean => {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = (): void => setOnline(navigator.onLine);
    addEventListener('online', update);
    addEventListener('offline', update);
    return () => {
      removeEventListener('online', update);
      removeEventListener('offline', update);
    };
  }, []);
  return online;
};

const Banner = ({ chat }: { readonly chat: Chat }) => {
  const { t } = useLanguage();
  const online = useOnline();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    setLost(false);
    if (chat.connection === 'open') return undefined;
    const timer = setTimeout(() => setLost(true), LOST_SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [chat.connection]);
  if (!online)
    return (
      <p className="banner" role="status">
        {t('chat.offline')}
      </p>
    );
  if (!lost) return null;
  return (
    <p className="banner" role="status">
      <span className="spinner" /> {t('chat.reconnecting')}
    </p>
  );
};

const Demo = ({ state }: { readonly state: ChatState }) => {
  const { t } = useLanguage();
  if (!isDemo(state)) return null;
  return (
    <p className="demo" role="note">
      <b>{t('chat.demo')}</b> <span>{t('chat.demoHint')}</span>
    </p>
  );
};

/** Tells people who hear the page that an answer is under way, and then the answer: not every word as it comes. */
const Announcer = ({ state }: { readonly state: ChatState }) => {
  const { t } = useLanguage();
  const [said, setSaid] = useState('');
  const busy = isBusy(state);
  const last = state.turns.at(-1);
  const wasBusy = useRef(false);
  useEffect(() => {
    if (busy) setSaid(t('chat.answering'));
    else if (wasBusy.current && last !== undefined) {
      const text = last.replies.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : []))).join(' ');
      setSaid(t('chat.answered', { text: text.slice(0, ANNOUNCED) }));
    }
    wasBusy.current = busy;
  }, [busy, last, t]);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {said}
    </div>
  );
};

/** Calls back for files that are dragged over the element. */
const useDrop = (onFiles: (files: FileList) => void) => {
  const depth = useRef(0);
  const [over, setOver] = useState(false);
  const change = (by: number): void => {
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  return {
    over,
    handlers: {
      onDragEnter: (event: DragEvent) => {
        if (hasFiles(event)) change(1);
      },
      onDragLeave: (event: DragEvent) => {
        if (hasFiles(event)) change(-1);
      },
      onDragOver: (event: DragEvent) => {
        if (hasFiles(event)) event.preventDefault();
      },
      onDrop: (event: DragEvent) => {
        change(-depth.current);
        if (!hasFiles(event)) return;
        event.preventDefault();
        onFiles(event.dataTransfer.files);
      },
    },
  };
};

const Body = ({ chat, onSend }: { readonly chat: Chat; readonly onSend: Chat['send'] }) => {
  const { t } = useLanguage();
  const { state } = chat;
  if (state.phase === 'failed') {
    return (
      <div className="page-message" role="alert">
        <p>{t('chat.loadFailed', { reason: errorText(t, state.error?.code ?? 'internal', state.error?.message ?? '') })}</p>
        <button type="button" className="button" onClick={chat.reload}>
          {t('chat.retry')}
        </button>
      </div>
    );
  }
  if (state.phase === 'loading')
    return (
      <div className="page-message" aria-busy="true">
        <span className="spinner large" />
      </div>
    );
  if (state.turns.length === 0 && state.pending.length === 0) return <Welcome onChoose={(text) => onSend({ text, uploads: [] })} />;
  return <Transcript state={state} onSend={onSend} onRetry={chat.retry} onOlder={chat.loadOlder} />;
};

export const ChatPage = ({ route }: PageProps) => {
  const { t, tag } = useLanguage();
  const conversation = route.rest === '' ? undefined : route.rest;
  const conversations = useConversations();
  const attachments = useAttachments();
  const composer = useRef<ComposerHandle>(null);
  const onCreated = useCallback((id: string) => goTo('chat', id, { replace: true }), []);
  const chat = useChat({ conversation, language: tag, onCreated, onChanged: conversations.refresh });
  const { over, handlers } = useDrop((files) => {
    attachments.add(files);
    composer.current?.focus();
  });

  return (
    <div className="chat" {...handlers}>
      <Panel>
        <ConversationPanel conversations={conversations} current={conversation} />
      </Panel>
      <Banner chat={chat} />
      <Body chat={chat} onSend={chat.send} />
      <div className="chat-foot">
        <Demo state={chat.state} />
        <Composer
          ref={composer}
          draftKey={conversation ?? ''}
          busy={isBusy(chat.state)}
          attachments={attachments}
          onSend={chat.send}
          onStop={() => chat.send({ text: '/stop', uploads: [] })}
        />
      </div>
      <Announcer state={chat.state} />
      {over ? <div className="drop">{t('chat.drop')}</div> : null}
    </div>
  );
};
