import type { LogLine } from '@assistant/contracts';
import { useCallback, useEffect, useState } from 'react';
import { followStream } from '../../api/event-source';
import { asRequestError, isObject, request, type RequestError } from '../../api/request';
import { isLogLine, queryString, withNewest, type LogQuery } from './log-query';

interface LogPage {
  readonly lines: readonly LogLine[];
  readonly next_cursor?: string | null;
}

const isPage = (value: unknown): value is LogPage => isObject(value) && Array.isArray(value['lines']);

export interface Logs {
  readonly lines: readonly LogLine[];
  readonly loading: boolean;
  readonly error: RequestError | undefined;
  /** There are older lines. */
  readonly more: boolean;
  loadMore(): void;
}

const PAGE = '200';
const MOST = 2000;
const CALM_MS = 300;

const load = (query: LogQuery, cursor: string, signal: AbortSignal): Promise<LogPage> =>
  request(`/api/v1/logs?${queryString(query, { limit: PAGE, cursor })}`, isPage, { signal });

/** The log lines that fit, newest first; with `follow` also those that are being written. */
export const useLogs = (query: LogQuery, follow: boolean): Logs => {
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  const [cursor, setCursor] = useState<string>();
  const [loading, setLoading] = useState(true);
  const [error, setError] = useState<RequestError>();
  const { text, service, level, trace } = query;

  useEffect(() => {
    const gone = new AbortController();
    const wanted = { text, service, level, trace };
    let stop: (() => void) | undefined;
    setLoading(true);
    const start = async (): Promise<void> => {
      try {
        const page = await load(wanted, '', gone.signal);
        if (gone.signal.aborted) return;
        setLines(page.lines);
        setCursor(page.next_cursor ?? undefined);
        setError(undefined);
        if (follow) {
          stop = followStream({
            address: () => `/api/v1/logs/tail?${queryString(wanted)}`,
            events: ['message', 'line'],
            onEvent: (line) => {
              if (isLogLine(line)) setLines((before) => withNewest(before, line, MOST));
            },
            onState: () => undefined,
          });
        }
      } catch (raw) {
        if (!gone.signal.aborted) setError(asRequestError(raw));
      } finally {
        if (!gone.signal.aborted) setLoading(false);
      }
    };
    const calm = setTimeout(() => void start(), CALM_MS);
    return () => {
      clearTimeout(calm);
      gone.abort();
      stop?.();
    };
  }, [text, service, level, trace, follow]);

  const loadMore = useCallback(() => {
    if (cursor === undefined) return;
    load({ text, service, level, trace }, cursor, new AbortController().signal).then(
      (page) => {
        setLines((before) => [...before, ...page.lines]);
        setCursor(page.next_cursor ?? undefined);
      },
      (raw: unknown) => setError(asRequestError(raw)),
    );
  }, [cursor, text, service, level, trace]);
  return { lines, loading, error, more: cursor !== undefined, loadMore };
};
