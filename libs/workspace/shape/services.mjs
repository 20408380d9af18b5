import { foldersIn, has, projects, read } from './sources.mjs';

/** What every service has; `standalone` lists services instead of being one, and the console is a page. */
const SERVICE = ['src/main.ts', 'src/index.ts', 'src/service.ts', 'src/config.ts'];
const ADAPTER = ['src/main.ts', 'src/index.ts', 'src/manifest.ts', 'src/config.ts', 'src/verify.ts', 'src/normalise.ts'];
/** An adapter that leaves delivery to the kit says how to render and how to send. */
const KIT_ADAPTER = ['src/render.ts', 'src/client.ts'];
const WIRE = ['schema.ts', 'decode.ts', 'encode.ts'];
const SHARED_WIRES = new Set(['sse', 'shared']);

const missing = (root, folder, files) =>
  files.filter((file) => !has(root, folder, file)).map((file) => `${folder} lacks ${file}, which every one of its kind has`);

const usesKit = (root, folder) =>
  ['src/index.ts', 'src/service.ts'].some((file) => has(root, folder, file) && read(root, `${folder}/${file}`).includes('createAdapterService'));

const services = (root) =>
  projects(root)
    .map(({ folder }) => folder)
    .filter((folder) => folder.startsWith('apps/') && !has(root, folder, 'vite.config.mts') && folder !== 'apps/standalone')
    .flatMap((folder) => {
      if (!folder.startsWith('apps/adapters/')) return missing(root, folder, SERVICE);
      return missing(root, folder, [...ADAPTER, ...(usesKit(root, folder) ? KIT_ADAPTER : [])]);
    });

const leaves = (root, parent, files, skipped = new Set()) =>
  foldersIn(root, parent)
    .filter((name) => !skipped.has(name))
    .flatMap((name) => missing(root, `${parent}/${name}`, files));

/** Every service and every leaf looks like its siblings. */
export const alike = (root) => [
  ...services(root),
  ...leaves(root, 'apps/model-gateway/src/providers', ['index.ts']),
  ...leaves(root, 'apps/model-gateway/src/wires', WIRE, SHARED_WIRES),
  ...leaves(root, 'apps/console/src/pages', ['index.ts']),
];
