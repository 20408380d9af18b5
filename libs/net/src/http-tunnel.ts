import { AssistantError } from '@assistant/contracts';
import { exchange, type OpenTunnel } from './handshake';
import { proxyAuthorization } from './proxy';

const MAX_HEAD_BYTES = 16_384;

/** HTTP CONNECT, RFC 9110 section 9.3.6. */
export const httpTunnel: OpenTunnel = async (socket, { hostname, port }, proxy, signal) => {
  const authority = `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
  const authorization = proxyAuthorization(proxy);
  const head = [
    `CONNECT ${authority} HTTP/1.1`,
    `Host: ${authority}`,
    ...(authorization === undefined ? [] : [`Proxy-Authorization: ${authorization}`]),
    '',
    '',
  ].join('\r\n');
  const status = await exchange(
    socket,
    Buffer.from(head, 'latin1'),
    (bytes) => {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return undefined;
      const line = /^HTTP\/1\.[01] (\d{3})/.exec(bytes.toString('latin1', 0, 64));
      return { value: Number(line?.[1] ?? 0), used: end + 4 };
    },
    MAX_HEAD_BYTES,
    signal,
  );
  if (status >= 200 && status < 300) return;
  throw new AssistantError('upstream_proxy', refusal(status, proxy.label, authority), { subject: authority, vendorStatus: status });
};

const refusal = (status: number, label: string, authority: string): string => {
  if (status === 407) return `The proxy ${label} wants other credentials (407). Write them into its URL: http://user:password@host:port.`;
  if (status === 0) return `The proxy ${label} did not answer in HTTP. Check its scheme and port.`;
  return `The proxy ${label} refused a tunnel to ${authority} (${status}).`;
};
