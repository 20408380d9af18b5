import { clock, disk, memory } from './machine.mjs';
import { broker, node, npm, packages, python } from './programs.mjs';
import { configuration, leftovers, ports, services } from './service.mjs';
import { problem } from './finding.mjs';

/** In the order in which one would look: the machine, its programs, our files, what runs. */
const CHECKS = { node, npm, python, packages, broker, disk, memory, clock, configuration, ports, leftovers, services };

/** Every finding. A check that itself fails is a problem of its own and stops no other. */
export const examine = async (/** @type {import('./finding.mjs').Context} */ context) => {
  const findings = [];
  for (const [name, check] of Object.entries(CHECKS)) {
    try {
      findings.push(...[await check(context)].flat());
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      findings.push(
        problem(
          { en: `the check "${name}" failed: ${why}`, zh: `检查项“${name}”失败：${why}` },
          { en: 'Report this with the output above.', zh: '请附上以上输出进行反馈。' },
        ),
      );
    }
  }
  return findings;
};

const MARKS = { ok: '✓', warning: '!', problem: '✗' };

/** The report as lines, in one of two languages. */
export const reportLines = (findings, language) =>
  findings.flatMap(({ level, says, fix }) => [`${MARKS[level]} ${says[language]}`, ...(fix === undefined ? [] : [`    → ${fix[language]}`])]);

/** `--lang zh`, or the language of the terminal. */
export const languageOf = (argv, environment) => {
  const at = argv.indexOf('--lang');
  const wish = at >= 0 ? (argv[at + 1] ?? '') : (environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'] ?? '');
  return wish.toLowerCase().startsWith('zh') ? 'zh' : 'en';
};
