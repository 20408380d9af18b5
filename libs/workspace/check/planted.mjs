import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT, packageFile } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { say } from '../setup/say.mjs';

const PLANTED = join(ROOT, 'libs/workspace/planted');
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');

/** `// finds: <rule> <part of its message>` */
const expectationsOf = (file) =>
  [...readFileSync(join(PLANTED, file), 'utf8').matchAll(/^\/\/ finds: (\S+) ?(.*)$/gm)].map(([, rule, text]) => ({ rule, text }));

/** Linting must find in each file what the file says. Gives what kept silent. */
const silentLint = async ({ node, env }) => {
  const { code, output } = await runCommand(node, ['libs/workspace/check/planted-eslint.mjs'], {
    cwd: ROOT,
    env: { ...env, ASSISTANT_PLANTED: 'yes' },
    capture: true,
  });
  if (code !== 0) return [`eslint did not run:\n${output}`];
  const found = JSON.parse(output.slice(output.lastIndexOf('\n{') + 1));
  const files = ['boundaries', 'style'].flatMap((folder) =>
    readdirSync(join(PLANTED, folder))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`),
  );
  return files.flatMap((file) => {
    const messages = found[file] ?? [];
    const missing = expectationsOf(file).filter(({ rule, text }) => !messages.some(({ ruleId, message }) => ruleId === rule && message.includes(text)));
    return missing.map(({ rule, text }) => `${file}: ${rule} ${text} was not found; found was ${JSON.stringify(messages)}`);
  });
};

/** Each rule between files must fire in the small repository. Gives the rules that kept silent. */
const silentDirections = async ({ node, env }) => {
  const args = [
    packageFile('dependency-cruiser/bin/dependency-cruiser.mjs'),
    '--config',
    CONFIG,
    '--output-type',
    'json',
    '--ts-config',
    join(ROOT, 'tsconfig.base.json'),
    'apps',
    'libs',
  ];
  const { output } = await runCommand(node, args, { cwd: join(PLANTED, 'tree'), env: { ...env, ASSISTANT_PLANTED: 'yes' }, capture: true });
  const rules = createRequire(import.meta.url)(CONFIG).forbidden.map(({ name }) => name);
  const fired = new Set(JSON.parse(output).summary.violations.map(({ rule }) => rule.name));
  return rules.filter((rule) => !fired.has(rule)).map((rule) => `dependency-cruiser: ${rule} did not fire`);
};

/** A check that finds nothing may be broken: every rule of ours must find its planted mistake. */
export const checkPlanted = async (runtime) => {
  const silent = [...(await silentLint(runtime)), ...(await silentDirections(runtime))];
  for (const line of silent) say(line);
  return { passed: 0, failed: 0, ...(silent.length === 0 ? { passed: 1 } : { failed: silent.length }) };
};
