// Lints the planted files and prints what was found, as JSON: { file: [{ ruleId, message }] }. Runs with
// ASSISTANT_PLANTED=yes, so that the configuration lets them through.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { ROOT } from '../setup/paths.mjs';

const PLANTED = join(ROOT, 'libs/workspace/planted');
const sources = (folder) => readdirSync(join(PLANTED, folder)).filter((name) => name.endsWith('.ts'));
const shorten = (results) => results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => ({ ruleId: ruleId ?? 'fatal', message })));

const found = {};
// The path after `as:` names no file, so there are no types; the boundary rule needs none.
const untyped = new ESLint({
  cwd: ROOT,
  overrideConfig: [tseslint.configs.disableTypeChecked, { languageOptions: { parserOptions: { projectService: false } } }],
});
for (const name of sources('boundaries')) {
  const code = readFileSync(join(PLANTED, 'boundaries', name), 'utf8');
  const filePath = /^\/\/ as: (.+)$/m.exec(code)?.[1] ?? name;
  found[`boundaries/${name}`] = shorten(await untyped.lintText(code, { filePath: join(ROOT, filePath) }));
}
const typed = new ESLint({ cwd: ROOT });
for (const name of sources('style')) found[`style/${name}`] = shorten(await typed.lintFiles([join(PLANTED, 'style', name)]));
console.log(JSON.stringify(found));
