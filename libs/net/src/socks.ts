import { isIPv4, isIPv6 } from 'node:net';
import { AssistantError } from '@assistant/contracts';
import ipaddr from 'ipaddr.js';
import { exchange, type OpenTunnel, type Target } from './handshake';
import { proxyCredentials } from './proxy';

const VERSION = 5;
const NO_AUTHENTICATION = 0;
const USER_PASSWORD = 2;
const NONE_ACCEPTABLE = 0xff;
const MAX_REPLY_BYTES = 512;

/** Reply codes, RFC 1928 section 6. */
const REPLIES: Readonly<Record<number, string>> = {
  1: 'general failure',
  2: 'not allowed by its rules',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'connection refused',
  6: 'time to live expired',
  7: 'command not supported',
  8: 'address type not supported',
};

/** SOCKS5 (RFC 1928) with user and password (RFC 1929). Names are resolved by the proxy. */
export const socksTunnel: OpenTunnel = async (socket, target, proxy, signal) => {
  const failed = (why: string): AssistantError => new AssistantError('upstream_proxy', `The proxy ${proxy.label} ${why}.`, { subject: target.hostname });
  const credentials = proxyCredentials(proxy);
  const methods = credentials === undefined ? [NO_AUTHENTICATION] : [NO_AUTHENTICATION, USER_PASSWORD];
  const method = await exchange(socket, Buffer.from([VERSION, methods.length, ...methods]), pairOf(VERSION), MAX_REPLY_BYTES, signal);
  if (method === undefined) throw failed('did not answer in SOCKS5. Check its scheme and port');
  if (method === NONE_ACCEPTABLE || !methods.includes(method)) throw failed('wants credentials. Write them into its URL: socks5://user:password@host:port');
  if (method === USER_PASSWORD && credentials !== undefined) {
    const user = Buffer.from(credentials.user);
    const password = Buffer.from(credentials.password);
    if (user.length > 255 || password.length > 255) throw failed('cannot be given credentials of more than 255 bytes');
    const request = Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([password.length]), password]);
    if ((await exchange(socket, request, pairOf(1), MAX_REPLY_BYTES, signal)) !== 0) throw failed('refused the user name or password');
  }
  const reply = await exchange(socket, connectRequest(target), readReply, MAX_REPLY_BYTES, signal);
  if (reply !== 0) throw failed(`gave no way to ${target.hostname}:${target.port}: ${REPLIES[reply] ?? `code ${reply}`}`);
};

/** Two bytes: a version and a result. Undefined as the value for another version. */
const pairOf = (version: number) => (bytes: Buffer) => (bytes.length < 2 ? undefined : { value: bytes[0] === version ? bytes[1] : undefined, used: 2 });

const connectRequest = ({ hostname, port }: Target): Buffer => {
  const portBytes = Buffer.from([port >> 8, port & 0xff]);
  if (isIPv4(hostname) || isIPv6(hostname)) {
    const address = Buffer.from(ipaddr.parse(hostname).toByteArray());
    return Buffer.concat([Buffer.from([VERSION, 1, 0, address.length === 4 ? 1 : 4]), address, portBytes]);
  }
  const name = Buffer.from(hostname, 'latin1');
  if (name.length > 255) throw new AssistantError('upstream_proxy', 'A host name of more than 255 bytes cannot go through SOCKS5.');
  return Buffer.concat([Buffer.from([VERSION, 1, 0, 3, name.length]), name, portBytes]);
};

/** Length of the bound address, by its type. */
const ADDRESS_BYTES: Readonly<Record<number, number>> = { 1: 4, 4: 16 };

const readReply = (bytes: Buffer): { readonly value: number; readonly used: number } | undefined => {
  if (bytes.length < 5) return undefined;
  const type = bytes[3] ?? 0;
  const length = 4 + (type === 3 ? 1 + (bytes[4] ?? 0) : (ADDRESS_BYTES[type] ?? 4)) + 2;
  return bytes.length < length ? undefined : { value: bytes[1] ?? 1, used: length };
};
