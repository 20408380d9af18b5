import type { z } from 'zod';
import { explainIssue } from './explain';
import type { ConfigIssue } from './issue';
import { resolveNode, type Resolved } from './resolve';
import type { Section } from './section';
import type { Surroundings } from './secret';
import { formatPath, nodeAt, originAt, type ConfigPath, type MapNode, type ScalarValue } from './tree';

/** A section that its schema accepted: the parsed value, and the plain data it was parsed from. */
export interface Checked<T> {
  readonly value: T;
  readonly raw: unknown;
}

export type CheckResult<T> = ({ readonly ok: true } & Checked<T>) | { readonly ok: false; readonly issues: readonly ConfigIssue[] };

interface Finding {
  readonly path: ConfigPath;
  readonly code: string | undefined;
  readonly message: string;
}

/**
 * Reads one section out of the whole configuration. Texts of the environment are read as numbers where one is wanted.
 * Keys in `reported` were refused already.
 */
export const checkSection = <T>(
  section: Section<T>,
  root: MapNode,
  surroundings: Surroundings | undefined,
  reported: ReadonlySet<string> = new Set(),
): CheckResult<T> => {
  const base = section.key.split('.');
  const resolved = resolveNode(nodeAt(root, base), base, surroundings);
  let raw = resolved.value;
  let result = section.schema.safeParse(raw, { error: explainIssue });
  const unused = new Map(resolved.alternatives);
  while (!result.success) {
    const findings = result.error.issues.flatMap((issue) => findingsOf(issue, base));
    const switchable = findings.map(({ path }) => path).filter((path) => unused.has(formatPath(path)));
    if (switchable.length === 0)
      return { ok: false, issues: findings.filter(({ path }) => !reported.has(formatPath(path))).map((finding) => issueOf(finding, root, resolved)) };
    for (const path of switchable) {
      raw = replaceAt(raw, path.slice(base.length), unused.get(formatPath(path)) ?? null);
      unused.delete(formatPath(path));
    }
    result = section.schema.safeParse(raw, { error: explainIssue });
  }
  return { ok: true, value: result.data, raw };
};

const replaceAt = (data: unknown, path: ConfigPath, value: ScalarValue): unknown => {
  const [first, ...others] = path;
  if (first === undefined) return value;
  if (Array.isArray(data)) return data.map((item: unknown, index) => (index === Number(first) ? replaceAt(item, others, value) : item));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, inner]: [string, unknown]) => [key, key === String(first) ? replaceAt(inner, others, value) : inner]),
  );
};

const configPath = (path: readonly PropertyKey[]): ConfigPath => path.map((part) => (typeof part === 'number' ? part : String(part)));

/** In a union, the branch that was most likely meant speaks: the one whose own kind fits, with the fewest findings. */
const findingsOf = (issue: z.core.$ZodIssue, base: ConfigPath): readonly Finding[] => {
  const path = [...base, ...configPath(issue.path)];
  const own: Finding = { path, code: issue.code, message: issue.message };
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.map((errors) => errors.flatMap((inner) => findingsOf(inner, path)));
    const fitting = branches.filter((findings) => findings.length > 0 && findings.every((finding) => finding.path.length > path.length));
    const [best] = fitting.toSorted((a, b) => a.length - b.length);
    if (best !== undefined) return best;
    const sentences = [...new Set(branches.flatMap((findings) => findings.map(({ message }) => message)))];
    return [sentences.length === 1 ? { ...own, message: sentences[0] ?? own.message } : { ...own, message: joinBranches(sentences, own.message) }];
  }
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key): Finding => ({ ...own, path: [...path, key], message: 'unknown key. Remove it.' }));
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') {
    const [first] = issue.issues;
    return [first === undefined ? own : { ...own, message: first.message }];
  }
  return [own];
};

/** `must be a number` and `must be a size such as 256MB` become one sentence. */
const joinBranches = (sentences: readonly string[], otherwise: string): string => {
  const forms = sentences.map((sentence) => /^must be ([^,.]+)/.exec(sentence)?.[1]);
  const tail = /, got [^.]*/.exec(sentences.find((sentence) => sentence.includes(', got ')) ?? '')?.[0] ?? '';
  return forms.every((form) => form !== undefined) && forms.length > 0 ? `must be ${[...new Set(forms)].join(' or ')}${tail}. Correct it.` : otherwise;
};

const issueOf = ({ path, message }: Finding, root: MapNode, { missing }: Resolved): ConfigIssue => {
  const formatted = formatPath(path);
  const origin = originAt(root, path);
  const unfilled = missing.get(formatted);
  if (unfilled !== undefined) return { path: formatted, problem: unfilled.problem, origin, mend: unfilled.mend };
  const [, problem = message, mend = 'Correct the value.'] = /^(.*?)\.\s+(\S.*)$/s.exec(message) ?? [];
  return { path: formatted, problem: problem.replace(/\.$/, ''), origin, mend };
};
