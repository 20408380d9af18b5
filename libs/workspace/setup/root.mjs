import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Progress for people, on stderr: stdout belongs to the program that runs. */
export const say = (text) => process.stderr.write(`· ${text}\n`);
