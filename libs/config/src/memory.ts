import { Secret } from '@assistant/contracts';
import { nodeOf } from './environment';
import { createLiveStore } from './live-store';
import { mergeNodes } from './merge';
import type { Section } from './section';
import { buildSnapshot, type Snapshot } from './snapshot';
import type { ConfigStore } from './store';
import { emptyMap, type ConfigNode, type MapNode } from './tree';

export interface MemoryConfig extends ConfigStore {
  /** Puts other values in force, as a reload does. Throws `ConfigError` and keeps the old ones when they are wrong. */
  set(values: Readonly<Record<string, unknown>>): void;
}

/**
 * A configuration out of plain values, for tests and tools. Keys may be dotted: `{ 'platforms.telegram': {…} }`.
 * Checked exactly as a file is; `${…}` is not filled in. Throws `ConfigError`.
 */
export const memoryConfig = (sections: readonly Section<unknown>[], values: Readonly<Record<string, unknown>> = {}): MemoryConfig => {
  const snapshotOf = (data: Readonly<Record<string, unknown>>): Snapshot => buildSnapshot(sections, rootOf(data), undefined);
  const live = createLiveStore(
    snapshotOf(values),
    () => undefined,
    (_section, error) => {
      throw error;
    },
  );
  return Object.defineProperties(
    { ...live.store, set: (next: Readonly<Record<string, unknown>>) => live.swap(snapshotOf(next)) },
    { version: { get: () => live.store.version, enumerable: true } },
  );
};

const rootOf = (values: Readonly<Record<string, unknown>>): MapNode => {
  const empty = emptyMap({ kind: 'memory' });
  const root = Object.entries(values).reduce<ConfigNode>((merged, [key, value]) => {
    if (value === undefined) return merged;
    const node = key
      .split('.')
      .reduceRight<ConfigNode>(
        (inner, part) => ({ kind: 'map', entries: new Map([[part, { value: inner, keyOrigin: { kind: 'memory' } }]]), origin: { kind: 'memory' } }),
        nodeOf(revealed(value), { kind: 'memory' }),
      );
    return mergeNodes(merged, node);
  }, empty);
  return root.kind === 'map' ? root : empty;
};

/** Tests may hand in secrets as the type or as text. */
const revealed = (value: unknown): unknown => {
  if (value instanceof Secret) return value.reveal();
  if (Array.isArray(value)) return value.map(revealed);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revealed(inner)]));
  return value;
};
