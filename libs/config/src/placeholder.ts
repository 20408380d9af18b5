import { formatPath, formatOrigin, type ConfigNode, type ConfigPath } from './tree';

/** Values that a guide or a sample shows where a real one belongs. */
const PLACEHOLDER = /^(?:your[-_][a-z0-9_-]+|<[^<>]{1,60}>|change[-_]?me|x{4,}|path\.to\.\w+)$/i;

/** True for `your-api-key` and its like. */
export const isPlaceholder = (text: string): boolean => PLACEHOLDER.test(text.trim());

/** A sentence for every placeholder left in the configuration; what is switched off does not count. */
export const placeholderWarnings = (node: ConfigNode, path: ConfigPath = []): readonly string[] => {
  if (node.kind === 'scalar') {
    if (typeof node.value !== 'string' || !isPlaceholder(node.value)) return [];
    const place = formatOrigin(node.origin);
    return [`${formatPath(path)} still holds the placeholder "${node.value}"${place === undefined ? '' : ` (${place})`}. Put the real value there.`];
  }
  if (node.kind === 'list') return node.items.flatMap((item, index) => placeholderWarnings(item, [...path, index]));
  const enabled = node.entries.get('enabled')?.value;
  if (enabled?.kind === 'scalar' && enabled.value === false) return [];
  return [...node.entries].flatMap(([key, { value }]) => placeholderWarnings(value, [...path, key]));
};
