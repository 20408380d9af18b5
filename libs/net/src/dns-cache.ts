import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** All addresses of a name. Rejects with a system error such as ENOTFOUND. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface DnsCacheSettings {
  readonly enabled: boolean;
  /** An answer is never used longer than this, not even when the name server is down. */
  readonly maxTtlMs: number;
}

export interface DnsCacheOptions {
  readonly maxTtlMs: number;
  /** After this the name is looked up again; the old answer serves only if that fails. */
  readonly freshMs?: number;
  /** How long "there is no such name" is believed. */
  readonly negativeTtlMs?: number;
  readonly maxEntries?: number;
  readonly resolve?: Resolve;
  readonly now?: () => number;
}

export interface DnsCache {
  /** For `net.connect` and `tls.connect`. */
  readonly lookup: LookupFunction;
  resolve(hostname: string): Promise<readonly LookupAddress[]>;
  readonly size: number;
}

/** The machine's own resolver, /etc/hosts included. */
export const resolveBySystem: Resolve = (hostname) => systemLookup(hostname, { all: true, order: 'verbatim' });

interface Entry {
  readonly addresses: readonly LookupAddress[];
  readonly at: number;
}

/**
 * Remembers addresses. The system's resolver does not tell how long an answer holds, so it is asked again after 30 s
 * (or `maxTtlMs`, if that is less). Concurrent questions for a name are asked once.
 */
export const createDnsCache = (options: DnsCacheOptions): DnsCache => {
  const { maxTtlMs, negativeTtlMs = 1000, maxEntries = 1000, resolve: ask = resolveBySystem, now = Date.now } = options;
  const freshMs = Math.min(options.freshMs ?? 30_000, maxTtlMs);
  const entries = new Map<string, Entry>();
  const failures = new Map<string, { readonly error: unknown; readonly at: number }>();
  const running = new Map<string, Promise<readonly LookupAddress[]>>();

  const askOnce = (hostname: string): Promise<readonly LookupAddress[]> => {
    const before = running.get(hostname);
    if (before !== undefined) return before;
    const question = (async () => {
      try {
        const addresses = await ask(hostname);
        failures.delete(hostname);
        remember(entries, hostname, { addresses, at: now() }, maxEntries);
        return addresses;
      } catch (error) {
        const stale = entries.get(hostname);
        remember(failures, hostname, { error, at: now() }, maxEntries);
        if (stale !== undefined && now() - stale.at < maxTtlMs) return stale.addresses;
        entries.delete(hostname);
        throw error;
      } finally {
        running.delete(hostname);
      }
    })();
    running.set(hostname, question);
    return question;
  };

  const resolve = (hostname: string): Promise<readonly LookupAddress[]> => {
    const at = now();
    const entry = entries.get(hostname);
    if (entry !== undefined && at - entry.at < freshMs) return Promise.resolve(entry.addresses);
    const failure = failures.get(hostname);
    if (failure !== undefined && at - failure.at < negativeTtlMs) {
      return entry !== undefined && at - entry.at < maxTtlMs ? Promise.resolve(entry.addresses) : Promise.reject(failure.error);
    }
    return askOnce(hostname);
  };

  return {
    resolve,
    lookup: lookupFrom(resolve),
    get size() {
      return entries.size;
    },
  };
};

/** Oldest entries go first. */
const remember = <T>(map: Map<string, T>, key: string, value: T, maxEntries: number): void => {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > maxEntries && oldest.done !== true) map.delete(oldest.value);
};

/** A resolver in the form that sockets ask for. */
export const lookupFrom =
  (resolve: Resolve): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const family = options.family === 4 || options.family === 'IPv4' ? 4 : options.family === 6 || options.family === 'IPv6' ? 6 : 0;
        const fitting = family === 0 ? [...addresses] : addresses.filter((address) => address.family === family);
        const [first] = fitting;
        if (first === undefined)
          callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname }), '', 0);
        else if (options.all === true) callback(null, fitting);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : Object.assign(new Error(String(error)), { code: codeOf(error) }), '', 0),
    );
  };

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'ENOTFOUND';
