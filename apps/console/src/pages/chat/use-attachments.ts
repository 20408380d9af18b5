import type { WebUpload } from '@assistant/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { asRequestError } from '../../api/request';
import { uploadFile } from './chat-api';

export interface Attachment {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** An address inside this page for pictures. */
  readonly preview: string | undefined;
  readonly state:
    | { readonly kind: 'uploading' }
    | { readonly kind: 'ready'; readonly upload: WebUpload }
    | { readonly kind: 'failed'; readonly code: string; readonly message: string };
}

export interface Attachments {
  readonly list: readonly Attachment[];
  readonly uploading: boolean;
  add(files: Iterable<File>): void;
  remove(key: string): void;
  /** Empties the list and gives what was uploaded. */
  take(): readonly WebUpload[];
}

const MOST = 10;

/** The files of the message that is being written; each is uploaded at once. */
export const useAttachments = (): Attachments => {
  const [list, setList] = useState<readonly Attachment[]>([]);
  const running = useRef(new Map<string, AbortController>());
  const current = useRef(list);
  current.current = list;

  const settle = useCallback(
    (key: string, state: Attachment['state']) => setList((before) => before.map((entry) => (entry.key === key ? { ...entry, state } : entry))),
    [],
  );

  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of [...files].slice(0, MOST - current.current.length)) {
        const key = crypto.randomUUID();
        const gone = new AbortController();
        running.current.set(key, gone);
        const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined;
        setList((before) => [...before, { key, name: file.name, size: file.size, preview, state: { kind: 'uploading' } }]);
        uploadFile(file, gone.signal)
          .then(
            (upload) => settle(key, { kind: 'ready', upload }),
            (raw: unknown) => {
              const { code, message } = asRequestError(raw);
              if (!gone.signal.aborted) settle(key, { kind: 'failed', code, message });
            },
          )
          .finally(() => running.current.delete(key));
      }
    },
    [settle],
  );

  const forget = (entries: readonly Attachment[]): void => {
    for (const { key, preview } of entries) {
      running.current.get(key)?.abort();
      if (preview !== undefined) URL.revokeObjectURL(preview);
    }
  };
  const remove = useCallback((key: string) => {
    forget(current.current.filter((entry) => entry.key === key));
    setList((before) => before.filter((entry) => entry.key !== key));
  }, []);
  const take = useCallback(() => {
    const entries = current.current;
    forget(entries);
    setList([]);
    return entries.flatMap(({ state }) => (state.kind === 'ready' ? [state.upload] : []));
  }, []);

  useEffect(() => () => forget(current.current), []);
  return { list, uploading: list.some(({ state }) => state.kind === 'uploading'), add, remove, take };
};
