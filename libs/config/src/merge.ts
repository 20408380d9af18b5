import type { ConfigNode, ConfigPath, ListNode, MapEntry, MapNode, Origin } from './tree';

/** Lists whose entries are laid over each other by their `name`; every other list replaces the one below it. */
const NAMED_LISTS = new Set(['model_providers.providers', 'model_providers.custom']);

const nameOf = (node: ConfigNode): string | undefined => {
  if (node.kind !== 'map') return undefined;
  const name = node.entries.get('name')?.value;
  return name?.kind === 'scalar' && typeof name.value === 'string' ? name.value : undefined;
};

/**
 * Lays one layer over another: maps merge deeply, lists and scalars replace. An empty key (`telegram:` with nothing
 * below it) takes a scalar away and leaves a map or list as it is.
 */
export const mergeNodes = (lower: ConfigNode | undefined, upper: ConfigNode, path: ConfigPath = []): ConfigNode => {
  if (lower === undefined) return upper;
  if (lower.kind === 'map' && upper.kind === 'map') return mergeMaps(lower, upper, path);
  if (lower.kind === 'list' && upper.kind === 'list') return NAMED_LISTS.has(path.join('.')) ? mergeNamed(lower, upper, path) : upper;
  // An environment variable names the entry of a list it means: …__PROVIDERS__GLM__API_KEY.
  if (lower.kind === 'list' && upper.kind === 'map' && upper.origin.kind === 'variable') return mergeInto(lower, upper, path);
  if (upper.kind === 'scalar' && upper.value === null && lower.kind !== 'scalar') return lower;
  return upper;
};

const mergeMaps = (lower: MapNode, upper: MapNode, path: ConfigPath): MapNode => {
  const entries = new Map<string, MapEntry>(lower.entries);
  for (const [key, entry] of upper.entries) {
    const value = mergeNodes(entries.get(key)?.value, entry.value, [...path, key]);
    entries.set(key, { value, keyOrigin: value === entry.value ? entry.keyOrigin : (entries.get(key)?.keyOrigin ?? entry.keyOrigin) });
  }
  return { kind: 'map', entries, origin: lower.entries.size === 0 ? upper.origin : lower.origin };
};

const mergeNamed = (lower: ListNode, upper: ListNode, path: ConfigPath): ListNode => {
  const items = [...lower.items];
  // Two entries of one layer with the same name are the schema's to refuse, so only those below are looked up.
  const below = new Map(lower.items.flatMap((item, index): readonly (readonly [string, number])[] => pair(nameOf(item), index)));
  for (const item of upper.items) {
    const name = nameOf(item);
    const index = name === undefined ? undefined : below.get(name);
    if (index === undefined) {
      items.push(item);
    } else {
      items[index] = mergeNodes(items[index], item, [...path, index]);
      if (name !== undefined) below.delete(name);
    }
  }
  return { kind: 'list', items, origin: upper.origin };
};

const pair = (name: string | undefined, index: number): readonly (readonly [string, number])[] => (name === undefined ? [] : [[name, index]]);

const mergeInto = (lower: ListNode, upper: MapNode, path: ConfigPath): ListNode => {
  const items = [...lower.items];
  for (const [key, entry] of upper.entries) {
    const named = items.findIndex((item) => nameOf(item)?.toLowerCase().replaceAll('-', '_') === key);
    const index = named >= 0 ? named : /^\d+$/.test(key) ? Number(key) : items.length;
    const below = items[index];
    if (below === undefined) items.push(named >= 0 || /^\d+$/.test(key) ? entry.value : withName(entry.value, key, entry.keyOrigin));
    else items[index] = mergeNodes(below, entry.value, [...path, index]);
  }
  return { kind: 'list', items, origin: lower.origin };
};

const withName = (node: ConfigNode, name: string, origin: Origin): ConfigNode =>
  node.kind === 'map' && !node.entries.has('name')
    ? { ...node, entries: new Map<string, MapEntry>([['name', { value: { kind: 'scalar', value: name, origin }, keyOrigin: origin }], ...node.entries]) }
    : node;
