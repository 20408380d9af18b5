import { formatFiles } from '@nx/devkit';
import { addAtMarker, addImport, create, edit } from './edit.mjs';
import { platformFiles } from './platform-files.mjs';
import { camel, kebab } from './words.mjs';

const STANDALONE = 'apps/standalone';
const EDGE = 'deploy/edge/Caddyfile';
const COMPOSE = ['docker-compose.yml', 'deploy/production.yml'];

const addReference = (tree, folder) => {
  const file = `${STANDALONE}/tsconfig.json`;
  const config = JSON.parse(tree.read(file, 'utf-8') ?? '{}');
  config.references.push({ path: `../../${folder}` });
  tree.write(file, `${JSON.stringify(config, null, 2)}\n`);
};

/** Containers of adapters are alike: the new one stands after the last, as its copy. */
const addContainer = (tree, name) => {
  for (const file of COMPOSE) {
    const text = tree.read(file, 'utf-8') ?? '';
    const last = [...text.matchAll(/^ {2}adapter-([a-z0-9-]+):\n(?: {4}.*\n)+/gm)].at(-1);
    if (last === undefined) continue;
    const [block, sibling] = last;
    const end = last.index + block.length;
    const own = block.replaceAll(`adapter-${sibling}`, `adapter-${name}`).replaceAll(`adapters/${sibling}`, `adapters/${name}`);
    tree.write(file, `${text.slice(0, end)}\n${own}${text.slice(end)}`);
  }
};

/** The edge passes webhooks on by their path; the new route stands after the first platform's. */
const addRoute = (tree, name) => {
  if (!tree.exists(EDGE)) return;
  const route = `\n\t@${name} path /api/${name} /api/${name}/*\n\thandle @${name} {\n\t\trequest_body {\n\t\t\tmax_size 1MiB\n\t\t}\n\t\timport service adapter-${name} 8080\n\t}\n`;
  edit(tree, EDGE, /^\t@\S+ path \/api\/.*\n\thandle @\S+ \{\n(?:\t\t.*\n)*?\t\}\n/m, (block) => `${block}${route}`);
};

/** A chat platform: folder, fixture and test, and its line in every list of platforms. */
export const platformGenerator = async (tree, { name }) => {
  kebab(name, 'platform');
  const folder = `apps/adapters/${name}`;
  for (const [file, text] of Object.entries(platformFiles(name))) create(tree, `${folder}/${file}`, text);
  const adapter = `${camel(name)}Adapter`;
  addImport(tree, `${STANDALONE}/src/services.ts`, `import { ${adapter} } from '@assistant/adapter-${name}';`, /^import .*'@assistant\/adapter-/);
  addAtMarker(tree, `${STANDALONE}/src/services.ts`, 'adapters', [`${adapter},`]);
  addReference(tree, folder);
  edit(tree, 'libs/config/src/known-keys.ts', /(PLATFORM_NAMES = \[[^\]]*?),?\s*\]/, `$1, '${name}']`);
  addContainer(tree, name);
  addRoute(tree, name);
  await formatFiles(tree);
  return () => console.log(`\nnpm install links the new project; docs/adding-a-platform.md says what comes next.`);
};
