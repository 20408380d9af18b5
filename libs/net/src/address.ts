import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The address without brackets, in its canonical form with an IPv4 address inside an IPv6 one taken out. */
export const canonicalAddress = (text: string): string | undefined => {
  const literal = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const family = isIP(literal);
  if (family === 0) return undefined;
  return ipaddr.process(family === 4 ? literal : hexadecimal(literal)).toString();
};

/** Without zone and dotted end: ipaddr.js takes `::8.8.8.8` for a mapped address, which the kernel does not. */
const hexadecimal = (literal: string): string => new URL(`http://[${literal.replace(/%.*$/, '')}]/`).hostname.slice(1, -1);

/** Azure's platform address: formally public, yet it serves credentials to the machine that asks. */
const PUBLIC_METADATA = new Set(['168.63.129.16']);

/** Global unicast; everything else of IPv6 is local, embedded IPv4 or not assigned. RFC 4291, section 2.4. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/** What kind of address this is when it is not one of the public Internet: `loopback`, `private`…; undefined when it is. */
export const privateRange = (text: string): string | undefined => {
  const address = canonicalAddress(text);
  if (address === undefined) return 'unreadable';
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range !== 'unicast') return range;
  if (PUBLIC_METADATA.has(address)) return 'metadata';
  return parsed.kind() === 'ipv6' && !parsed.match(GLOBAL_UNICAST) ? 'reserved' : undefined;
};

/** `10.0.0.0/8` or a single address. */
export interface AddressRange {
  contains(address: string): boolean;
}

/** Undefined for a text that is neither an address nor a range. */
export const parseRange = (text: string): AddressRange | undefined => {
  const single = canonicalAddress(text);
  if (single !== undefined) return { contains: (address) => canonicalAddress(address) === single };
  if (!ipaddr.isValidCIDR(text)) return undefined;
  const [network, bits] = ipaddr.parseCIDR(text);
  return {
    contains: (address) => {
      const canonical = canonicalAddress(address);
      if (canonical === undefined) return false;
      const parsed = ipaddr.process(canonical);
      return parsed.kind() === network.kind() && parsed.match(network, bits);
    },
  };
};
