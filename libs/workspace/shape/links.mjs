import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesBelow, read } from './sources.mjs';

const LINK = /\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g;
const HEADING = /^#{1,6}\s+(.+?)\s*#*$/gm;

const withoutCode = (text) => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');

/** GitHub's anchor of a heading. */
const anchorOf = (heading) =>
  heading
    .replace(/[`*_]|\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- _]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (text) => [...text.replace(/```[\s\S]*?```/g, '').matchAll(HEADING)].map(([, heading]) => anchorOf(heading));

const markdown = (root) =>
  ['.', 'docs', 'libs', 'apps', 'sdk', 'skills', 'deploy', 'config']
    .flatMap((folder) => (folder === '.' ? [] : [...filesBelow(root, folder)]))
    .concat(['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md'])
    .filter((file) => file.endsWith('.md') && existsSync(join(root, file)));

const problem = (root, file, target) => {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return undefined;
  const [path = '', anchor] = decodeURIComponent(target).split('#');
  const to = path === '' ? file : path.startsWith('/') ? path.slice(1) : join(dirname(file), path);
  if (!existsSync(join(root, to))) return `${file}: the link to ${target} leads nowhere`;
  if (anchor === undefined || !to.endsWith('.md') || statSync(join(root, to)).isDirectory()) return undefined;
  return anchorsOf(read(root, to)).includes(anchor) ? undefined : `${file}: ${to} has no heading for #${anchor}`;
};

/** Every relative link in our documents leads to a file, and its anchor to a heading. */
export const links = (root) =>
  markdown(root).flatMap((file) => [...withoutCode(read(root, file)).matchAll(LINK)].flatMap(([, target]) => problem(root, file, target) ?? []));
