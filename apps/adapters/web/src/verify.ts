import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';
import { AssistantError } from '@assistant/contracts';

const hostOf = (url: string): string | undefined => {
  try {
    return new URL(url).host;
  } catch {
    return undefined;
  }
};

const isLoopback = (address: string | undefined): boolean => address !== undefined && /^(127\.|::1$|::ffff:127\.)/.test(address);

/** A name that another site's DNS could point at this machine: neither an address nor localhost. */
const isForeignName = (host: string): boolean => {
  const name = hostOf(`http://${host}`)?.replace(/:\d+$/, '') ?? '';
  return isIP(name.replace(/^\[|\]$/g, '')) === 0 && name !== 'localhost' && !name.endsWith('.localhost');
};

/**
 * Refuses a write that another site's page makes through the visitor's browser. Throws `forbidden`. A caller that
 * is no browser sends no Origin and passes.
 */
export const verifyWriter = (headers: IncomingHttpHeaders, remoteAddress: string | undefined): void => {
  const host = headers.host ?? '';
  if (headers.origin !== undefined && hostOf(headers.origin) !== host.toLowerCase()) {
    throw new AssistantError('forbidden', `writes from ${headers.origin} are refused: only pages of ${host} may write`);
  }
  if (headers['sec-fetch-site'] === 'cross-site') throw new AssistantError('forbidden', 'writes from another site are refused');
  // A page whose name was re-pointed to this machine (DNS rebinding) is its own origin; its name gives it away.
  const direct = isLoopback(remoteAddress) && headers['x-forwarded-for'] === undefined && headers['x-forwarded-host'] === undefined;
  if (direct && headers.origin !== undefined && isForeignName(host))
    throw new AssistantError('forbidden', `open the page as http://localhost instead of ${host}`);
};
