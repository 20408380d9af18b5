import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLanguage } from '../../i18n/language';
import { DownIcon } from '../../shell/icons';
import { runningOf, type ChatState, type PendingMessage } from './chat-state';
import { PendingEntry, TurnEntry } from './transcript-entry';
import type { Draft } from './use-chat';

interface TranscriptProps {
  readonly state: ChatState;
  readonly onSend: (draft: Draft) => void;
  readonly onRetry: (message: PendingMessage) => void;
  readonly onOlder: () => void;
}

const NEAR_END_PX = 80;

/** The messages. Stays at the end while it grows, unless the person has scrolled away from it. */
export const Transcript = ({ state, onSend, onRetry, onOlder }: TranscriptProps) => {
  const { t } = useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  const column = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const heightBefore = useRef(0);
  const [away, setAway] = useState(false);
  const oldest = state.turns[0]?.sequence;
  const written = state.pending.at(-1)?.messageId;

  const toEnd = useCallback((behavior: ScrollBehavior) => {
    const element = frame.current;
    element?.scrollTo({ top: element.scrollHeight, behavior });
  }, []);

  // An own message is always shown, wherever the page stands.
  useEffect(() => {
    if (written === undefined) return;
    follows.current = true;
    toEnd('instant');
  }, [written, toEnd]);
  // Also for what grows by itself: a picture that arrives, files above the text field, a rotated screen.
  useEffect(() => {
    const element = column.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      if (follows.current) toEnd('instant');
    });
    observer.observe(element);
    if (frame.current !== null) observer.observe(frame.current);
    return () => observer.disconnect();
  }, [toEnd]);
  // Older messages push the rest down: the one that is being read stays where it is.
  useLayoutEffect(() => {
    const element = frame.current;
    if (element !== null && !follows.current) element.scrollTop += element.scrollHeight - heightBefore.current;
  }, [oldest]);
  useLayoutEffect(() => {
    heightBefore.current = frame.current?.scrollHeight ?? 0;
  });

  const onScroll = (): void => {
    const element = frame.current;
    if (element === null) return;
    follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    setAway(!follows.current);
  };
  const waiting = state.pending.filter((message) => message.state !== 'failed');

  return (
    <div className="transcript-frame">
      <div className="transcript" ref={frame} onScroll={onScroll} role="log" aria-live="off" aria-label={t('chat.messages')} tabIndex={0}>
        <div className="column" ref={column}>
          {state.more ? (
            <button type="button" className="button older" onClick={onOlder}>
              {t('chat.older')}
            </button>
          ) : null}
          {state.turns.map((turn, index) => (
            <TurnEntry key={turn.sequence} turn={turn} newest={index === state.turns.length - 1 && waiting.length === 0} onSend={onSend} />
          ))}
          {state.pending.map((message) => (
            <PendingEntry key={message.messageId} message={message} running={runningOf(state, message)} first={waiting[0] === message} onRetry={onRetry} />
          ))}
        </div>
      </div>
      {away ? (
        <button type="button" className="to-end" aria-label={t('chat.latest')} title={t('chat.latest')} onClick={() => toEnd('smooth')}>
          <DownIcon size={18} />
        </button>
      ) : null}
    </div>
  );
};
