import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Scalar, type YAMLError, type YAMLMap } from 'yaml';
import { curlyQuotesAround, fullWidthColon, fullWidthComma, oddStart, typographyOf, type Typography } from './copy-paste';
import type { ConfigIssue } from './issue';
import { hideBraces, showBraces } from './placeholder-braces';
import { emptyMap, formatPath, type ConfigNode, type ConfigPath, type MapEntry, type MapNode, type Origin, type ScalarNode } from './tree';

export interface ParsedFile {
  readonly root: MapNode;
  readonly issues: readonly ConfigIssue[];
}

/** Aliases can make a small file huge; a configuration of this many values is a mistake. */
const MAX_VALUES = 100_000;
const MAX_DEPTH = 64;

/** Reads YAML text. Never throws: whatever is wrong with the text is an issue with line and column. */
export const parseYaml = (text: string, file: string): ParsedFile => {
  const source = hideBraces(text);
  const counter = new LineCounter();
  const at = (offset: number): Origin => {
    const { line, col } = counter.linePos(Math.min(Math.max(offset, 0), text.length));
    return { kind: 'file', file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  try {
    const document = parseDocument(source, { lineCounter: counter, prettyErrors: false, uniqueKeys: true });
    const broken = [...document.errors, ...document.warnings];
    if (broken.length > 0) return { root: emptyMap(at(0)), issues: syntaxIssues(broken, text, at) };
    return readRoot(document, at);
  } catch (error) {
    return {
      root: emptyMap(at(0)),
      issues: [
        {
          path: '',
          problem: `YAML cannot be read: ${error instanceof Error ? firstLine(error.message) : 'unknown cause'}`,
          origin: at(0),
          mend: 'Correct the file.',
        },
      ],
    };
  }
};

const firstLine = (text: string): string => (text.split('\n', 1)[0] ?? '').replace(/[.:]$/, '');

/** How many lines above YAML's own position the cause may stand: it notices an open quote late. */
const LOOK_BACK = 3;

const syntaxIssues = (errors: readonly YAMLError[], text: string, at: (offset: number) => Origin): readonly ConfigIssue[] => {
  const [first] = errors;
  if (first === undefined) return [];
  const duplicates = errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  if (duplicates.length === errors.length) return duplicates.map(({ pos }) => duplicateKey(text, pos[0], at));
  const typography = nearbyTypography(text, first.pos[0], first.code === 'MISSING_CHAR');
  if (typography !== undefined) return [{ path: '', problem: typography.problem, origin: at(typography.offset), mend: typography.mend }];
  // What follows the first error is mostly its echo.
  return [{ path: '', problem: explainSyntax(first), origin: at(first.pos[0]), mend: SYNTAX_MENDS[first.code] ?? 'Correct the YAML at this place.' }];
};

const duplicateKey = (text: string, offset: number, at: (offset: number) => Origin): ConfigIssue => {
  const key = /^["']?([^"':\n]*)/.exec(text.slice(offset))?.[1]?.trim() ?? '';
  return { path: key, problem: 'the key stands here twice', origin: at(offset), mend: 'Keep one of both.' };
};

const SYNTAX_MENDS: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  MISSING_CHAR: 'Close what was opened: a quote, a bracket or a brace.',
  BAD_INDENT: 'Indent entries of one level alike, with two spaces a level.',
  BLOCK_AS_IMPLICIT_KEY: 'Indent entries of one level alike, and put a text that holds ": " in quotes.',
  MULTILINE_IMPLICIT_KEY: 'Write "key: value", with a colon and a space; indent entries of one level alike.',
  MULTIPLE_DOCS: 'Remove the line "---": one file holds one configuration.',
  BAD_SCALAR_START: 'Put the text in quotes.',
  TAG_RESOLVE_FAILED: 'Remove the tag, or put the text in quotes.',
};

const explainSyntax = (error: YAMLError): string =>
  error.code === 'MULTIPLE_DOCS'
    ? 'the file holds several documents'
    : `YAML: ${firstLine(error.message).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())}`;

const nearbyTypography = (text: string, offset: number, anywhere: boolean): Typography | undefined => {
  const lines = text.split('\n');
  const errorLine = text.slice(0, offset).split('\n').length - 1;
  let start = 0;
  let found: Typography | undefined;
  for (const [index, line] of lines.entries()) {
    if (index <= errorLine && (anywhere || index >= errorLine - LOOK_BACK)) {
      const typography = typographyOf(line);
      if (typography !== undefined) found ??= { ...typography, offset: start + typography.offset };
    }
    start += line.length + 1;
  }
  return found;
};

interface Reading {
  readonly document: Document;
  readonly at: (offset: number) => Origin;
  readonly issues: ConfigIssue[];
  values: number;
}

interface Place {
  readonly path: ConfigPath;
  /** Line of the key this value belongs to; 0 for entries of a list and for the file's root. */
  readonly keyLine: number;
  readonly inFlow: boolean;
  readonly depth: number;
}

const readRoot = (document: Document, at: (offset: number) => Origin): ParsedFile => {
  const reading: Reading = { document, at, issues: [], values: 0 };
  const { contents } = document;
  const root = contents === null ? undefined : readNode(contents, { path: [], keyLine: 0, inFlow: false, depth: 0 }, reading);
  if (root?.kind === 'map') return { root, issues: reading.issues };
  const empty = root === undefined || (root.kind === 'scalar' && root.value === null);
  if (!empty && reading.issues.length === 0) {
    reading.issues.push({
      path: '',
      problem: `the file holds a ${root.kind === 'list' ? 'list' : 'text'}, not keys`,
      origin: root.origin,
      mend: 'Write "key: value" lines, for instance "model_providers:".',
    });
  }
  return { root: emptyMap(at(0)), issues: reading.issues };
};

const readNode = (node: unknown, place: Place, reading: Reading): ConfigNode => {
  const origin = reading.at(offsetOf(node));
  reading.values += 1;
  if (place.depth > MAX_DEPTH || reading.values > MAX_VALUES) throw new Error(place.depth > MAX_DEPTH ? 'nested too deeply' : 'too many values');
  if (isAlias(node)) {
    const target: Node | undefined = node.resolve(reading.document);
    if (target !== undefined) return readNode(target, { ...place, depth: place.depth + 1 }, reading);
    reading.issues.push({
      path: formatPath(place.path),
      problem: `the anchor "${node.source}" is not set above`,
      origin,
      mend: 'Define it with "&", or put the text in quotes.',
    });
    return { kind: 'scalar', value: null, origin };
  }
  if (isMap(node)) return readMap(node, place, reading, origin);
  if (isSeq(node)) {
    const inFlow = node.flow === true;
    const items = node.items.map((item, index) => readNode(item, { path: [...place.path, index], keyLine: 0, inFlow, depth: place.depth + 1 }, reading));
    return { kind: 'list', items, origin };
  }
  return isScalar(node) ? readScalar(node, place, reading, origin) : { kind: 'scalar', value: null, origin };
};

const readMap = (map: YAMLMap, place: Place, reading: Reading, origin: Origin): MapNode => {
  const entries = new Map<string, MapEntry>();
  for (const { key, value } of map.items) {
    const keyOrigin = reading.at(offsetOf(key));
    const name = keyName(key);
    if (name === undefined) {
      reading.issues.push({ path: formatPath(place.path), problem: 'a key must be a word', origin: keyOrigin, mend: 'Write "key: value".' });
      continue;
    }
    const path = [...place.path, name];
    const typography = isScalar(key) && key.type === 'PLAIN' ? (curlyQuotesAround(name) ?? oddStart(name)) : undefined;
    if (typography !== undefined) {
      report(typography, formatPath(place.path), offsetOf(key), reading);
      continue;
    }
    const keyLine = keyOrigin.kind === 'file' ? keyOrigin.line : 0;
    entries.set(name, { value: readNode(value, { path, keyLine, inFlow: map.flow === true, depth: place.depth + 1 }, reading), keyOrigin });
  }
  return { kind: 'map', entries, origin };
};

const keyName = (key: unknown): string | undefined => {
  if (!isScalar(key)) return undefined;
  const { value } = key;
  return typeof value === 'string' ? showBraces(value) : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};

const readScalar = (scalar: Scalar, { path, keyLine, inFlow }: Place, reading: Reading, origin: Origin): ScalarNode => {
  const { value } = scalar;
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return { kind: 'scalar', value, origin };
  if (typeof value !== 'string') return { kind: 'scalar', value: typeof value === 'bigint' ? value.toString() : JSON.stringify(value), origin };
  const text = showBraces(value);
  if (scalar.type === 'PLAIN') {
    const ownLine = origin.kind === 'file' && origin.line > keyLine;
    const typography = curlyQuotesAround(text) ?? (ownLine ? fullWidthColon(text) : undefined) ?? (inFlow ? fullWidthComma(text) : undefined);
    if (typography !== undefined) report(typography, formatPath(path), offsetOf(scalar), reading);
  }
  return { kind: 'scalar', value: text, origin };
};

const report = ({ offset, problem, mend }: Typography, path: string, start: number, reading: Reading): void => {
  reading.issues.push({ path, problem, origin: reading.at(start + offset), mend });
};

const offsetOf = (node: unknown): number =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? Number(node.range[0]) : 0;
