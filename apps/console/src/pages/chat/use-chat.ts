import type { WebMedia, WebUpload } from '@assistant/contracts';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { asRequestError } from '../../api/request';
import { createConversation, followConversation, loadHistory, sendMessage, type OutgoingMessage } from './chat-api';
import { chatReducer, EMPTY_CHAT, type ChatState, type PendingMessage } from './chat-state';

export interface Draft {
  readonly text: string;
  readonly uploads: readonly WebUpload[];
  readonly interaction?: { readonly id: string; readonly value: string };
}

export interface Chat {
  readonly state: ChatState;
  readonly connection: 'open' | 'lost';
  send(draft: Draft): void;
  retry(message: PendingMessage): void;
  loadOlder(): void;
  reload(): void;
}

export interface ChatOptions {
  /** Undefined before the first message. */
  readonly conversation: string | undefined;
  readonly language: string;
  /** A conversation was made for the first message. */
  onCreated(conversation: string): void;
  /** The list of conversations changed. */
  onChanged(): void;
}

const TRIES = 4;
const kindOf = (mime: string): WebMedia['kind'] =>
  mime.startsWith('image/') ? 'image' : mime.startsWith('audio/') ? 'audio' : mime.startsWith('video/') ? 'video' : 'file';
const mediaOf = (upload: WebUpload): WebMedia => ({
  type: 'media',
  kind: kindOf(upload.mime),
  url: upload.url,
  mime: upload.mime,
  name: upload.name,
  size: upload.size,
});
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Sends under the same id until the server has it: a repeat is accepted once. */
const deliver = async (conversation: string, message: OutgoingMessage): Promise<void> => {
  for (let tried = 1; ; tried++) {
    try {
      await sendMessage(conversation, message);
      return;
    } catch (raw) {
      const error = asRequestError(raw);
      if (!error.transient || tried >= TRIES) throw error;
      await wait(Math.min(5000, error.retryAfterMs ?? 500 * 2 ** tried));
    }
  }
};

/** One open conversation: its history, its events and the way to write to it. */
export const useChat = ({ conversation, language, onCreated, onChanged }: ChatOptions): Chat => {
  const [state, dispatch] = useReducer(chatReducer, EMPTY_CHAT);
  const [connection, setConnection] = useState<'open' | 'lost'>('open');
  const [attempt, setAttempt] = useState(0);
  /** The conversation that messages go to; undefined until the first message makes one. */
  const target = useRef<Promise<string>>(undefined);
  /** A conversation that was just made needs no history, and its first message is already shown. */
  const fresh = useRef<string>(undefined);
  /** Messages leave one after the other, in the order they were written. */
  const lane = useRef<Promise<void>>(Promise.resolve());
  const outgoing = useRef(new Map<string, OutgoingMessage>());
  const cursor = useRef(0);
  cursor.current = state.cursor;

  useEffect(() => {
    target.current = conversation === undefined ? undefined : Promise.resolve(conversation);
    const isFresh = conversation !== undefined && fresh.current === conversation;
    fresh.current = undefined;
    if (conversation === undefined) {
      dispatch({ type: 'closed' });
      return undefined;
    }
    const gone = new AbortController();
    let stopFollowing: (() => void) | undefined;
    const follow = (): void => {
      stopFollowing = followConversation(
        conversation,
        () => cursor.current,
        (event) => {
          dispatch({ type: 'event', event });
          if (event.kind === 'commit') onChanged();
        },
        setConnection,
      );
    };
    const open = async (): Promise<void> => {
      dispatch({ type: 'opened' });
      cursor.current = 0;
      try {
        const history = await loadHistory(conversation, undefined, gone.signal);
        if (gone.signal.aborted) return;
        dispatch({ type: 'history', history });
        cursor.current = history.cursor;
        follow();
      } catch (raw) {
        if (gone.signal.aborted) return;
        const { code, message } = asRequestError(raw);
        dispatch({ type: 'load-failed', code, message });
      }
    };
    if (isFresh) follow();
    else void open();
    return () => {
      gone.abort();
      stopFollowing?.();
      setConnection('open');
    };
  }, [conversation, attempt, onChanged]);

  const create = useCallback(async (): Promise<string> => {
    const { id } = await createConversation();
    fresh.current = id;
    dispatch({ type: 'created' });
    onCreated(id);
    return id;
  }, [onCreated]);

  const post = useCallback(
    (message: OutgoingMessage): void => {
      const attemptIt = async (): Promise<void> => {
        try {
          target.current ??= create();
          const making = target.current;
          await deliver(
            await making.catch((error: unknown) => {
              if (target.current === making) target.current = undefined;
              throw error;
            }),
            message,
          );
          dispatch({ type: 'accepted', messageId: message.id });
          outgoing.current.delete(message.id);
          onChanged();
        } catch (raw) {
          const { code, message: reason, traceId } = asRequestError(raw);
          dispatch({ type: 'send-failed', messageId: message.id, error: { code, message: reason, ...(traceId === undefined ? {} : { traceId }) } });
        }
      };
      lane.current = lane.current.then(attemptIt);
    },
    [create, onChanged],
  );

  const send = useCallback(
    ({ text, uploads, interaction }: Draft) => {
      const id = crypto.randomUUID();
      const attachments = uploads.map(({ ref, name, mime, size }) => ({ ref, name, mime, size }));
      const message: OutgoingMessage = { id, text, attachments, language, ...(interaction === undefined ? {} : { interaction }) };
      outgoing.current.set(id, message);
      dispatch({ type: 'sending', message: { messageId: id, text, media: uploads.map(mediaOf), at: Date.now(), state: 'sending' } });
      post(message);
    },
    [language, post],
  );

  const retry = useCallback(
    (failed: PendingMessage) => {
      const message = outgoing.current.get(failed.messageId);
      if (message === undefined) return;
      const { error: _error, ...again } = failed;
      dispatch({ type: 'sending', message: { ...again, state: 'sending' } });
      post(message);
    },
    [post],
  );

  const oldest = state.turns[0]?.sequence;
  const loadOlder = useCallback(() => {
    if (conversation === undefined || oldest === undefined) return;
    loadHistory(conversation, oldest, new AbortController().signal).then(
      (history) => dispatch({ type: 'older', history }),
      // The button stays: pressing it again is the retry.
      () => undefined,
    );
  }, [conversation, oldest]);

  const reload = useCallback(() => setAttempt((count) => count + 1), []);
  return { state, connection, send, retry, loadOlder, reload };
};
