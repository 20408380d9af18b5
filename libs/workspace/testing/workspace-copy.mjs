import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MODULES, ROOT } from '../setup/paths.mjs';

const OURS = '@assistant';

const sourceFiles = () =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(ROOT, file)));

/** Packages of ours lead into the copy, everybody else's to the one installation. */
const linkModules = (root) => {
  const modules = join(root, 'node_modules');
  mkdirSync(join(modules, OURS), { recursive: true });
  for (const name of readdirSync(MODULES)) {
    if (name !== OURS && name !== '.cache') symlinkSync(join(MODULES, name), join(modules, name));
  }
  linkProjects(root);
};

/** Links each project of ours, as npm's workspaces do; called again after a project was added. */
export const linkProjects = (root) => {
  for (const parent of ['libs', 'apps', 'apps/adapters']) {
    for (const name of readdirSync(join(root, parent))) {
      const file = join(root, parent, name, 'package.json');
      if (!existsSync(file)) continue;
      const link = join(root, 'node_modules', JSON.parse(readFileSync(file, 'utf8')).name);
      if (!existsSync(link)) symlinkSync(dirname(file), link);
    }
  }
};

/** A copy of the sources in a temporary folder, ready to be changed, built and linted. */
export const copyWorkspace = () => {
  const root = mkdtempSync(join(tmpdir(), 'assistant-workspace-'));
  for (const file of sourceFiles()) cpSync(join(ROOT, file), join(root, file), { recursive: true });
  linkModules(root);
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
};
