import { createHash } from 'node:crypto';
import { AssistantError, Secret } from '@assistant/contracts';
import { checkSection, type Checked } from './check';
import { ConfigError, type ConfigIssue } from './issue';
import type { Section } from './section';
import type { Surroundings } from './secret';
import type { MapNode } from './tree';
import { unknownKeys } from './unknown-keys';

/** One whole configuration that every declared section accepted. */
export interface Snapshot {
  readonly version: string;
  get<T>(section: Section<T>): T;
  /** Changes exactly when the section's input does. */
  fingerprint(section: Section<unknown>): string;
  describe(): Readonly<Record<string, unknown>>;
}

interface Entry extends Checked<unknown> {
  readonly section: Section<unknown>;
  readonly fingerprint: string;
}

/**
 * Checks a configuration against all sections. `found` is what reading the files already complained about. Throws `ConfigError` with everything that is wrong.
 */
export const buildSnapshot = (
  sections: readonly Section<unknown>[],
  root: MapNode,
  surroundings: Surroundings | undefined,
  found: readonly ConfigIssue[] = [],
): Snapshot => {
  const unknown = unknownKeys(root, sections);
  // What could not be read need not be of the right type as well.
  const reported = new Set([...unknown, ...found].map(({ path }) => path));
  const issues: ConfigIssue[] = [...found, ...unknown];
  const entries = new Map<Section<unknown>, Entry>();
  for (const section of new Set(sections)) {
    const result = checkSection(section, root, surroundings, reported);
    if (result.ok) entries.set(section, { section, value: result.value, raw: result.raw, fingerprint: JSON.stringify(result.raw) ?? '' });
    else issues.push(...result.issues);
  }
  if (issues.length > 0) throw new ConfigError(distinct(issues));
  const ordered = [...entries.values()].sort((a, b) => (a.section.key < b.section.key ? -1 : 1));
  const hash = createHash('sha256');
  for (const { section, fingerprint } of ordered) hash.update(`${section.key}\u0000${fingerprint}\u0000`);

  const entryOf = (section: Section<unknown>): Entry => {
    const entry = entries.get(section);
    if (entry === undefined)
      throw new AssistantError('internal', `The section ${section.key} was not declared to this process. Add it to the service's sections.`);
    return entry;
  };
  return {
    version: hash.digest('hex').slice(0, 12),
    get: <T>(section: Section<T>): T => {
      const { value } = entryOf(section);
      if (isValueOf(section, value, entries)) return value;
      throw new AssistantError('internal', `The section ${section.key} holds a foreign value.`);
    },
    fingerprint: (section) => entryOf(section).fingerprint,
    describe: () => describeEntries(ordered),
  };
};

/** Each value was parsed by the schema of the very section it is kept under, so it has that schema's type. */
const isValueOf = <T>(section: Section<T>, value: unknown, entries: ReadonlyMap<Section<unknown>, Entry>): value is T => entries.get(section)?.value === value;

const distinct = (issues: readonly ConfigIssue[]): readonly ConfigIssue[] => [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];

const describeEntries = (entries: readonly Entry[]): Readonly<Record<string, unknown>> => {
  const result: Record<string, unknown> = {};
  for (const { section, value } of entries) {
    const path = section.key.split('.');
    const last = path.pop() ?? section.key;
    let level = result;
    for (const part of path) {
      const next = level[part];
      const inner: Record<string, unknown> = isRecord(next) ? next : {};
      level[part] = inner;
      level = inner;
    }
    const shown = withoutSecrets(value);
    const before = level[last];
    level[last] = isRecord(before) && isRecord(shown) ? { ...shown, ...before } : shown;
  }
  return result;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const withoutSecrets = (value: unknown): unknown => {
  if (value instanceof Secret) return '***';
  if (typeof value === 'string') return value.replace(/(\/\/)[^/@\s]+@/g, '$1***@');
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [String(key), withoutSecrets(inner)]));
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]));
  return typeof value === 'function' ? undefined : value;
};
