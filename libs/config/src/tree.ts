/** Where a value was written: a place in a file, or the name of an environment variable. */
export type Origin =
  | { readonly kind: 'file'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'memory' };

export type ScalarValue = string | number | boolean | null;

/** A configuration value that still knows where each of its parts came from. */
export type ConfigNode = ScalarNode | ListNode | MapNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: ScalarValue;
  /** The same text read the other way (`8080` as text, or as a number), for sources that cannot say which is meant. */
  readonly alternative?: ScalarValue;
  readonly origin: Origin;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly ConfigNode[];
  readonly origin: Origin;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly origin: Origin;
}

export interface MapEntry {
  readonly value: ConfigNode;
  readonly keyOrigin: Origin;
}

export type ConfigPath = readonly (string | number)[];

/** `providers[0].api_key`, as messages write it. */
export const formatPath = (path: ConfigPath): string =>
  path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`), '');

/** `config/production.yaml:31:14`, or the environment variable's name. Undefined where there is no place to point at. */
export const formatOrigin = (origin: Origin): string | undefined => {
  switch (origin.kind) {
    case 'file':
      return `${origin.file}:${origin.line}:${origin.column}`;
    case 'variable':
      return `environment variable ${origin.name}`;
    case 'memory':
      return undefined;
  }
};

export const emptyMap = (origin: Origin): MapNode => ({ kind: 'map', entries: new Map(), origin });

const childOf = (node: ConfigNode, part: string | number): ConfigNode | undefined => {
  if (node.kind === 'map') return node.entries.get(String(part))?.value;
  return node.kind === 'list' ? node.items[Number(part)] : undefined;
};

/** The value at a path, or undefined where nothing was written. */
export const nodeAt = (root: ConfigNode, path: ConfigPath): ConfigNode | undefined => {
  let node: ConfigNode | undefined = root;
  for (const part of path) {
    if (node === undefined) return undefined;
    node = childOf(node, part);
  }
  return node;
};

/** The place to point at for a path: the value's own, else that of its nearest parent that was written. */
export const originAt = (root: ConfigNode, path: ConfigPath): Origin => {
  let node = root;
  let origin = root.origin;
  for (const part of path) {
    if (node.kind === 'map') origin = node.entries.get(String(part))?.keyOrigin ?? origin;
    const next = childOf(node, part);
    if (next === undefined) return origin;
    // A map or list is pointed at by its key: that is the line a person looks for.
    if (next.kind === 'scalar' || node.kind === 'list') origin = next.origin;
    node = next;
  }
  return origin;
};
