import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errorCode } from './error-code';
import type { Origin } from './tree';

/**
 * `${NAME}`, `${NAME:-default}`, `${file:/path}`; `$${` writes a plain `${`. As is the custom of containers, `NAME_FILE`
 * may name a file that holds the value of `NAME`.
 */
const REFERENCE = /\$\$\{|\$\{([^{}\n]*)\}/g;
const VARIABLE = /^([A-Za-z_]\w*)(?::-(.*))?$/s;
const FILE = /^file:(.+)$/;
const MAX_SECRET_BYTES = 65_536;

/** Mounts that only this container sees: there the files' mode tells nothing about who can read them. */
const PRIVATE_MOUNT = '/run/secrets/';

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Secret files that were read, so that their change is noticed. */
  readonly files: Set<string>;
  warn(message: string): void;
}

export type Interpolated =
  /** The text holds no reference. */
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** What was referred to is empty on purpose: `${NAME:-}`, or an empty file. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'missing'; readonly problem: string; readonly mend: string };

type Replacement = { readonly text: string } | { readonly problem: string; readonly mend: string };

/** Puts environment variables and secret files into a text. Never throws. */
export const interpolate = (text: string, origin: Origin, surroundings: Surroundings): Interpolated => {
  if (!text.includes('${')) return { kind: 'literal', text };
  let missing: { readonly problem: string; readonly mend: string } | undefined;
  let references = 0;
  const filled = text.replace(REFERENCE, (whole: string, inner: string | undefined) => {
    if (inner === undefined) return '${';
    references += 1;
    const replacement = lookUp(inner, whole, origin, surroundings);
    if ('text' in replacement) return replacement.text;
    missing ??= replacement;
    return '';
  });
  if (missing !== undefined) return { kind: 'missing', ...missing };
  if (references === 0) return { kind: 'literal', text: filled };
  return filled === '' ? { kind: 'empty' } : { kind: 'text', text: filled };
};

const lookUp = (inner: string, whole: string, origin: Origin, surroundings: Surroundings): Replacement => {
  const file = FILE.exec(inner)?.[1];
  if (file !== undefined) return readSecretFile(file, origin, surroundings);
  const [, name, fallback] = VARIABLE.exec(inner) ?? [];
  if (name === undefined) return { problem: `${whole} cannot be read`, mend: 'Write ${NAME}, ${NAME:-default} or ${file:/path}; write $${ for a plain "${".' };
  const value = surroundings.environment[name];
  if (value !== undefined && value !== '') return { text: value };
  const named = surroundings.environment[`${name}_FILE`];
  if (named !== undefined && named !== '') {
    const content = readSecretFile(named, { kind: 'variable', name: `${name}_FILE` }, surroundings);
    if ('text' in content ? content.text !== '' : fallback === undefined) return content;
    if ('problem' in content) surroundings.warn(`${name}_FILE: ${content.problem}. ${content.mend}`);
  }
  return fallback === undefined
    ? { problem: `the environment variable ${name} is not set`, mend: `Set ${name}, or write \${${name}:-default}.` }
    : { text: fallback };
};

const readSecretFile = (name: string, origin: Origin, { files, warn }: Surroundings): Replacement => {
  const path = resolve(origin.kind === 'file' ? dirname(origin.file) : '.', name);
  files.add(path);
  try {
    const { mode, size } = statSync(path);
    if (size > MAX_SECRET_BYTES)
      return { problem: `the file ${path} is larger than ${MAX_SECRET_BYTES} bytes`, mend: 'A secret is a short text; name the right file.' };
    if ((mode & 0o077) !== 0 && !path.startsWith(PRIVATE_MOUNT)) warn(`The secret file ${path} can be read by others. Run: chmod 600 ${path}`);
    return { text: readFileSync(path, 'utf8').trim() };
  } catch (error) {
    return { problem: `the file ${path} cannot be read (${errorCode(error)})`, mend: 'Create it, or name another one.' };
  }
};
