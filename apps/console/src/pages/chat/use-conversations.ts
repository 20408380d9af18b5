import type { WebConversation } from '@assistant/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { listConversations, removeConversation } from './chat-api';

export interface Conversations {
  readonly list: readonly WebConversation[];
  readonly failed: boolean;
  /** Loads the list again; calls in quick succession become one. */
  refresh(): void;
  remove(id: string): Promise<void>;
}

const CALM_MS = 250;

export const useConversations = (): Conversations => {
  const [list, setList] = useState<readonly WebConversation[]>([]);
  const [failed, setFailed] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const load = useCallback(async () => {
    try {
      setList(await listConversations());
      setFailed(false);
    } catch {
      setFailed(true);
    }
  }, []);
  const refresh = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void load(), CALM_MS);
  }, [load]);
  const remove = useCallback(
    async (id: string) => {
      setList((before) => before.filter((entry) => entry.id !== id));
      await removeConversation(id).catch(() => undefined);
      await load();
    },
    [load],
  );

  useEffect(() => {
    void load();
    addEventListener('focus', refresh);
    return () => {
      clearTimeout(timer.current);
      removeEventListener('focus', refresh);
    };
  }, [load, refresh]);
  return { list, failed, refresh, remove };
};
