import { ROOT, packageFile } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';

/** Every project through the compiler, dependencies first; Nx keeps what has not changed. */
export const typecheck = async ({ node, env }) => {
  const { code } = await runCommand(node, [packageFile('nx/dist/bin/nx.js'), 'run-many', '-t', 'typecheck', '--output-style=static'], { cwd: ROOT, env });
  return code === 0;
};
