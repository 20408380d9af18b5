// Bundles one entry file for Node 24: one CommonJS file with a source map (docs/decisions/0006).
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './root.mjs';

const require = createRequire(import.meta.url);

/** Native or lazily found packages; they are optional at run time. */
const EXTERNAL = ['playwright-core', 'node:*'];

export const bundle = async (entry, outfile, define = {}) => {
  const esbuild = require('esbuild');
  const result = await esbuild.build({
    entryPoints: [join(root, entry)],
    outfile: join(root, outfile),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    sourcemap: true,
    sourcesContent: false,
    minifySyntax: true,
    external: EXTERNAL,
    define,
    logLevel: 'warning',
    metafile: true,
  });
  return Object.values(result.metafile.outputs).reduce((total, { bytes }) => Math.max(total, bytes), 0);
};
