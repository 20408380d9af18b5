import { formatFiles } from '@nx/devkit';
import { edit, textOf } from './edit.mjs';
import { constant, kebab } from './words.mjs';

const PRESETS = 'apps/model-gateway/src/providers/openai/presets.ts';

/** A vendor that speaks the OpenAI wire is data: one line of the presets. */
export const providerGenerator = async (tree, { name, apiBase, keyVariable, defaultModel }) => {
  kebab(name, 'provider');
  if (!URL.canParse(apiBase)) throw new Error(`--api-base: ${apiBase} is no address; write it in full, for example https://api.example.com/v1`);
  if (new RegExp(`^  (?:'${name}'|${name}): \\{`, 'm').test(textOf(tree, PRESETS))) throw new Error(`${PRESETS} has ${name} already`);
  const facts = {
    apiBase,
    keyVariable: keyVariable ?? `${constant(name)}_API_KEY`,
    ...(defaultModel === undefined ? {} : { defaultModel }),
  };
  const entry = `  ${JSON.stringify(name)}: { ${Object.entries(facts)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join(', ')} },\n`;
  edit(tree, PRESETS, /(export const PRESETS: [^\n]* = \{\n[\s\S]*?\n)(\};)/, (_all, list, end) => `${list}${entry}${end}`);
  await formatFiles(tree);
};
