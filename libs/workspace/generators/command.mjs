import { formatFiles } from '@nx/devkit';
import { addImport, create, edit } from './edit.mjs';

const FOLDER = 'apps/core/src/commands';

const source = (name) => `import type { Command } from './command';

const ANSWER = {
  en: 'The command /${name} was called.',
  zh: '已执行命令 /${name}。',
} as const;

export const ${name}Command: Command = {
  name: '${name}',
  aliases: [],
  summary: { en: 'what /${name} does', zh: '/${name} 的作用' },
  run: async ({ language }) => ({ text: ANSWER[language] }),
};
`;

/** A chat command: its file, and its line in the catalogue. */
export const commandGenerator = async (tree, { name }) => {
  if (!/^[a-z]+$/.test(name)) throw new Error(`${name} is no name for a command: people type it, so it is one lower-case word`);
  create(tree, `${FOLDER}/${name}.ts`, source(name));
  addImport(tree, `${FOLDER}/catalogue.ts`, `import { ${name}Command } from './${name}';`, /^import .* from '\.\//);
  edit(tree, `${FOLDER}/catalogue.ts`, /(COMMANDS: readonly Command\[\] = \[[\s\S]*?),?\s*\];/, `$1, ${name}Command];`);
  await formatFiles(tree);
};
