import type { ConfigIssue } from './issue';
import { PLATFORM_NAMES, RESERVED_PLATFORM_NAMES, TOP_LEVEL_KEYS } from './known-keys';
import { shapesOf, type Shape } from './schema-walk';
import type { Section } from './section';
import { nearest } from './spelling';
import { formatPath, type ConfigNode, type ConfigPath, type MapNode, type Origin } from './tree';

/** Every key that no section declares and that no other process could mean. */
export const unknownKeys = (root: MapNode, sections: readonly Section<unknown>[]): readonly ConfigIssue[] => {
  const issues: ConfigIssue[] = [];
  visit(root, rootShapes(sections), [], issues);
  return issues;
};

/** All sections as one shape, in which the keys of other processes are open. */
const rootShapes = (sections: readonly Section<unknown>[]): readonly Shape[] => {
  const declared = sections.map(({ key, schema }) => nest(key.split('.'), shapesOf(schema)));
  const elsewhere = (names: readonly string[]): ReadonlyMap<string, readonly Shape[]> => new Map(names.map((name) => [name, [{ kind: 'open' }]]));
  const taken = new Set(sections.map(({ key }) => key.split('.', 1)[0] ?? key));
  const platforms = elsewhere([...PLATFORM_NAMES, ...RESERVED_PLATFORM_NAMES].filter((name) => !sections.some(({ key }) => key === `platforms.${name}`)));
  const others = new Map(elsewhere(TOP_LEVEL_KEYS.filter((key) => !taken.has(key) && key !== 'platforms')));
  const knownPlatforms: Shape = { kind: 'keyed', keys: platforms, rest: undefined };
  return [...declared, { kind: 'keyed', keys: others.set('platforms', [knownPlatforms]), rest: undefined }];
};

const nest = (path: readonly string[], shapes: readonly Shape[]): Shape => {
  const [first = '', ...others] = path;
  return { kind: 'keyed', keys: new Map([[first, others.length === 0 ? shapes : [nest(others, shapes)]]]), rest: undefined };
};

const visit = (node: ConfigNode, shapes: readonly Shape[], path: ConfigPath, issues: ConfigIssue[]): void => {
  if (node.kind === 'scalar' || shapes.some(({ kind }) => kind === 'open')) return;
  if (node.kind === 'list') {
    const items = shapes.flatMap((shape) => (shape.kind === 'list' ? shape.items : []));
    if (items.length > 0) node.items.forEach((item, index) => visit(item, items, [...path, index], issues));
    return;
  }
  const keyed = shapes.flatMap((shape) => (shape.kind === 'keyed' ? [shape] : []));
  // A map where none is expected is a wrong type, which the schema says better.
  if (keyed.length === 0) return;
  for (const [key, { value, keyOrigin }] of node.entries) {
    const inner = keyed.flatMap((shape) => shape.keys.get(key) ?? shape.rest ?? []);
    if (keyed.some((shape) => shape.keys.has(key) || shape.rest !== undefined)) visit(value, inner, [...path, key], issues);
    else issues.push(unknownKey(key, keyOrigin, keyed, path));
  }
};

type Keyed = Extract<Shape, { readonly kind: 'keyed' }>;

const unknownKey = (key: string, origin: Origin, keyed: readonly Keyed[], path: ConfigPath): ConfigIssue => {
  const known = [...new Set(keyed.flatMap(({ keys }) => [...keys.keys()]))];
  return { path: formatPath([...path, key]), problem: 'unknown key', origin, mend: mendUnknown(key, known, keyed, path) };
};

const MOST_LISTED = 24;

const mendUnknown = (key: string, known: readonly string[], keyed: readonly Keyed[], path: ConfigPath): string => {
  const parents =
    path.length > 0
      ? []
      : known.filter((parent) => keyed.some(({ keys }) => (keys.get(parent) ?? []).some((shape) => shape.kind === 'keyed' && shape.keys.has(key))));
  const [parent, ...others] = parents;
  if (parent !== undefined && others.length === 0) return `It belongs under ${parent}: indent it by two spaces below "${parent}:".`;
  const close = nearest(key, known);
  if (close !== undefined) return `Did you mean ${close}?`;
  return known.length === 0 || known.length > MOST_LISTED ? 'Remove it.' : `Remove it; there are: ${[...known].sort().join(', ')}.`;
};
