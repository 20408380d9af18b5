import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { AssistantError } from '@assistant/contracts';
import { buildConnector } from 'undici';
import { networkError } from './failure';
import type { OpenTunnel, Target } from './handshake';
import { httpTunnel } from './http-tunnel';
import type { Proxy } from './proxy';
import { socksTunnel } from './socks';

export interface ConnectSettings {
  /** Time for the whole way to a usable connection, proxies and TLS included. */
  readonly timeoutMs: number;
  readonly lookup?: LookupFunction | undefined;
  /** Certificates that are trusted beside the system's. */
  readonly ca?: string | readonly string[] | undefined;
}

/** Slow links must not make Node give an address up before it could answer; its own 250 ms are too short. */
const ATTEMPT_TIMEOUT_MS = 2000;

export const connectorOptions = ({ timeoutMs, lookup, ca }: ConnectSettings): buildConnector.BuildOptions => ({
  timeout: timeoutMs,
  allowH2: false,
  autoSelectFamilyAttemptTimeout: ATTEMPT_TIMEOUT_MS,
  ...(lookup === undefined ? {} : { lookup }),
  ...(ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [...ca] }),
});

const TUNNELS: Readonly<Record<Proxy['kind'], OpenTunnel>> = { http: httpTunnel, socks5: socksTunnel };

/**
 * A connector for undici that reaches every target through a proxy. The target's name goes to the proxy unresolved.
 * What fails on the way to the target is `upstream_proxy`; TLS with the target itself fails as `upstream_tls`.
 */
export const tunnelConnector = (proxy: Proxy, settings: ConnectSettings): buildConnector.connector => {
  const upgrade = buildConnector(connectorOptions(settings));
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    const hostname = options.hostname.replace(/^\[|\]$/g, '');
    openSocket(proxy, { hostname, port }, settings).then(
      (socket) => {
        if (options.protocol === 'https:') upgrade({ ...options, httpSocket: socket }, callback);
        else callback(null, socket);
      },
      (error: unknown) => callback(asProxyError(error, proxy, hostname), null),
    );
  };
};

const asProxyError = (error: unknown, { label }: Proxy, hostname: string): AssistantError => {
  const known = networkError(error, { subject: label });
  return known.code === 'upstream_proxy'
    ? known
    : new AssistantError('upstream_proxy', `The proxy ${label} gave no way to ${hostname}: ${known.message} Check proxy.http and proxy.https.`, {
        subject: hostname,
        cause: error,
      });
};

const openSocket = async (proxy: Proxy, target: Target, settings: ConnectSettings): Promise<Socket> => {
  const deadline = AbortSignal.timeout(settings.timeoutMs);
  const socket = await dial(proxy, settings, deadline);
  try {
    await TUNNELS[proxy.kind](socket, target, proxy, deadline);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
};

const dial = ({ url, label }: Proxy, { lookup, ca }: ConnectSettings, deadline: AbortSignal): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const secure = url.protocol === 'https:';
    const port = Number(url.port) || (url.protocol.startsWith('socks') ? 1080 : secure ? 443 : 80);
    const shared = { host, port, autoSelectFamilyAttemptTimeout: ATTEMPT_TIMEOUT_MS, ...(lookup === undefined ? {} : { lookup }) };
    const socket = secure
      ? connectTls({ ...shared, servername: host, ...(ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [...ca] }) })
      : connectTcp(shared);
    const giveUp = (): void => void socket.destroy(new AssistantError('upstream_proxy', `The proxy ${label} did not answer in time.`, { subject: label }));
    const done = (): void => {
      deadline.removeEventListener('abort', giveUp);
      socket.off('error', fail);
    };
    const fail = (error: Error): void => {
      done();
      reject(error);
    };
    deadline.addEventListener('abort', giveUp, { once: true });
    socket.once('error', fail);
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      done();
      // Errors of the socket between here and its next owner must not end the process.
      socket.on('error', () => undefined);
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
