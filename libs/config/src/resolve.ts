import { interpolate, type Surroundings } from './secret';
import { formatPath, type ConfigNode, type ConfigPath, type ScalarValue } from './tree';

export interface Missing {
  readonly problem: string;
  readonly mend: string;
}

/** A configuration value as plain data, with what could not be filled in. */
export interface Resolved {
  readonly value: unknown;
  /** By formatted path: a reference that leads nowhere. It counts only if the schema needs the value. */
  readonly missing: ReadonlyMap<string, Missing>;
  /** By formatted path: the same text read the other way. */
  readonly alternatives: ReadonlyMap<string, ScalarValue>;
}

/** Undefined surroundings leave every text as it is. */
export const resolveNode = (node: ConfigNode | undefined, path: ConfigPath, surroundings: Surroundings | undefined): Resolved => {
  const missing = new Map<string, Missing>();
  const alternatives = new Map<string, ScalarValue>();

  const visit = (inner: ConfigNode, at: ConfigPath): unknown => {
    if (inner.kind === 'map') {
      const entries = [...inner.entries].map(([key, entry]): readonly [string, unknown] => [key, visit(entry.value, [...at, key])]);
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
    if (inner.kind === 'list') {
      const values = inner.items.map((item, index) => visit(item, [...at, index]));
      // A reference that is empty on purpose leaves no entry; a missing one stays as a gap the schema objects to.
      return values.every((value) => value !== undefined)
        ? values
        : values.filter((value, index) => value !== undefined || missing.has(formatPath([...at, index])));
    }
    if (inner.value === null) return undefined;
    if (inner.alternative !== undefined) alternatives.set(formatPath(at), inner.alternative);
    if (typeof inner.value !== 'string' || surroundings === undefined) return inner.value;
    const filled = interpolate(inner.value, inner.origin, surroundings);
    switch (filled.kind) {
      case 'literal':
        return filled.text;
      case 'text': {
        const other = otherReading(filled.text);
        if (other !== undefined) alternatives.set(formatPath(at), other);
        return filled.text;
      }
      case 'empty':
        return undefined;
      case 'missing':
        missing.set(formatPath(at), { problem: filled.problem, mend: filled.mend });
        return undefined;
    }
  };

  return { value: node === undefined ? undefined : visit(node, path), missing, alternatives };
};

/** An environment variable is always text; where a number or a truth value is wanted, this is it. */
const otherReading = (text: string): ScalarValue | undefined => {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^[-+]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
};
