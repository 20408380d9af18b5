import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';

const hasTests = (folder) => existsSync(folder) && readdirSync(folder, { recursive: true }).some((file) => /(?:^|[\\/])test_[^\\/]*\.py$/.test(String(file)));

/** The tests of the Python SDK, with the standard library alone. */
export const python = async ({ env }) => {
  const folder = join(ROOT, 'sdk/python');
  if (!hasTests(folder)) return { passed: 0, failed: 0, note: 'no Python tests' };
  const { code, output } = await runCommand('python3', ['-m', 'unittest', 'discover', '-v', '-s', folder, '-p', 'test_*.py'], {
    cwd: ROOT,
    env: { ...env, PYTHONDONTWRITEBYTECODE: '1' },
    capture: true,
  });
  const ran = Number(/^Ran (\d+) tests?/m.exec(output)?.[1] ?? 0);
  const failed = [...output.matchAll(/(?:failures|errors)=(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  if (code !== 0) console.error(output);
  return { passed: ran - failed, failed: code !== 0 && failed === 0 ? 1 : failed };
};
