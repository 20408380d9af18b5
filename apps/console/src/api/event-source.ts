/** How an event stream is followed: reopened for ever, and not held open in a tab that nobody looks at. */
export interface StreamOptions {
  /** Asked at every opening, so that the stream goes on where it was. */
  readonly address: () => string;
  readonly events: readonly string[];
  onEvent(data: unknown): void;
  onState(state: 'open' | 'lost'): void;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
/** A browser keeps few connections to one server: a hidden tab gives its own back. */
const HIDDEN_MS = 60_000;

const parse = (data: unknown): unknown => {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined;
  } catch {
    return undefined;
  }
};

/** Follows a server's event stream until the returned function is called. */
export const followStream = (options: StreamOptions): (() => void) => {
  let source: EventSource | undefined;
  let retryMs = FIRST_RETRY_MS;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined;

  const close = (): void => {
    clearTimeout(retryTimer);
    source?.close();
    source = undefined;
  };
  const open = (): void => {
    close();
    const mine = new EventSource(options.address());
    source = mine;
    mine.onopen = () => {
      retryMs = FIRST_RETRY_MS;
      options.onState('open');
    };
    mine.onerror = () => {
      if (source !== mine) return;
      options.onState('lost');
      // The browser's own reconnection gives up on an answer such as 503, and knows no newer cursor.
      close();
      retryTimer = setTimeout(open, retryMs * (0.75 + Math.random() / 2));
      retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
    };
    for (const name of options.events) mine.addEventListener(name, (event) => options.onEvent(parse(event.data)));
  };
  const onVisibility = (): void => {
    clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = setTimeout(close, HIDDEN_MS);
    else if (source === undefined) open();
  };
  const onOnline = (): void => open();

  document.addEventListener('visibilitychange', onVisibility);
  addEventListener('online', onOnline);
  open();
  return () => {
    clearTimeout(hiddenTimer);
    document.removeEventListener('visibilitychange', onVisibility);
    removeEventListener('online', onOnline);
    close();
  };
};
