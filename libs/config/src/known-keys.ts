/**
 * Every top-level key there is. A process declares the sections of its own services only, yet reads the same file as
 * all others: a key of this list is accepted though nobody here declared it.
 */
export const TOP_LEVEL_KEYS = [
  'model_providers',
  'model_cache_size',
  'rate_limiting',
  'proxy',
  'dns_cache',
  'platforms',
  'agents',
  'routes',
  'services',
  'turns',
  'telemetry',
  'server',
  'public_url',
  'skills',
  'logs',
  'alerts',
  'toolbox',
  'chat',
] as const;

/** The platforms that have an adapter. */
export const PLATFORM_NAMES = ['telegram', 'web'] as const;

/** Names that the deployment guide's configuration uses and that have no adapter yet: they may stand in a file. */
export const RESERVED_PLATFORM_NAMES = ['whatsapp', 'wecom'] as const;
