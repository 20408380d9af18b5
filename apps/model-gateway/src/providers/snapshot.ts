import { AssistantError } from '@assistant/contracts';
import type { Route } from '../call/route';
import type { ModelSettings } from '../config';
import type { ProviderEntry } from './entry';
import { suggest } from './suggest';

/** A model that calls can go to. */
export interface Target {
  readonly entry: ProviderEntry;
  readonly model: string;
  /** provider/model */
  readonly id: string;
  /** Takes the provider for one call; `release` gives it back. */
  open(): Route;
}

export interface ListedModel extends Target {
  readonly settings: ModelSettings;
  readonly isDefault: boolean;
}

const DEFAULT_NAMES = new Set(['', 'default', 'auto']);

/** The providers and models in force at one moment. Never changes: a reload makes another one. */
export class Snapshot {
  readonly #entries: ReadonlyMap<string, ProviderEntry>;
  readonly defaultTarget: Target;

  constructor(entries: ReadonlyMap<string, ProviderEntry>, defaultTarget: Target) {
    this.#entries = entries;
    this.defaultTarget = defaultTarget;
  }

  get providers(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /**
   * `provider`, `provider/model`, a model's name, or empty, `default` and `auto` for the default. Throws
   * `model_not_found` with the names that may have been meant.
   */
  resolve(asked: string): Target {
    if (DEFAULT_NAMES.has(asked)) return this.defaultTarget;
    const found = findTarget(this.#entries, asked);
    if (found !== undefined) return found;
    throw this.#unknown(asked);
  }

  models(): readonly ListedModel[] {
    const all = [...this.#entries.values()].flatMap((entry) => entry.settings.models.map((settings) => ({ ...targetOf(entry, settings.id), settings })));
    return all.map((model) => ({ ...model, isDefault: model.id === this.defaultTarget.id }));
  }

  #unknown(asked: string): AssistantError {
    const ids = this.models().map(({ id }) => id);
    const near = suggest(asked, [...this.providers, ...ids]);
    const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : `There is ${ids.slice(0, 8).join(', ')}.`;
    const shown = asked.length > 100 ? `${asked.slice(0, 100)}…` : asked;
    return new AssistantError('model_not_found', `There is no model "${shown}". ${hint}`, { param: 'model' });
  }
}

export const targetOf = (entry: ProviderEntry, model: string): Target => ({ entry, model, id: `${entry.name}/${model}`, open: () => entry.open(model) });

/** Undefined where nothing of that name is offered. */
export const findTarget = (entries: ReadonlyMap<string, ProviderEntry>, asked: string): Target | undefined => {
  const byName = entries.get(asked);
  if (byName !== undefined) {
    const [first] = byName.settings.models;
    return first === undefined ? undefined : targetOf(byName, first.id);
  }
  const slash = asked.indexOf('/');
  const owner = slash === -1 ? undefined : entries.get(asked.slice(0, slash));
  if (owner !== undefined) {
    const wanted = asked.slice(slash + 1);
    const known = owner.model(wanted);
    if (known !== undefined) return targetOf(owner, known.id);
    return owner.settings.openEnded && wanted !== '' ? targetOf(owner, wanted) : undefined;
  }
  for (const entry of entries.values()) {
    const known = entry.model(asked);
    if (known !== undefined) return targetOf(entry, known.id);
  }
  return undefined;
};
