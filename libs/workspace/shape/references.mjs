import { join, normalize } from 'node:path';
import { filesBelow, has, projects, read } from './sources.mjs';

const withoutComments = (text) => text.replace(/^\s*\/\/.*$/gm, '');
const importsOf = (text) => [...text.matchAll(/(?:from|import\()\s*'(@assistant\/[a-z-]+)/g)].map(([, name]) => name);

/** `tsc -b` builds in the order of the references, so every import of a project needs one. */
export const references = (root) => {
  const byName = new Map(projects(root).map((project) => [project.name, project.folder]));
  return projects(root)
    .filter(({ folder }) => has(root, folder, 'tsconfig.json'))
    .flatMap(({ folder, name }) => {
      const { references: listed = [] } = JSON.parse(withoutComments(read(root, `${folder}/tsconfig.json`)));
      const known = new Set(listed.map(({ path }) => normalize(join(folder, path)).replaceAll('\\', '/')));
      const files = [...filesBelow(root, `${folder}/src`)].filter((file) => /\.m?tsx?$/.test(file));
      const used = new Set(files.flatMap((file) => importsOf(read(root, file))));
      return [...used]
        .filter((other) => other !== name && byName.has(other) && !known.has(byName.get(other)))
        .map((other) => `${folder}/tsconfig.json lacks a reference to ${byName.get(other)}, whose package ${folder}/src imports`);
    });
};
