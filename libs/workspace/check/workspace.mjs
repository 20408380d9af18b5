import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { say } from '../setup/say.mjs';
import { filesBelow } from '../shape/sources.mjs';

/** The tests of this tooling itself: plain Node, since it must work before anything is installed. */
export const workspaceTests = async ({ node, env }) => {
  const files = [...filesBelow(ROOT, 'libs/workspace')].filter((file) => file.endsWith('.test.mjs')).map((file) => join(ROOT, file));
  const { code, output } = await runCommand(node, ['--test', '--test-reporter=tap', '--test-concurrency=2', ...files], { cwd: ROOT, env, capture: true });
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  if (code !== 0) say(output);
  return { passed: count('pass'), failed: code !== 0 && failed === 0 ? 1 : failed };
};
