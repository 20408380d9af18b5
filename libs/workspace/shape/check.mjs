import { ROOT } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';
import { links } from './links.mjs';
import { lists } from './lists.mjs';
import { lengths, names, unfinished } from './names.mjs';
import { references } from './references.mjs';
import { alike } from './services.mjs';

const CHECKS = { alike, lists, references, names, unfinished, links };

/** Everything about files and lists that neither the compiler nor the linter can see. */
export const problemsIn = (root) => Object.values(CHECKS).flatMap((check) => check(root));

export const checkShape = async () => {
  const problems = problemsIn(ROOT);
  for (const problem of problems) say(problem);
  say(lengths(ROOT));
  return problems.length === 0 ? { passed: Object.keys(CHECKS).length, failed: 0 } : { passed: 0, failed: problems.length };
};
