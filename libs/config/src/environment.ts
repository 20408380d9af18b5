import { parse } from 'yaml';
import { mergeNodes } from './merge';
import { emptyMap, type ConfigNode, type MapNode, type Origin, type ScalarValue } from './tree';

const PREFIX = 'ASSISTANT__';

/** The layer of `ASSISTANT__A__B=value`: key `a.b`. Empty variables count as not set. */
export const environmentLayer = (environment: Readonly<Record<string, string | undefined>>): MapNode => {
  let root: ConfigNode = emptyMap({ kind: 'variable', name: `${PREFIX}…` });
  for (const [name, text] of Object.entries(environment).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!name.startsWith(PREFIX) || text === undefined || text === '') continue;
    const path = name.slice(PREFIX.length).toLowerCase().split('__');
    if (path.some((part) => part === '')) continue;
    root = mergeNodes(root, nest(path, valueOf(text, { kind: 'variable', name })));
  }
  return root.kind === 'map' ? root : emptyMap(root.origin);
};

const nest = (path: readonly string[], value: ConfigNode): ConfigNode =>
  path.reduceRight(
    (inner, key): ConfigNode => ({ kind: 'map', entries: new Map([[key, { value: inner, keyOrigin: value.origin }]]), origin: value.origin }),
    value,
  );

/** The text read as YAML reads a value without quotes. Lists and maps only in brackets and braces. */
export const valueOf = (text: string, origin: Origin): ConfigNode => {
  const read = readFlow(text);
  if (typeof read === 'object' && read !== null) return nodeOf(read, origin);
  return { kind: 'scalar', value: read, origin, ...(read === text ? {} : { alternative: text }) };
};

const readFlow = (text: string): ScalarValue | object => {
  try {
    const value: unknown = parse(text, { logLevel: 'error' });
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
    return typeof value === 'object' && value !== null && /^\s*[[{]/.test(text) ? value : text;
  } catch {
    return text;
  }
};

/** Plain data as configuration nodes that all come from one place. */
export const nodeOf = (value: unknown, origin: Origin): ConfigNode => {
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item: unknown) => nodeOf(item, origin)), origin };
  if (typeof value === 'object' && value !== null) {
    const defined = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return { kind: 'map', entries: new Map(defined.map(([key, inner]) => [key, { value: nodeOf(inner, origin), keyOrigin: origin }])), origin };
  }
  return { kind: 'scalar', value: typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null, origin };
};
