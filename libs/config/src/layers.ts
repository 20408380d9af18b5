import { readFileSync } from 'node:fs';
import { environmentLayer } from './environment';
import { errorCode } from './error-code';
import type { ConfigIssue } from './issue';
import { modelsFile, shownPath, type ConfigFiles } from './locate';
import { mergeNodes } from './merge';
import { emptyMap, type ConfigNode, type MapNode } from './tree';
import { parseYaml, type ParsedFile } from './yaml-file';

export interface Layers {
  readonly root: MapNode;
  readonly issues: readonly ConfigIssue[];
}

const MAX_FILE_BYTES = 4 * 1024 ** 2;

/** Reads all layers and lays them over each other: defaults, the installation's file, models, environment. */
export const readLayers = (files: ConfigFiles, environment: Readonly<Record<string, string | undefined>>): Layers => {
  const models = modelsFile(files);
  const parsed = [
    readFile(files.base, false),
    readFile(files.overlay, files.overlayRequired),
    ...(models === undefined ? [] : [asProviders(readFile(models, false), models)]),
  ];
  const layers: readonly ConfigNode[] = [...parsed.map(({ root }) => root), environmentLayer(environment)];
  const merged = layers.reduce((lower, upper) => mergeNodes(lower, upper));
  return { root: merged.kind === 'map' ? merged : emptyMap(merged.origin), issues: parsed.flatMap(({ issues }) => issues) };
};

const readFile = (path: string, required: boolean): ParsedFile => {
  const origin = { kind: 'file', file: shownPath(path), line: 1, column: 1 } as const;
  const root = emptyMap(origin);
  try {
    const bytes = readFileSync(path);
    if (bytes.length > MAX_FILE_BYTES)
      return { root, issues: [{ path: '', problem: 'the file is larger than 4 MB', origin, mend: 'A configuration is small; name the right file.' }] };
    return parseYaml(bytes.toString('utf8'), shownPath(path));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' && !required) return { root, issues: [] };
    return {
      root,
      issues: [
        {
          path: '',
          problem: `the file ${shownPath(path)} cannot be read (${code})`,
          mend: code === 'ENOENT' ? 'Create it, or let ASSISTANT_CONFIG name another one.' : 'Let this process read it.',
        },
      ],
    };
  }
};

/** The models file has its own form: a list `providers`, which belongs at `model_providers.custom`. */
const asProviders = ({ root, issues }: ParsedFile, path: string): ParsedFile => {
  const providers = root.entries.get('providers');
  const others = [...root.entries].filter(([key]) => key !== 'providers');
  const unknown = others.map(([key, { keyOrigin }]): ConfigIssue => ({
    path: key,
    problem: 'unknown key',
    origin: keyOrigin,
    mend: `${shownPath(path)} holds the list "providers:" alone; everything else belongs into the main file.`,
  }));
  if (providers === undefined) return { root: emptyMap(root.origin), issues: [...issues, ...unknown] };
  const custom: MapNode = { kind: 'map', entries: new Map([['custom', providers]]), origin: providers.keyOrigin };
  return {
    root: { kind: 'map', entries: new Map([['model_providers', { value: custom, keyOrigin: providers.keyOrigin }]]), origin: root.origin },
    issues: [...issues, ...unknown],
  };
};
