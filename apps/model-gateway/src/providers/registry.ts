import { AssistantError } from '@assistant/contracts';
import type { DnsCacheSettings, ProxySettings } from '@assistant/net';
import type { Logger } from '@assistant/telemetry';
import type { ModelProviders } from '../config';
import { providersChanged, providerSkipped } from '../events';
import { buildProvider } from './build';
import type { ProviderEntry } from './entry';
import { findTarget, Snapshot, targetOf, type Target } from './snapshot';

export interface RegistrySettings {
  readonly models: ModelProviders;
  readonly proxy: ProxySettings;
  readonly dnsCache: DnsCacheSettings;
}

export interface RegistryOptions {
  readonly settings: RegistrySettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
}

const DEMO = 'demo';

/** Holds the providers in force. Settings and default change whole; calls under way stay where they are. */
export class Registry {
  readonly #log: Logger;
  readonly #environment: RegistryOptions['environment'];
  #settings: RegistrySettings;
  #entries: ReadonlyMap<string, ProviderEntry> = new Map();
  #skipped: ReadonlyMap<string, string> = new Map();
  #chosen: string | undefined;
  #current: Snapshot;
  #note = '';
  #misconfigured = false;

  constructor({ settings, environment, log }: RegistryOptions) {
    this.#log = log;
    this.#environment = environment;
    this.#settings = settings;
    this.#current = this.#build(settings);
  }

  get current(): Snapshot {
    return this.#current;
  }

  /** A sentence for the operator when the default is not the configured one; else empty. */
  get note(): string {
    return this.#note;
  }

  /** The configuration names a default that is not there: a mistake, other than a key that is yet to come. */
  get misconfigured(): boolean {
    return this.#misconfigured;
  }

  /** Puts other settings in force. Throws `config_invalid` and keeps the old ones when they cannot be used. */
  apply(settings: RegistrySettings): void {
    const before = this.#entries;
    this.#current = this.#build(settings);
    this.#settings = settings;
    for (const entry of before.values()) if (this.#entries.get(entry.name) !== entry) entry.retire();
  }

  /** Makes another model the default; undefined goes back to the configured one. */
  choose(model: string | undefined): void {
    if (model === this.#chosen) return;
    this.#chosen = model;
    this.#current = this.#snapshot(this.#settings.models);
  }

  /** The id of a model that may become the default. Throws `model_not_found`. */
  check(model: string): string {
    return this.#current.resolve(model).id;
  }

  close(): void {
    for (const entry of this.#entries.values()) entry.retire();
  }

  #build(settings: RegistrySettings): Snapshot {
    const entries = new Map<string, ProviderEntry>();
    const skipped = new Map<string, string>();
    const configured = settings.models.providers;
    const wanted = configured.some(({ name }) => name === DEMO) ? configured : [...configured, { name: DEMO }];
    for (const provider of wanted) {
      const built = buildProvider(provider, { environment: this.#environment, proxy: settings.proxy, dnsCache: settings.dnsCache, present: this.#entries });
      if ('entry' in built) entries.set(provider.name, built.entry);
      else skipped.set(provider.name, built.skipped);
    }
    for (const [name, why] of skipped) if (this.#skipped.get(name) !== why) providerSkipped(this.#log, name, why);
    this.#entries = entries;
    this.#skipped = skipped;
    return this.#snapshot(settings.models);
  }

  #snapshot({ default: configured, providers }: ModelProviders): Snapshot {
    this.#misconfigured = false;
    const { target, note } = this.#default(configured, providers[0]?.name);
    this.#note = note;
    providersChanged(this.#log, target.id, [...this.#entries.keys()]);
    return new Snapshot(this.#entries, target);
  }

  /** What was chosen while running, else what the file says, else whatever there is. */
  #default(configured: string | undefined, firstProvider: string | undefined): { readonly target: Target; readonly note: string } {
    const chosen = this.#chosen === undefined ? undefined : findTarget(this.#entries, this.#chosen);
    if (chosen !== undefined) return { target: chosen, note: '' };
    const lost = this.#chosen === undefined ? '' : `the chosen model ${this.#chosen} is not configured any more; `;
    const named = configured ?? firstProvider;
    const target = named === undefined ? undefined : findTarget(this.#entries, named);
    if (target !== undefined) return { target, note: lost === '' ? '' : `${lost}${target.id} answers` };
    const why = named === undefined ? 'no model provider is configured' : this.#whyNot(named);
    return { target: this.#demo(), note: `${lost}${why}; the built-in demo answers` };
  }

  #whyNot(name: string): string {
    const provider = name.split('/', 1)[0] ?? name;
    const reason = this.#skipped.get(provider);
    if (reason !== undefined) return `provider ${provider} is skipped: ${reason}`;
    this.#misconfigured = true;
    return this.#entries.has(provider)
      ? `provider ${provider} has no such model; list it under models`
      : `model_providers.default names ${name}, which is not configured`;
  }

  #demo(): Target {
    const entry = this.#entries.get(DEMO) ?? [...this.#entries.values()][0];
    const [model] = entry?.settings.models ?? [];
    if (entry === undefined || model === undefined) throw new AssistantError('config_invalid', 'model_providers: no provider can be used, not even the demo.');
    return targetOf(entry, model.id);
  }
}
