import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const ROOT = resolve(fileURLToPath(import.meta.url), '../../../..');
/** What can be made again at any time: downloads, tool bundles, stamps. */
export const CACHE = join(ROOT, '.cache');
export const MODULES = join(ROOT, 'node_modules');

/** Where an installation started from here keeps its data. Absolute. */
export const dataDirOf = (environment = process.env) => resolve(environment['ASSISTANT_DATA_DIR'] ?? join(ROOT, '.data'));

/** The command file of a package of ours. */
export const packageFile = (...path) => join(MODULES, ...path);
