import type { Route } from '../call/route';
import type { Timeouts } from '../call/watch';
import type { ModelSettings } from '../config';
import type { Provider } from './provider';

export const DEFAULT_TIMEOUTS: Timeouts = { connectMs: 10_000, headersMs: 300_000, firstTokenMs: 120_000, idleMs: 90_000, totalMs: 600_000 };

export interface EntrySettings {
  readonly provider: Provider;
  /** The first one answers to the bare provider name. */
  readonly models: readonly ModelSettings[];
  /** Passes on models that are not listed. */
  readonly openEnded: boolean;
  readonly timeouts: Timeouts;
  readonly maxAttempts: number;
  /** Equal for equal settings, so that a reload keeps connections that need no change. */
  readonly fingerprint: string;
}

const timeoutsOf = (base: Timeouts, own: ModelSettings['timeouts']): Timeouts => ({
  connectMs: own?.connect_ms ?? base.connectMs,
  headersMs: own?.headers_ms ?? base.headersMs,
  firstTokenMs: own?.first_token_ms ?? base.firstTokenMs,
  idleMs: own?.idle_ms ?? base.idleMs,
  totalMs: own?.total_ms ?? base.totalMs,
});

/** A provider in use: closed when it is retired and the last call has left it. */
export class ProviderEntry {
  readonly settings: EntrySettings;
  #users = 0;
  #retired = false;
  #closed = false;

  constructor(settings: EntrySettings) {
    this.settings = settings;
  }

  get name(): string {
    return this.settings.provider.name;
  }

  model(id: string): ModelSettings | undefined {
    return this.settings.models.find((model) => model.id === id) ?? this.settings.models.find((model) => model.id.toLowerCase() === id.toLowerCase());
  }

  /** Takes the provider for one call. */
  open(model: string): Route {
    this.#users += 1;
    let held = true;
    const { provider, maxAttempts, timeouts } = this.settings;
    const known = this.model(model);
    return {
      provider,
      model,
      label: known?.id ?? 'other',
      timeouts: timeoutsOf(timeouts, known?.timeouts),
      maxAttempts,
      release: () => {
        if (!held) return;
        held = false;
        this.#users -= 1;
        this.#closeWhenFree();
      },
    };
  }

  /** The configuration names it no more. */
  retire(): void {
    this.#retired = true;
    this.#closeWhenFree();
  }

  #closeWhenFree(): void {
    if (!this.#retired || this.#users > 0 || this.#closed) return;
    this.#closed = true;
    void this.settings.provider.close();
  }
}
