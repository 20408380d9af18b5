import { canonicalAddress, parseRange } from './address';

/** A host as rules see it: lower case, without brackets or a trailing dot. */
export interface Host {
  readonly name: string;
  readonly port: number;
}

export const hostOf = (url: URL): Host => ({
  name: url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase(),
  port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
});

export type HostRule = (host: Host) => boolean;

const withPort = (rule: (name: string) => boolean, port: string | undefined): HostRule => {
  if (port === undefined) return ({ name }) => rule(name);
  const wanted = Number(port);
  return (host) => host.port === wanted && rule(host.name);
};

/**
 * One rule out of text: `*`, `example.com` (with its subdomains), `.example.com`, `*.example.com`, `10.0.0.0/8`,
 * `::1`, `[::1]:8080`, `127.0.0.1:1234`. Undefined for an empty text.
 */
export const parseHostRule = (text: string): HostRule | undefined => {
  const rule = text.trim().toLowerCase();
  if (rule === '') return undefined;
  if (rule === '*') return () => true;
  const whole = parseRange(rule);
  if (whole !== undefined) return ({ name }) => whole.contains(name);
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(rule) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) return undefined;
  const range = parseRange(host);
  if (range !== undefined) return withPort((name) => range.contains(name), port);
  if (/^\*?\./.test(host)) {
    const suffix = host.replace(/^\*/, '');
    return withPort((name) => name.endsWith(suffix), port);
  }
  return withPort((name) => name === host || (canonicalAddress(name) === undefined && name.endsWith(`.${host}`)), port);
};

/** Rules separated by commas or spaces. */
export const parseHostRules = (text: string): readonly HostRule[] => text.split(/[\s,]+/).flatMap((part) => parseHostRule(part) ?? []);
