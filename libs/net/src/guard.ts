import { AssistantError } from '@assistant/contracts';
import { buildConnector, Client, type Dispatcher } from 'undici';
import { canonicalAddress } from './address';
import { readBody } from './body';
import { decodeBody } from './content-encoding';
import { lookupFrom, resolveBySystem, type Resolve } from './dns-cache';
import { networkError } from './failure';
import { createGuardPolicy, type GuardPolicy, type GuardRules } from './guard-policy';
import { createProxyChoice, type ProxySettings } from './proxy';
import { connectorOptions, tunnelConnector } from './tunnel';

export interface GuardOptions extends GuardRules {
  /**
   * Sends what is not excepted through this proxy. Then names are never resolved here: behind a proxy that invents
   * addresses, a check of ours would refuse everything. The proxy must keep its clients out of private networks.
   */
  readonly proxy?: ProxySettings | undefined;
  readonly connectTimeoutMs?: number;
  readonly ca?: string | readonly string[] | undefined;
  readonly resolve?: Resolve;
}

export interface GuardedRequest {
  readonly url: string | URL;
  readonly method?: Dispatcher.HttpMethod;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For all of it, redirects and body included. 30 s unless told. */
  readonly timeoutMs?: number;
  /** Of the body, compressed and uncompressed. 10 MB unless told. */
  readonly maxBytes?: number;
  /** 5 unless told; 0 hands the first redirect back as it is. */
  readonly maxRedirects?: number;
}

export interface GuardedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Where the answer came from after redirects. */
  readonly url: string;
  readonly body: Buffer;
}

/** HTTP for tools: reaches the public Internet and what the allow list names, never anything else. */
export interface GuardedClient {
  /** Throws `forbidden` before a byte is sent to a place that must not be reached; otherwise by the catalogue. */
  request(request: GuardedRequest): Promise<GuardedResponse>;
  /** Throws `forbidden` if the URL as it is written must not be reached. A name is judged when it is connected to. */
  checkUrl(url: string | URL): URL;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 10 * 1024 ** 2;

export const createGuardedClient = (options: GuardOptions = {}): GuardedClient => {
  const policy = createGuardPolicy(options);
  const connectorFor = createConnectors(policy, options);
  return {
    checkUrl: policy.checkUrl,
    request: async (request) => {
      const { signal, timeoutMs = DEFAULT_TIMEOUT_MS, maxRedirects = 5 } = request;
      const deadline = AbortSignal.timeout(timeoutMs);
      const limits = { signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]), maxBytes: request.maxBytes ?? DEFAULT_MAX_BYTES };
      let hop: Hop = { url: policy.checkUrl(request.url), method: request.method ?? 'GET', headers: lowerCase(request.headers ?? {}), body: request.body };
      for (let redirects = 0; ; redirects++) {
        const response = await fetchHop(hop, connectorFor(hop.url), limits);
        const location = REDIRECTS.has(response.status) && maxRedirects > 0 ? response.headers['location'] : undefined;
        if (location === undefined) return response;
        if (redirects >= maxRedirects)
          throw new AssistantError('upstream_error', `${hop.url.host} redirects more than ${maxRedirects} times.`, { subject: hop.url.host });
        hop = nextHop(hop, response.status, policy.checkUrl(resolveLocation(location, hop.url)));
      }
    },
  };
};

interface Hop {
  readonly url: URL;
  readonly method: Dispatcher.HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

interface Limits {
  readonly signal: AbortSignal;
  readonly maxBytes: number;
}

const lowerCase = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const resolveLocation = (location: string, base: URL): string => (URL.canParse(location, base.href) ? new URL(location, base).href : location);

/** What another origin may see; everything else (keys, cookies, unknown headers) stays behind. */
const SHAREABLE = new Set(['accept', 'accept-language', 'content-type', 'user-agent']);

const nextHop = ({ url, method, headers, body }: Hop, status: number, target: URL): Hop => {
  const asGet = status === 303 || ((status === 301 || status === 302) && method === 'POST');
  const same = target.origin === url.origin;
  const kept = Object.entries(headers).filter(([name]) => (same || SHAREABLE.has(name)) && !(asGet && name.startsWith('content-')));
  return { url: target, method: asGet && method !== 'HEAD' ? 'GET' : method, headers: Object.fromEntries(kept), body: asGet ? undefined : body };
};

/** Every hop has a connection of its own, so that no check is older than the request it stands for. */
const fetchHop = async ({ url, method, headers, body }: Hop, connect: buildConnector.connector, { signal, maxBytes }: Limits): Promise<GuardedResponse> => {
  const client = new Client(url.origin, { connect, allowH2: false, pipelining: 1 });
  const subject = url.host;
  try {
    const answer = await client.request({
      path: `${url.pathname}${url.search}`,
      method,
      headers: { 'accept-encoding': 'gzip, deflate, br', ...headers, host: url.host },
      body: body ?? null,
      signal,
    });
    const raw = await readBody(answer.body, { maxBytes, subject, signal });
    const flat = flatHeaders(answer.headers);
    return { status: answer.statusCode, headers: flat, url: url.href, body: await decodeBody(raw, flat['content-encoding'], maxBytes, subject) };
  } catch (error) {
    throw networkError(error, { subject, signal });
  } finally {
    await client.destroy().catch(() => undefined);
  }
};

const flatHeaders = (headers: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]])),
  );

const createConnectors = (policy: GuardPolicy, options: GuardOptions): ((url: URL) => buildConnector.connector) => {
  const choose = createProxyChoice(options.proxy);
  const resolve = options.resolve ?? resolveBySystem;
  const settings = { timeoutMs: options.connectTimeoutMs ?? 10_000, ca: options.ca };
  return (url) => {
    const proxy = choose(url);
    if (proxy !== undefined) return tunnelConnector(proxy, settings);
    // The addresses that were checked are the ones the socket gets: a second answer of the name server is never seen.
    const checked: Resolve = async (hostname) => {
      const addresses = await resolve(hostname);
      policy.checkAddresses(
        url,
        addresses.map(({ address }) => address),
      );
      return addresses;
    };
    return verifyPeer(url, policy, buildConnector(connectorOptions({ ...settings, lookup: lookupFrom(checked) })));
  };
};

/** Looks at the address the socket really has before a byte of the request is written. */
const verifyPeer =
  (url: URL, policy: GuardPolicy, connect: buildConnector.connector): buildConnector.connector =>
  (options, callback) => {
    connect(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      const peer = canonicalAddress(socket?.remoteAddress ?? '');
      if (socket !== null && peer !== undefined && policy.allowsAddress(url, peer)) return callback(null, socket);
      socket?.destroy();
      callback(
        new AssistantError('forbidden', `${url.host} must not be reached: the connection leads to ${peer ?? 'an unknown address'}.`, { subject: url.host }),
        null,
      );
    });
  };
