import { defineSection } from '@assistant/config';
import { z } from 'zod';
import type { DnsCacheSettings } from './dns-cache';
import type { ProxySettings } from './proxy';

/** A proxy's URL may carry a password: it is checked where it is used, whose message hides it. */
const proxyUrl = z
  .string()
  .regex(/^(?:(?:https?|socks5h?|socks):\/\/)?[^\s/]+\/?$/i, 'must be a proxy such as http://host:8080 or socks5://host:1080. Correct the URL.');

export const proxySection = defineSection(
  'proxy',
  'The proxies through which models and platforms are reached.',
  z
    .object({
      http: proxyUrl.optional(),
      https: proxyUrl.optional(),
      /** Hosts reached directly: names with their subdomains, addresses, ranges, each with a port if wanted. */
      no_proxy: z.string().optional(),
    })
    .prefault({}),
);

export const dnsCacheSection = defineSection(
  'dns_cache',
  'Remembers the addresses of hosts that are called often.',
  z
    .object({
      enabled: z.boolean().default(true),
      /** An address is never used longer, not even when the name server is down. */
      max_ttl_s: z.number().int().min(1).max(86_400).default(300),
    })
    .prefault({}),
);

export const proxySettingsOf = ({ http, https, no_proxy: noProxy }: z.infer<typeof proxySection.schema>): ProxySettings => ({ http, https, noProxy });

export const dnsCacheSettingsOf = ({ enabled, max_ttl_s: maxTtlS }: z.infer<typeof dnsCacheSection.schema>): DnsCacheSettings => ({
  enabled,
  maxTtlMs: maxTtlS * 1000,
});
