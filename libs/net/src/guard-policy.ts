import { AssistantError } from '@assistant/contracts';
import { canonicalAddress, privateRange } from './address';
import { hostOf, parseHostRule, type HostRule } from './host-rule';

export interface GuardRules {
  /**
   * What may be reached although it is not on the public Internet: `127.0.0.1:1234`, `10.0.0.0/8`, `wiki.internal`,
   * `*.corp:8443`. A rule with a port opens that port, too.
   */
  readonly allow?: readonly string[];
  /** Ports of the public Internet that may be reached. 80, 443, 8080 and 8443 unless told. */
  readonly ports?: readonly number[];
}

export interface GuardPolicy {
  /** Throws `bad_request` for what is no URL, `forbidden` for what must not be reached. */
  checkUrl(url: string | URL): URL;
  /** True if this address may be connected to for this URL. */
  allowsAddress(url: URL, address: string): boolean;
  /** Throws `forbidden` unless every address may be connected to. */
  checkAddresses(url: URL, addresses: readonly string[]): void;
}

const DEFAULT_PORTS = [80, 443, 8080, 8443];

/** Names under which clouds and clusters serve credentials, whatever they resolve to. */
const METADATA_NAMES =
  /^(?:metadata(?:\.google(?:\.internal)?|\.goog|\.azure\.com|\.tencentyun\.com)?|instance-data(?:\.ec2\.internal)?|kubernetes(?:\.default(?:\.svc(?:\.cluster\.local)?)?)?)$/;

const LOCAL_NAMES = /^(?:localhost|.+\.localhost|.+\.local|.+\.internal|.+\.home\.arpa|[^.:]+)$/;

const MEND = 'If it is meant to be reached, an operator adds it to the allow list.';

const forbidden = (url: URL, why: string): AssistantError =>
  new AssistantError('forbidden', `${url.host} must not be reached: ${why}. ${MEND}`, { subject: url.host });

export const createGuardPolicy = ({ allow = [], ports = DEFAULT_PORTS }: GuardRules = {}): GuardPolicy => {
  const rules: readonly HostRule[] = allow.flatMap((text) => parseHostRule(text) ?? []);
  const openPorts = new Set(ports);
  const allowsName = (url: URL): boolean => rules.some((rule) => rule(hostOf(url)));
  const allowsAddress = (url: URL, address: string): boolean => {
    if (privateRange(address) === undefined || allowsName(url)) return true;
    const host = { name: canonicalAddress(address) ?? address, port: hostOf(url).port };
    return rules.some((rule) => rule(host));
  };
  return {
    checkUrl: (text) => {
      const url = parseTarget(text);
      const { name, port } = hostOf(url);
      if (allowsName(url)) return url;
      if (!openPorts.has(port)) throw forbidden(url, `port ${port} is not open to tools`);
      const literal = canonicalAddress(name);
      const range = literal === undefined ? undefined : privateRange(literal);
      if (range !== undefined) throw forbidden(url, `${literal ?? name} is no address of the public Internet (${range})`);
      if (literal === undefined && METADATA_NAMES.test(name)) throw forbidden(url, `${name} is a metadata service`);
      // A proxy would resolve such a name inside its own network, where no check of ours reaches.
      if (literal === undefined && LOCAL_NAMES.test(name)) throw forbidden(url, `${name} is a name of the local network`);
      return url;
    },
    allowsAddress,
    checkAddresses: (url, addresses) => {
      const refused = addresses.find((address) => !allowsAddress(url, address));
      if (refused !== undefined) throw forbidden(url, `its name leads to ${refused} (${privateRange(refused) ?? 'refused'})`);
      if (addresses.length === 0) throw new AssistantError('upstream_dns', `${url.hostname} has no address.`, { subject: url.host });
    },
  };
};

const parseTarget = (text: string | URL): URL => {
  const source = typeof text === 'string' ? text.trim() : text.href;
  if (!URL.canParse(source)) throw new AssistantError('bad_request', `"${source.slice(0, 200)}" is no URL. Write https://host/path.`, { param: 'url' });
  const url = new URL(source);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new AssistantError('forbidden', `${url.protocol} must not be used: only http: and https: may.`, { param: 'url' });
  if (url.username !== '' || url.password !== '')
    throw new AssistantError('forbidden', 'A URL with a user name or password must not be used: it hides where it leads.', { param: 'url' });
  if (url.hostname === '') throw new AssistantError('bad_request', 'The URL names no host.', { param: 'url' });
  return url;
};
