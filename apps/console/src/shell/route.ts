import { useSyncExternalStore } from 'react';

/** Where the page is: `#/logs?trace=1` is page `logs` with a query, `#/chat/x` is page `chat` with the rest `x`. */
export interface Route {
  readonly page: string;
  readonly rest: string;
  readonly query: Readonly<Record<string, string>>;
}

export const START_PAGE = 'chat';

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Reads the part of the address behind `#`. Never throws: an address is written by people too. */
export const parseRoute = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const [page = '', ...rest] = path.split('/').map(decode);
  return { page: page === '' ? START_PAGE : page, rest: rest.join('/'), query: Object.fromEntries(new URLSearchParams(query)) };
};

export const formatRoute = (page: string, rest = '', query: Readonly<Record<string, string>> = {}): string => {
  const path = rest === '' ? page : `${page}/${rest.split('/').map(encodeURIComponent).join('/')}`;
  const search = new URLSearchParams(query).toString();
  return `#/${path}${search === '' ? '' : `?${search}`}`;
};

/** Goes to a page; `replace` leaves no step back. */
export const goTo = (page: string, rest = '', options: { readonly query?: Readonly<Record<string, string>>; readonly replace?: boolean } = {}): void => {
  const target = formatRoute(page, rest, options.query);
  if (options.replace === true) {
    history.replaceState(null, '', target);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else location.hash = target;
};

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
};

export const useRoute = (): Route => parseRoute(useSyncExternalStore(subscribe, () => location.hash));
