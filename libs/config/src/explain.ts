import type { z } from 'zod';
import { nearest } from './spelling';

const ARTICLES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
};

const wanted = (expected: string): string => ARTICLES[expected] ?? expected;

/** Values of such keys are never repeated in a message. */
const SENSITIVE = /key|token|secret|password|credential/i;

const got = (input: unknown, path: readonly PropertyKey[] | undefined): string => {
  const key = path?.findLast((part) => typeof part === 'string') ?? '';
  if (typeof input === 'string') return SENSITIVE.test(key) || input.length > 24 ? 'a text' : `the text "${input}"`;
  if (typeof input === 'number') return SENSITIVE.test(key) ? 'a number' : `the number ${input}`;
  if (typeof input === 'boolean') return String(input);
  if (Array.isArray(input)) return 'a list';
  return typeof input === 'object' && input !== null ? 'a map of keys' : 'nothing';
};

const mendType = (expected: string, input: unknown): string => {
  if (expected === 'string' && (typeof input === 'number' || typeof input === 'boolean')) return 'Put it in quotes.';
  if (expected === 'boolean' && typeof input === 'string')
    return /^(?:y|yes|on|1)$/i.test(input) ? 'Write true.' : /^(?:n|no|off|0)$/i.test(input) ? 'Write false.' : 'Write true or false, without quotes.';
  if ((expected === 'number' || expected === 'int') && typeof input === 'string' && /^\d+$/.test(input)) return 'Write it without quotes.';
  if (expected === 'array') return 'Write [one, two], or a line "- one" for each entry.';
  if (expected === 'object' || expected === 'record') return 'Write its keys on the lines below, indented by two spaces.';
  return `Write ${wanted(expected)}.`;
};

const FORMATS: Readonly<Record<string, string>> = {
  url: 'a URL such as https://example.com',
  email: 'an e-mail address',
  uuid: 'a UUID',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
};

const unit = (origin: string, amount: number | bigint): string => {
  if (origin === 'string') return amount === 1 ? ' character' : ' characters';
  return origin === 'array' || origin === 'set' ? (amount === 1 ? ' entry' : ' entries') : '';
};

const lengthOf = (input: unknown): string => {
  if (typeof input === 'string' || Array.isArray(input)) return `, got ${input.length}`;
  return typeof input === 'number' ? `, got ${input}` : '';
};

/** zod's findings in our words: `what is wrong. How to mend.` A message that a schema brings itself comes first. */
export const explainIssue: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `is required. Add it: ${wanted(issue.expected)}.`;
      return `must be ${wanted(issue.expected)}, got ${got(issue.input, issue.path)}. ${mendType(issue.expected, issue.input)}`;
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'must not be empty. Fill it in, or remove the key.';
      return `must be at least ${issue.minimum}${unit(issue.origin, issue.minimum)}${lengthOf(issue.input)}. Raise it.`;
    case 'too_big':
      return `must be at most ${issue.maximum}${unit(issue.origin, issue.maximum)}${lengthOf(issue.input)}. Lower it.`;
    case 'invalid_format':
      return `must be ${FORMATS[issue.format] ?? `of the form ${issue.pattern ?? issue.format}`}. Correct it.`;
    case 'invalid_value':
      return oneOf(issue.values.map(String), issue.input, issue.path);
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}. Correct it.`;
    case 'invalid_union':
      return issue.discriminator !== undefined && Array.isArray(issue.options)
        ? oneOf(issue.options.map(String), inputOf(issue.input, issue.discriminator), issue.path)
        : 'has none of the forms that are allowed here. See the documentation of this key.';
    case 'invalid_key':
      return 'is not a name that is allowed here. Choose another name.';
    default:
      return undefined;
  }
};

const inputOf = (input: unknown, key: string): unknown =>
  typeof input === 'object' && input !== null ? Object.entries(input).find(([name]) => name === key)?.[1] : undefined;

const oneOf = (values: readonly string[], input: unknown, path: readonly PropertyKey[] | undefined): string => {
  const listed = values.length === 1 ? (values[0] ?? '') : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
  if (input === undefined) return `is required. Write ${listed}.`;
  const close = typeof input === 'string' ? nearest(input, values) : undefined;
  return `must be ${listed}, got ${got(input, path)}. ${close === undefined ? `Write ${values.length === 1 ? 'exactly that' : 'one of these'}.` : `Did you mean ${close}?`}`;
};
