import { AssistantError } from '@assistant/contracts';
import { privateRange } from './address';
import { hostOf, parseHostRules } from './host-rule';

/** Where outbound traffic goes. Proxies are `http://`, `https://` or `socks5://`, credentials in the URL. */
export interface ProxySettings {
  /** For http:// targets. */
  readonly http?: string | undefined;
  /** For https:// targets. */
  readonly https?: string | undefined;
  /** Hosts reached directly, as in NO_PROXY: `localhost,.internal,10.0.0.0/8,host:8080`. */
  readonly noProxy?: string | undefined;
  /** Also hands loopback, private addresses and one-word names to the proxy, which otherwise are reached directly. */
  readonly proxyPrivate?: boolean;
}

export type ProxyKind = 'http' | 'socks5';

export interface Proxy {
  readonly kind: ProxyKind;
  readonly url: URL;
  /** Host and port, without credentials: the name for messages. */
  readonly label: string;
}

const KINDS: Readonly<Record<string, ProxyKind>> = { 'http:': 'http', 'https:': 'http', 'socks5:': 'socks5', 'socks5h:': 'socks5', 'socks:': 'socks5' };

/** A word without a scheme means an HTTP proxy, as curl reads it. Throws `config_invalid` without naming credentials. */
export const parseProxy = (text: string): Proxy => {
  const complete = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(complete) ? new URL(complete) : undefined;
  const kind = url === undefined ? undefined : KINDS[url.protocol];
  if (url === undefined || kind === undefined || url.hostname === '') {
    throw new AssistantError(
      'config_invalid',
      `The proxy ${text.replace(/\/\/[^/@]*@/, '//***@')} is no URL of a proxy. Write http://host:port, https://host:port or socks5://host:port.`,
    );
  }
  return { kind, url, label: url.host };
};

/** Decides for each target whether it goes through a proxy. */
export type ProxyChoice = (target: URL) => Proxy | undefined;

const isLocalName = (name: string): boolean => name === 'localhost' || name.endsWith('.localhost') || /^[^.:]+$/.test(name);

const isPrivate = (name: string): boolean => isLocalName(name) || (/^[\d.]+$|:/.test(name) && privateRange(name) !== undefined);

/** Throws `config_invalid` for a proxy that is no URL. */
export const createProxyChoice = (settings: ProxySettings | undefined): ProxyChoice => {
  const http = proxyOf(settings?.http);
  const https = proxyOf(settings?.https);
  if (http === undefined && https === undefined) return () => undefined;
  const direct = parseHostRules(settings?.noProxy ?? '');
  const proxyPrivate = settings?.proxyPrivate === true;
  return (target) => {
    const host = hostOf(target);
    if (direct.some((rule) => rule(host)) || (!proxyPrivate && isPrivate(host.name))) return undefined;
    return target.protocol === 'https:' ? https : http;
  };
};

const proxyOf = (text: string | undefined): Proxy | undefined => (text === undefined || text === '' ? undefined : parseProxy(text));

/** User name and password of the proxy's URL. */
export const proxyCredentials = ({ url }: Proxy): { readonly user: string; readonly password: string } | undefined =>
  url.username === '' ? undefined : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };

/** The value of `Proxy-Authorization`. */
export const proxyAuthorization = (proxy: Proxy): string | undefined => {
  const credentials = proxyCredentials(proxy);
  return credentials === undefined ? undefined : `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
};
