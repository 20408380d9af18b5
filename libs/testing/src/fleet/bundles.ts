import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The services a fleet is made of, and where their sources are. */
export const SERVICES = {
  core: 'apps/core',
  'model-gateway': 'apps/model-gateway',
  toolbox: 'apps/toolbox',
  'adapter-telegram': 'apps/adapters/telegram',
  standalone: 'apps/standalone',
} as const;
export type ServiceName = keyof typeof SERVICES;

/** The bundle that `npm run build` made. Throws when it is missing. */
export const builtBundle = (root: string, service: ServiceName): string => {
  const file = join(root, SERVICES[service], 'dist/main.cjs');
  if (!existsSync(file)) throw new Error(`${file} is missing; run npm run build`);
  return file;
};

/** Bundles a service with the switches by which a drill breaks things (docs/decisions/0004). */
export const drillBundle = async (root: string, service: ServiceName): Promise<string> => {
  const outfile = join(root, '.cache/drill', service, 'main.cjs');
  mkdirSync(join(outfile, '..'), { recursive: true });
  await build({
    entryPoints: [join(root, SERVICES[service], 'src/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    absWorkingDir: root,
    external: ['playwright-core', 'esbuild'],
    define: { ASSISTANT_DRILL_BUILD: 'true' },
  });
  return outfile;
};
