import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { embedProtos } from './embed-protos.mjs';

/** Bundles are read by Node, not by people, yet a stack trace must stay readable: names are kept, a map lies beside. */
const COMMON = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  absWorkingDir: ROOT,
  plugins: [embedProtos],
  // Optional parts of packages that we do not use.
  external: ['playwright-core', 'esbuild', 'pino-pretty'],
};

const filesBelow = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    : [];

/** `src/worker/page.worker.mts` → `page.worker`; `src/dlq-cli.ts` → `dlq`. */
const nameOf = (file) =>
  file
    .split(/[\\/]/)
    .at(-1)
    .replace(/\.m?ts$/, '')
    .replace(/-cli$/, '');

/** The projects whose sources went into a bundle. */
const projectsIn = (metafile) => new Set(Object.keys(metafile.inputs).flatMap((file) => /^((?:apps|libs)\/.+?)\/src\//.exec(file)?.[1] ?? []));

/** Worker threads are files of their own: they lie beside every bundle that holds the code which starts them. */
const workersOf = (project) => filesBelow(join(ROOT, project, 'src')).filter((file) => /\.worker\.m?ts$/.test(file));

const commandsOf = (project) => filesBelow(join(ROOT, project, 'src')).filter((file) => /-cli\.ts$/.test(file));

/**
 * Bundles one entry and the worker threads it starts. `drill` builds the switches in by which a drill breaks things
 * (docs/decisions/0004). Gives what was written, with sizes in bytes.
 */
export const bundle = async ({ entry, outfile, drill = false }) => {
  const { build } = await import('esbuild');
  const options = { ...COMMON, define: { ASSISTANT_DRILL_BUILD: String(drill) } };
  mkdirSync(join(outfile, '..'), { recursive: true });
  const { metafile } = await build({ ...options, entryPoints: [entry], outfile });
  const workers = [...projectsIn(metafile)].flatMap(workersOf);
  const built = await Promise.all(workers.map((file) => build({ ...options, entryPoints: [file], outfile: join(outfile, '..', `${nameOf(file)}.cjs`) })));
  return [metafile, ...built.map((result) => result.metafile)].flatMap((result) =>
    Object.entries(result.outputs)
      .filter(([file]) => file.endsWith('.cjs'))
      .map(([file, { bytes }]) => ({ file: resolve(ROOT, file), bytes })),
  );
};

/** Bundles an app: its service, and each `src/<name>-cli.ts` as `<name>.cjs`. */
export const bundleApp = async (project, { outdir = join(ROOT, project, 'dist'), drill = false } = {}) => {
  if (existsSync(outdir)) {
    for (const name of readdirSync(outdir).filter((file) => /\.cjs(\.map)?$/.test(file))) rmSync(join(outdir, name));
  }
  const entries = [{ entry: join(ROOT, project, 'src/main.ts'), outfile: join(outdir, 'main.cjs') }];
  for (const file of commandsOf(project)) entries.push({ entry: file, outfile: join(outdir, `${nameOf(file)}.cjs`) });
  const written = await Promise.all(entries.map((one) => bundle({ ...one, drill })));
  const files = new Map(written.flat().map(({ file, bytes }) => [file, bytes]));
  return [...files].map(([file, bytes]) => ({ file: relative(ROOT, file), bytes }));
};
