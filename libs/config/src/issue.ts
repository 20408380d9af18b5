import { AssistantError } from '@assistant/contracts';
import { formatOrigin, type Origin } from './tree';

/** One mistake in the configuration. */
export interface ConfigIssue {
  /** The key, for instance `platforms.telegram.token`; empty for a mistake of the whole file. */
  readonly path: string;
  /** What is wrong, without a full stop. */
  readonly problem: string;
  readonly origin?: Origin;
  /** How to mend it: one or more sentences. */
  readonly mend: string;
}

/** `path: what is wrong (file:line:column). How to mend.` */
export const formatIssue = ({ path, problem, origin, mend }: ConfigIssue): string => {
  const place = origin === undefined ? undefined : formatOrigin(origin);
  return `${path === '' ? '' : `${path}: `}${problem}${place === undefined ? '' : ` (${place})`}.${mend === '' ? '' : ` ${mend}`}`;
};

/** The configuration cannot be used; every mistake that was found is listed, a line each. */
export class ConfigError extends AssistantError {
  readonly issues: readonly ConfigIssue[];

  constructor(issues: readonly ConfigIssue[]) {
    super('config_invalid', ['The configuration is not valid:', ...issues.map((issue) => `  ${formatIssue(issue)}`)].join('\n'));
    this.issues = issues;
  }
}
