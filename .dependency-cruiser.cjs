// What the boundary rule of Nx cannot see: inside a project, between files.
const LEAVES = 'providers|wires|pages';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two files that need each other are one file, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'siblings-never-meet',
      comment: 'A provider, wire or page may be deleted without touching another; what two need belongs a level higher.',
      severity: 'error',
      from: { path: `^apps/([^/]+)/src/(${LEAVES})/([^/]+)/` },
      to: { path: '^apps/$1/src/$2/[^/]+/', pathNot: ['^apps/$1/src/$2/$3/', '^apps/$1/src/$2/(?:shared|sse)/'] },
    },
    {
      name: 'tools-never-meet',
      comment: 'A tool knows the contract (tools/tool.ts) and no other tool.',
      severity: 'error',
      from: { path: '^apps/toolbox/src/tools/[^/]+/[^/]+\\.ts$', pathNot: '\\.test\\.ts$' },
      to: { path: '^apps/toolbox/src/tools/[^/]+/[^/]+\\.ts$' },
    },
    {
      name: 'commands-never-meet',
      comment: 'A command knows the contract (commands/command.ts) and no other command; the catalogue knows them all.',
      severity: 'error',
      from: { path: '^apps/core/src/commands/', pathNot: ['\\.test\\.ts$', '/(?:catalogue|run-command|index)\\.ts$'] },
      to: { path: '^apps/core/src/commands/', pathNot: '/(?:command|parse)\\.ts$' },
    },
    {
      name: 'adapters-never-meet',
      comment: 'Platforms share the adapter kit, nothing else.',
      severity: 'error',
      from: { path: '^apps/adapters/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/adapters/$1/' },
    },
    {
      name: 'testing-stays-in-tests',
      comment: 'Fakes and vectors never reach what is deployed.',
      severity: 'error',
      from: { path: '^(?:apps|libs)/', pathNot: ['^libs/testing/', '\\.test\\.(?:tsx?|mjs)$', '/(?:testing|conformance)/'] },
      to: { path: '^(?:apps|libs)/.*(?:testing|conformance)/' },
    },
    {
      name: 'test-code-stays-in-tests',
      comment: 'A test file is imported by nobody.',
      severity: 'error',
      from: { path: '^(?:apps|libs)/' },
      to: { path: '\\.test\\.(?:tsx?|mjs)$' },
    },
    {
      name: 'nothing-unresolved',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: { path: '^(?:apps|libs)/' },
      to: { couldNotResolve: true, pathNot: '\\.(?:svg|css|json)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(?:^|/)dist/', '(?:^|/)\\.cache/', ...(process.env['ASSISTANT_PLANTED'] === 'yes' ? [] : ['^libs/workspace/planted/'])] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
