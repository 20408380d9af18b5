import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT, packageFile } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { say } from '../setup/say.mjs';
import { filesBelow } from '../shape/sources.mjs';

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

/** Each rule between files must fire where the small repository says, and each must be planted there. */
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
  const fired = new Set(JSON.parse(output).summary.violations.map(({ from, rule }) => `${from} ${rule.name}`));
  const planted = [...filesBelow(PLANTED, 'tree')].flatMap((file) => expectationsOf(file).map(({ rule }) => ({ file: file.slice('tree/'.length), rule })));
  const silent = planted
    .filter(({ file, rule }) => !fired.has(`${file} ${rule}`))
    .map(({ file, rule }) => `dependency-cruiser: ${rule} did not fire for ${file}`);
  const rules = createRequire(import.meta.url)(CONFIG).forbidden.map(({ name }) => name);
  return [...silent, ...rules.filter((rule) => !planted.some((one) => one.rule === rule)).map((rule) => `dependency-cruiser: nothing is planted for ${rule}`)];
};

/** A check that finds nothing may be broken: every rule of ours must find its planted mistake. */
export const checkPlanted = async (runtime) => {
  const silent = [...(await silentLint(runtime)), ...(await silentDirections(runtime))];
  for (const line of silent) say(line);
  return { passed: 0, failed: 0, ...(silent.length === 0 ? { passed: 1 } : { failed: silent.length }) };
};
