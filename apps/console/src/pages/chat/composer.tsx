import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent, type Ref } from 'react';
import { errorText } from '../../api/error-text';
import { useLanguage } from '../../i18n/language';
import { ClipIcon, CrossIcon, FileIcon, SendIcon, StopIcon, WarningIcon } from '../../shell/icons';
import { sizeText } from './media';
import type { Attachment, Attachments } from './use-attachments';
import type { Draft } from './use-chat';

export interface ComposerHandle {
  focus(): void;
}

interface ComposerProps {
  readonly ref: Ref<ComposerHandle>;
  /** The conversation, empty before the first message: what was written for one is not sent to another. */
  readonly draftKey: string;
  readonly busy: boolean;
  readonly attachments: Attachments;
  readonly onSend: (draft: Draft) => void;
  readonly onStop: () => void;
}

const AttachmentChip = ({ attachment, onRemove }: { readonly attachment: Attachment; readonly onRemove: () => void }) => {
  const { t } = useLanguage();
  const { name, size, preview, state } = attachment;
  const problem = state.kind === 'failed' ? t('chat.uploadFailed', { name, reason: errorText(t, state.code, state.message) }) : undefined;
  return (
    <li className="chip" data-state={state.kind} title={problem}>
      {preview === undefined ? <span className="chip-icon">{state.kind === 'failed' ? <WarningIcon /> : <FileIcon />}</span> : <img src={preview} alt="" />}
      <span className="chip-text">
        <b>{name}</b>
        <small>{problem ?? (state.kind === 'uploading' ? t('chat.uploading', { name: sizeText(size) }) : sizeText(size))}</small>
      </span>
      {state.kind === 'uploading' ? <span className="spinner" /> : null}
      <button type="button" className="icon-button small" aria-label={t('chat.removeFile', { name })} onClick={onRemove}>
        <CrossIcon size={14} />
      </button>
    </li>
  );
};

/** True while an input method still composes: its Enter chooses a candidate and must not send. */
const isComposing = (event: KeyboardEvent): boolean => event.nativeEvent.isComposing || event.keyCode === 229;

/** Where messages are written. Enter sends, Shift + Enter starts a new line; files come by button, paste or drop. */
export const Composer = ({ ref, draftKey, busy, attachments, onSend, onStop }: ComposerProps) => {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const composing = useRef(false);
  const draftOf = useRef(draftKey);
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), []);
  useEffect(() => {
    if (draftOf.current !== '') setText('');
    draftOf.current = draftKey;
    // On a touch screen the focus would push the keyboard over the page.
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, [draftKey]);
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);

  const ready = (text.trim() !== '' || attachments.list.some(({ state }) => state.kind === 'ready')) && !attachments.uploading;
  const send = (): void => {
    if (!ready) return;
    onSend({ text: text.trim(), uploads: attachments.take() });
    setText('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event) || composing.current) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    attachments.add(event.clipboardData.files);
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="composer-box">
        {attachments.list.length === 0 ? null : (
          <ul className="chips">
            {attachments.list.map((attachment) => (
              <AttachmentChip key={attachment.key} attachment={attachment} onRemove={() => attachments.remove(attachment.key)} />
            ))}
          </ul>
        )}
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={t('chat.placeholder')}
          aria-label={t('chat.placeholder')}
          aria-describedby="composer-keys"
          autoComplete="off"
          enterKeyHint="send"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onCompositionStart={() => (composing.current = true)}
          onCompositionEnd={() => (composing.current = false)}
        />
        <div className="composer-row">
          <button type="button" className="icon-button" aria-label={t('chat.attach')} title={t('chat.attach')} onClick={() => picker.current?.click()}>
            <ClipIcon size={20} />
          </button>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              attachments.add(event.target.files ?? []);
              event.target.value = '';
            }}
          />
          <small id="composer-keys" className="composer-keys">
            {t('chat.keys')}
          </small>
          {busy && !ready ? (
            <button type="button" className="round" aria-label={t('chat.stop')} title={t('chat.stop')} onClick={onStop}>
              <StopIcon size={20} />
            </button>
          ) : (
            <button type="submit" className="round" disabled={!ready} aria-label={t('chat.send')} title={t('chat.send')}>
              <SendIcon size={20} />
            </button>
          )}
        </div>
      </div>
    </form>
  );
};
