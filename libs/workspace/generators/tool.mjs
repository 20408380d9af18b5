import { formatFiles } from '@nx/devkit';
import { addImport, create, edit } from './edit.mjs';
import { camel, kebab, sentence } from './words.mjs';

const FOLDER = 'apps/toolbox/src/tools';

const source = (name) => `import { z } from 'zod';
import { defineTool } from '../tool';

const input = z.strictObject({
  text: z.string().min(1).max(2_000).describe('What the tool works on.'),
});

export const ${camel(name)} = defineTool({
  name: '${name.replaceAll('-', '_')}',
  title: { en: '${sentence(name)}', zh: '${sentence(name)}' },
  description: 'Gives back the text in upper case. Says what it does, when to use it and what it cannot do.',
  input,
  risk: 'read',
  effects: 'none',
  retrySafe: true,
  readsPrivate: false,
  ingestsUntrusted: false,
  timeoutMs: 5_000,
  run: async ({ text }) => text.toUpperCase(),
});
`;

const test = (name) => `import { ${camel(name)} } from './${name}';

describe('the tool ${name}', () => {
  test('takes what its schema allows', () => {
    expect(${camel(name)}.check({ text: 'hello' }).ok).toBe(true);
  });

  test('says which argument is wrong', () => {
    const checked = ${camel(name)}.check({ text: '' });
    expect(checked.ok ? '' : checked.message).toContain('text');
  });
});
`;

/** A tool: its file and test under its group, and its line in the catalogue. */
export const toolGenerator = async (tree, { name: path }) => {
  const [group = '', name] = path.split('/');
  if (name === undefined) throw new Error(`${path}: name the group as well, for example data/${path}`);
  const file = `${FOLDER}/${kebab(group, 'group')}/${kebab(name, 'tool')}`;
  create(tree, `${file}.ts`, source(name));
  create(tree, `${file}.test.ts`, test(name));
  addImport(tree, `${FOLDER}/catalogue.ts`, `import { ${camel(name)} } from './${group}/${name}';`, /^import .* from '\.\//);
  edit(tree, `${FOLDER}/catalogue.ts`, /(TOOLS: readonly Tool\[\] = \[[\s\S]*?),?\s*\];/, `$1, ${camel(name)}];`);
  await formatFiles(tree);
};
