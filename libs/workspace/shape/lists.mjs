import { parse } from 'yaml';
import { difference, filesBelow, foldersIn, has, projects, read } from './sources.mjs';

const imported = (text, pattern) => [...text.matchAll(pattern)].map(([, name]) => name);

/** Apps that run inside `standalone`: all but itself and the console, which is a page. */
const running = (root) =>
  projects(root).filter(({ folder }) => folder.startsWith('apps/') && folder !== 'apps/standalone' && !has(root, folder, 'vite.config.mts'));

const standalone = (root) =>
  difference(
    'services of standalone',
    ['apps/', running(root).map(({ name }) => name)],
    [
      'apps/standalone/src/services.ts',
      imported(read(root, 'apps/standalone/src/services.ts'), /from '(@assistant\/[^']+)'/g).filter((name) => name !== '@assistant/service'),
    ],
  );

const platforms = (root) => {
  const list = /PLATFORM_NAMES = \[([^\]]*)\]/.exec(read(root, 'libs/config/src/known-keys.ts'))?.[1] ?? '';
  return difference(
    'platforms',
    ['apps/adapters/', foldersIn(root, 'apps/adapters').filter((name) => has(root, 'apps/adapters', name, 'package.json'))],
    ['PLATFORM_NAMES of libs/config/src/known-keys.ts', imported(list, /'([^']+)'/g)],
  );
};

/** The files of a folder that hold one leaf each, and those that the catalogue imports. */
const catalogue = (root, what, folder, isLeaf) => {
  const catalogueFile = `${folder}/catalogue.ts`;
  if (!has(root, catalogueFile)) return [];
  const leaves = [...filesBelow(root, folder)]
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.') && isLeaf(file, read(root, file)))
    .map((file) => file.slice(folder.length + 1, -3));
  const listed = imported(read(root, catalogueFile), /from '\.\/([^']+)'/g).filter(
    (name) => leaves.includes(name) || isLeaf(`${folder}/${name}.ts`, has(root, folder, `${name}.ts`) ? read(root, `${folder}/${name}.ts`) : ''),
  );
  return difference(what, [folder, leaves], [catalogueFile, listed]);
};

const pages = (root) =>
  difference(
    'pages of the console',
    ['apps/console/src/pages', foldersIn(root, 'apps/console/src/pages')],
    [
      'apps/console/src/pages/index.ts',
      has(root, 'apps/console/src/pages/index.ts')
        ? imported(read(root, 'apps/console/src/pages/index.ts'), /from '\.\/([^']+)'/g).filter((name) => name !== 'page')
        : [],
    ],
  );

/** A container names the app it holds: the argument `SERVICE` of its build, or the end of its image's name. */
const appOf = ({ build, image }) => build?.args?.SERVICE ?? /^.*?assistant-([a-z0-9-]+?)(?::.*)?$/.exec(image ?? '')?.[1]?.replace(/^adapter-/, 'adapters/');

const compose = (root, file) => {
  if (!has(root, file)) return [];
  const { services = {} } = parse(read(root, file), { merge: true });
  const held = Object.values(services).flatMap((service) => appOf(service ?? {}) ?? []);
  return difference(
    'containers',
    ['apps/', running(root).map(({ folder }) => folder.slice('apps/'.length))],
    [file, [...new Set(held)].filter((name) => name !== 'edge')],
  );
};

/** The edge has a route to each adapter. */
const edge = (root) => {
  const file = 'deploy/edge/Caddyfile';
  if (!has(root, file)) return [];
  const names = running(root)
    .map(({ nx }) => nx.name)
    .filter((name) => name.startsWith('adapter-'));
  return difference('routes of the edge', ['apps/adapters/', names], [file, [...new Set(imported(read(root, file), /import service (adapter-[a-z0-9-]+)/g))]]);
};

/** Wherever leaves are listed, the list and the folders are equal. */
export const lists = (root) => [
  ...standalone(root),
  ...platforms(root),
  ...catalogue(root, 'tools', 'apps/toolbox/src/tools', (_file, text) => /\bdefineTool\(\{/.test(text)),
  ...catalogue(root, 'commands', 'apps/core/src/commands', (_file, text) => /\bexport const \w+Command(?:: Command = |\b.*: Command => )/.test(text)),
  ...pages(root),
  ...compose(root, 'docker-compose.yml'),
  ...edge(root),
];
