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

/** Every name that may stand under `platforms`. */
export const PLATFORM_NAMES = ['telegram', 'whatsapp', 'wecom', 'web'] as const;
