import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { folderWith } from '../testing/fake-files.mjs';
import { links } from './links.mjs';
import { lists } from './lists.mjs';
import { names, unfinished } from './names.mjs';
import { references } from './references.mjs';
import { alike } from './services.mjs';

/** What a check says about these files. */
const said = (check, files) => {
  const { root, remove } = folderWith(files);
  try {
    return check(root);
  } finally {
    remove();
  }
};

const project = (name, type = 'application') => JSON.stringify({ name: `@assistant/${name}`, nx: { name, projectType: type } });

const LISTS = {
  'apps/standalone/package.json': project('standalone'),
  'apps/standalone/src/services.ts': "import { core } from '@assistant/core';\nimport { aAdapter } from '@assistant/adapter-a';\n",
  'apps/core/package.json': project('core'),
  'apps/core/src/commands/catalogue.ts': "import { helpCommand } from './help';\n",
  'apps/core/src/commands/help.ts': 'export const helpCommand: Command = {};\n',
  'apps/toolbox/src/tools/catalogue.ts': "import { one } from './data/one';\n",
  'apps/toolbox/src/tools/data/one.ts': 'export const one = defineTool({});\n',
  'apps/adapters/a/package.json': project('adapter-a'),
  'libs/config/src/known-keys.ts': "export const PLATFORM_NAMES = ['a'] as const;\n",
};

describe('the shape of the repository', () => {
  test('a relative link must lead to a file, and its anchor to a heading', () => {
    const files = {
      'docs/a.md': '# One thing\n[b](b.md) [gone](gone.md) [here](#one-thing) [no](#two) [web](https://example.com) `[code](x.md)`\n',
      'docs/b.md': '# B\n',
    };
    assert.deepEqual(said(links, files), ['docs/a.md: the link to gone.md leads nowhere', 'docs/a.md: docs/a.md has no heading for #two']);
  });

  test('equal lists are left in peace', () => {
    assert.deepEqual(said(lists, LISTS), []);
  });

  for (const [what, change, expected] of [
    [
      'a platform that standalone forgets',
      { 'apps/adapters/b/package.json': project('adapter-b') },
      'services of standalone: @assistant/adapter-b is in apps/ but not in apps/standalone/src/services.ts',
    ],
    [
      'a platform that the configuration forgets',
      { 'libs/config/src/known-keys.ts': 'export const PLATFORM_NAMES = [] as const;\n' },
      'platforms: a is in apps/adapters/ but not in PLATFORM_NAMES of libs/config/src/known-keys.ts',
    ],
    [
      'a platform that is a name only',
      { 'libs/config/src/known-keys.ts': "export const PLATFORM_NAMES = ['a', 'z'] as const;\n" },
      'platforms: z is in PLATFORM_NAMES of libs/config/src/known-keys.ts but not in apps/adapters/',
    ],
    [
      'a tool that the catalogue forgets',
      { 'apps/toolbox/src/tools/data/two.ts': 'export const two = defineTool({});\n' },
      'tools: data/two is in apps/toolbox/src/tools but not in apps/toolbox/src/tools/catalogue.ts',
    ],
    [
      'a command that the catalogue forgets',
      { 'apps/core/src/commands/ping.ts': 'export const pingCommand: Command = {};\n' },
      'commands: ping is in apps/core/src/commands but not in apps/core/src/commands/catalogue.ts',
    ],
    [
      'a service without a container',
      { 'docker-compose.yml': 'services:\n  nats: { image: nats }\n  adapter-a: { build: { args: { SERVICE: adapters/a } } }\n' },
      'containers: core is in apps/ but not in docker-compose.yml',
    ],
    ['a platform without a route', { 'deploy/edge/Caddyfile': '' }, 'routes of the edge: adapter-a is in apps/adapters/ but not in deploy/edge/Caddyfile'],
    [
      'a page that the navigation forgets',
      { 'apps/console/src/pages/logs/index.ts': '', 'apps/console/src/pages/index.ts': '' },
      'pages of the console: logs is in apps/console/src/pages but not in apps/console/src/pages/index.ts',
    ],
  ]) {
    test(`${what} is found`, () => assert.ok(said(lists, { ...LISTS, ...change }).includes(expected)));
  }

  test('an import without a reference is found, an unused reference is not', () => {
    const files = {
      'libs/a/package.json': project('a', 'library'),
      'libs/b/package.json': project('b', 'library'),
      'libs/c/package.json': project('c', 'library'),
      'libs/a/tsconfig.json': JSON.stringify({ references: [{ path: '../c' }] }),
      'libs/a/src/index.ts': "import { b } from '@assistant/b';\n",
    };
    assert.equal(said(references, files).length, 1);
    assert.match(said(references, files)[0], /^libs\/a\/tsconfig\.json lacks a reference to libs\/b/);
  });

  test('names that say nothing and names in camel case are found', () => {
    const found = said(names, {
      'libs/a/src/text-utils.ts': '',
      'libs/a/src/sendMessage.ts': '',
      'libs/a/src/send-message.real.test.ts': '',
      'libs/a/src/managers/one.ts': '',
    });
    assert.deepEqual(found.map((line) => line.split(':')[0]).sort(), ['libs/a/src/managers/one.ts', 'libs/a/src/sendMessage.ts', 'libs/a/src/text-utils.ts']);
  });

  test('a mark of unfinished work is found', () => {
    assert.equal(said(unfinished, { 'libs/a/src/one.ts': `// ${'TO'}${'DO'}: later\n`, 'libs/a/src/two.ts': '' }).length, 1);
  });

  test('a service that lacks what its siblings have is found', () => {
    const files = { 'apps/core/package.json': project('core'), 'apps/core/src/main.ts': '', 'apps/core/src/index.ts': '', 'apps/core/src/config.ts': '' };
    assert.deepEqual(said(alike, files), ['apps/core lacks src/service.ts, which every one of its kind has']);
  });
});
