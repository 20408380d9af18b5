import { AssistantError } from '@assistant/contracts';
import { buildConnector, Pool, type Dispatcher } from 'undici';
import { createDnsCache, type DnsCacheSettings } from './dns-cache';
import { networkError } from './failure';
import { createProxyChoice, proxyAuthorization, type Proxy, type ProxySettings } from './proxy';
import { connectorOptions, tunnelConnector, type ConnectSettings } from './tunnel';

export interface HttpClientOptions {
  readonly proxy?: ProxySettings | undefined;
  readonly dnsCache?: DnsCacheSettings | undefined;
  /** Time to a usable connection, milliseconds. 10 s unless told. */
  readonly connectTimeoutMs?: number;
  /** Certificates (PEM) that are trusted instead of the system's. */
  readonly ca?: string | readonly string[] | undefined;
  /** Connections to one origin; more requests wait. 256 unless told. */
  readonly maxConnections?: number;
  /** Requests under way on one connection. 1 unless told: an answer must not wait for the one before it. */
  readonly pipelining?: number;
  /** How long an idle connection is kept unless the server says otherwise. 30 s unless told. */
  readonly keepAliveMs?: number;
}

export interface HttpRequest {
  readonly method: Dispatcher.HttpMethod;
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Dispatcher.DispatchOptions['body'];
  readonly signal?: AbortSignal | undefined;
  /** Until the status line. 0 = no limit; 60 s unless told. */
  readonly headersTimeoutMs?: number;
  /** Between two pieces of the body. 0 = no limit; 60 s unless told. */
  readonly bodyTimeoutMs?: number;
  /** Refuses an answer that announces more than this with `payload_too_large`. Bound the bytes with `readBody`. */
  readonly maxBytes?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Dispatcher.ResponseData['headers'];
  /** The bytes as they come. Read it to its end or destroy it: until then it holds a connection. */
  readonly body: Dispatcher.ResponseData['body'];
}

/** Outbound HTTP/1.1 with one pool of connections an origin. */
export interface HttpClient {
  /**
   * Resolves when the status and headers are there. Redirects are not followed. Throws by the catalogue, see
   * `networkError`; the same function explains what breaks the body afterwards.
   */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Gives up every connection and what still runs on it. */
  close(): Promise<void>;
}

/** How one origin is reached. */
interface Route {
  readonly pool: Pool;
  readonly subject: string;
  /** The request line names the whole URL: a plain HTTP proxy wants that. */
  readonly forward: boolean;
  readonly proxyAuthorization: string | undefined;
}

/** Origins come from configuration; this bounds what a defect could open. */
const MAX_ORIGINS = 256;

/** Throws `config_invalid` for a proxy that is no URL. */
export const createHttpClient = (options: HttpClientOptions = {}): HttpClient => {
  const choose = createProxyChoice(options.proxy);
  const cache = options.dnsCache?.enabled === true ? createDnsCache({ maxTtlMs: options.dnsCache.maxTtlMs }) : undefined;
  const settings: ConnectSettings = { timeoutMs: options.connectTimeoutMs ?? 10_000, lookup: cache?.lookup, ca: options.ca };
  const direct = buildConnector(connectorOptions(settings));
  const routes = new Map<string, Route>();
  let closed = false;

  const routeTo = (url: URL): Route => {
    const known = routes.get(url.origin);
    if (known !== undefined) return known;
    if (closed) throw new AssistantError('draining', 'This HTTP client was closed.');
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw new AssistantError('config_invalid', `${url.protocol}// is no address for HTTP. Write http:// or https://.`);
    const route = openRoute(url, choose(url), direct, settings, options);
    routes.set(url.origin, route);
    const oldest = routes.entries().next();
    if (routes.size > MAX_ORIGINS && oldest.done !== true) {
      const [origin, { pool }] = oldest.value;
      routes.delete(origin);
      void pool.close().catch(() => undefined);
    }
    return route;
  };

  return {
    request: async (request) => {
      const url = typeof request.url === 'string' ? parseUrl(request.url) : request.url;
      return send(routeTo(url), url, request);
    },
    close: async () => {
      closed = true;
      const pools = [...routes.values()].map(({ pool }) => pool);
      routes.clear();
      await Promise.all(pools.map((pool) => pool.destroy().catch(() => undefined)));
    },
  };
};

const parseUrl = (text: string): URL => {
  if (URL.canParse(text)) return new URL(text);
  throw new AssistantError('config_invalid', `"${text.slice(0, 200)}" is no URL. Write https://host/path.`);
};

const openRoute = (url: URL, proxy: Proxy | undefined, direct: buildConnector.connector, settings: ConnectSettings, options: HttpClientOptions): Route => {
  const forward = proxy?.kind === 'http' && url.protocol === 'http:';
  const connect = proxy === undefined || forward ? direct : tunnelConnector(proxy, settings);
  const pool = new Pool(forward ? proxy.url.origin : url.origin, {
    connect,
    connections: options.maxConnections ?? 256,
    pipelining: options.pipelining ?? 1,
    keepAliveTimeout: options.keepAliveMs ?? 30_000,
    allowH2: false,
  });
  return { pool, subject: url.host, forward, proxyAuthorization: forward ? proxyAuthorization(proxy) : undefined };
};

const DEFAULT_TIMEOUT_MS = 60_000;

const send = async ({ pool, subject, forward, proxyAuthorization: authorization }: Route, url: URL, request: HttpRequest): Promise<HttpResponse> => {
  const { method, body = null, signal, headersTimeoutMs = DEFAULT_TIMEOUT_MS, bodyTimeoutMs = DEFAULT_TIMEOUT_MS, maxBytes } = request;
  try {
    const answer = await pool.request({
      path: forward ? `${url.origin}${url.pathname}${url.search}` : `${url.pathname}${url.search}`,
      method,
      headers: forward ? forwardHeaders(request.headers, url.host, authorization) : request.headers,
      body,
      signal: signal ?? null,
      headersTimeout: headersTimeoutMs,
      bodyTimeout: bodyTimeoutMs,
    });
    // A body that nobody reads any more may still break, and an error without a listener would end the process.
    answer.body.on('error', ignore);
    if (forward && answer.statusCode === 407) {
      answer.body.destroy();
      throw new AssistantError('upstream_proxy', 'The proxy wants other credentials (407). Write them into its URL: http://user:password@host:port.', {
        subject,
        vendorStatus: 407,
      });
    }
    if (maxBytes !== undefined && Number(answer.headers['content-length']) > maxBytes) {
      answer.body.destroy();
      throw new AssistantError('payload_too_large', `The answer of ${subject} is larger than ${maxBytes} bytes.`, { subject });
    }
    return { status: answer.statusCode, headers: answer.headers, body: answer.body };
  } catch (error) {
    throw networkError(error, { subject, viaProxy: forward, signal });
  }
};

const ignore = (): void => undefined;

const forwardHeaders = (headers: HttpRequest['headers'], host: string, authorization: string | undefined): Record<string, string> => ({
  ...headers,
  host,
  ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
});
