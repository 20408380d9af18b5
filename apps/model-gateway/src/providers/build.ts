import { createHash } from 'node:crypto';
import { Secret } from '@assistant/contracts';
import { createHttpClient, type DnsCacheSettings, type ProxySettings } from '@assistant/net';
import type { ModelSettings, ProviderSettings } from '../config';
import { createDemoProvider, DEMO_MODEL } from './demo';
import { DEFAULT_TIMEOUTS, ProviderEntry } from './entry';
import { createOpenAiProvider } from './openai';
import { presetOf } from './openai/presets';

export interface BuildContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly proxy: ProxySettings;
  readonly dnsCache: DnsCacheSettings;
  /** Entries in force now; equal ones are kept with their connections. */
  readonly present: ReadonlyMap<string, ProviderEntry>;
}

/** A provider ready to be called, or why it is not. */
export type Built = { readonly entry: ProviderEntry } | { readonly skipped: string };

/** One provider of the configuration. Throws `config_invalid` for a proxy that is none. */
export const buildProvider = (settings: ProviderSettings, context: BuildContext): Built => {
  const known = presetOf(settings.name);
  const kind = settings.kind ?? (settings.name === 'demo' ? 'demo' : 'openai');
  if (kind === 'demo') return { entry: demoEntry(settings, context) };
  if (kind !== 'openai') return { skipped: `kind ${kind} is not offered; use kind: openai with the provider's OpenAI-compatible address` };
  const apiBase = settings.api_base ?? known?.preset.apiBase;
  if (apiBase === undefined) return { skipped: 'api_base is missing, and its name is none that we know' };
  const variable = known?.preset.keyVariable;
  const key = keyOf(settings, variable, context);
  if (key === undefined && variable !== undefined) return { skipped: `it has no api_key and ${variable} is not set` };
  return { entry: openAiEntry(settings, { apiBase, key, known }, context) };
};

const keyOf = ({ api_key: own }: ProviderSettings, variable: string | undefined, { environment }: BuildContext): Secret | undefined => {
  if (own instanceof Secret) return own;
  const fromEnvironment = variable === undefined ? undefined : environment[variable];
  return fromEnvironment === undefined || fromEnvironment === '' ? undefined : new Secret(fromEnvironment);
};

const timeoutsOf = ({ timeouts }: ProviderSettings) => ({
  connectMs: timeouts?.connect_ms ?? DEFAULT_TIMEOUTS.connectMs,
  headersMs: timeouts?.headers_ms ?? DEFAULT_TIMEOUTS.headersMs,
  firstTokenMs: timeouts?.first_token_ms ?? DEFAULT_TIMEOUTS.firstTokenMs,
  idleMs: timeouts?.idle_ms ?? DEFAULT_TIMEOUTS.idleMs,
  totalMs: timeouts?.total_ms ?? DEFAULT_TIMEOUTS.totalMs,
});

const modelsOf = ({ models }: ProviderSettings, fallback: string | undefined): readonly ModelSettings[] => {
  const listed = (models ?? []).map((model) => (typeof model === 'string' ? { id: model } : model));
  return listed.length > 0 || fallback === undefined ? listed : [{ id: fallback }];
};

const fingerprintOf = (...values: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(values)).digest('base64url');

interface Found {
  readonly apiBase: string;
  readonly key: Secret | undefined;
  readonly known: ReturnType<typeof presetOf>;
}

const openAiEntry = (settings: ProviderSettings, { apiBase, key, known }: Found, context: BuildContext): ProviderEntry => {
  const proxy = proxyOf(settings, context);
  const fingerprint = fingerprintOf(settings, apiBase, key?.reveal(), proxy, context.dnsCache);
  const present = context.present.get(settings.name);
  if (present?.settings.fingerprint === fingerprint) return present;
  const timeouts = timeoutsOf(settings);
  const { preset } = known ?? {};
  return new ProviderEntry({
    provider: createOpenAiProvider({
      name: settings.name,
      semanticName: preset?.semanticName ?? known?.name ?? settings.name,
      apiBase,
      key,
      headers: settings.headers ?? {},
      quirks: { outputLimit: 'max_tokens', streamUsage: true, ...preset?.quirks },
      http: createHttpClient({ proxy, dnsCache: context.dnsCache, connectTimeoutMs: timeouts.connectMs, maxConnections: 1024 }),
    }),
    models: modelsOf(settings, preset?.defaultModel),
    openEnded: settings.models === undefined || settings.models.length === 0,
    timeouts,
    maxAttempts: settings.max_attempts ?? 2,
    fingerprint,
  });
};

/** A provider's own proxy is meant, whatever its address; `none` means direct. */
const proxyOf = ({ proxy }: ProviderSettings, context: BuildContext): ProxySettings | undefined => {
  if (proxy === undefined || proxy === '') return context.proxy;
  return proxy === 'none' ? undefined : { http: proxy, https: proxy, proxyPrivate: true };
};

const demoEntry = (settings: ProviderSettings, { present }: BuildContext): ProviderEntry => {
  const fingerprint = fingerprintOf('demo', settings);
  const before = present.get(settings.name);
  if (before?.settings.fingerprint === fingerprint) return before;
  return new ProviderEntry({
    provider: createDemoProvider({ name: settings.name, paceMs: settings.pace_ms ?? 0 }),
    models: [{ id: DEMO_MODEL, capabilities: ['tools'] }],
    openEnded: false,
    timeouts: timeoutsOf(settings),
    maxAttempts: 1,
    fingerprint,
  });
};
