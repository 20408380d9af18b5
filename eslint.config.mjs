import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Who may depend on whom: contracts ← base ← kit ← service ← assembly (docs/decisions/0006). */
const depConstraints = [
  { sourceTag: 'layer:contracts', onlyDependOnLibsWithTags: ['layer:contracts'] },
  { sourceTag: 'layer:testing', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:testing'] },
  { sourceTag: 'layer:base', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:base', 'layer:testing'] },
  { sourceTag: 'layer:kit', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:base', 'layer:kit', 'layer:testing'] },
  { sourceTag: 'layer:service', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:base', 'layer:kit', 'layer:testing'] },
  { sourceTag: 'layer:assembly', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:base', 'layer:kit', 'layer:service', 'layer:testing'] },
  { sourceTag: 'service:console', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:testing'] },
];

/** Packages that only some may import, with the reason that the message gives. */
const NATS = { group: ['nats', '@nats-io/*'], message: 'Only libs/bus speaks NATS; use the Bus.' };
const GRPC = { group: ['@grpc/*'], message: 'An adapter never talks to a model; gRPC belongs to core, gateway and toolbox.' };
const TESTING = { group: ['@assistant/testing'], message: 'libs/testing is for tests.' };

const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });
const tests = ['**/*.test.ts', '**/*.test.tsx', '**/testing/**', 'libs/testing/**', 'libs/adapter-kit/src/conformance/**'];
const bus = ['libs/bus/src/**'];
const adapters = ['apps/adapters/**'];

export const rules = {
  'no-console': 'error',
  'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } }],
  'no-restricted-syntax': ['error', { selector: "CallExpression[callee.object.name='process'][callee.property.name='exit']", message: 'Only run() ends the process.' }],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/no-unnecessary-condition': 'off',
  '@typescript-eslint/ban-ts-comment': 'error',
  '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, allow: [], depConstraints }],
};

export default [
  { ignores: ['**/dist/**', '**/.cache/**', 'libs/contracts/src/gen/**', '**/*.mjs', '**/*.cjs', '**/vite.config.ts', ...(process.env.LINT_PLANTED ? [] : ['libs/workspace/planted/**'])] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@typescript-eslint': tseslint.plugin, '@nx': nx },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { ...rules, ...restrict(NATS, TESTING) },
  },
  { files: tests, rules: restrict(NATS) },
  { files: adapters, rules: restrict(NATS, TESTING, GRPC) },
  { files: adapters.flatMap((folder) => [`${folder}/*.test.ts`, `${folder}/testing/**`]), rules: restrict(NATS, GRPC) },
  { files: bus, rules: restrict(TESTING) },
  { files: bus.map((folder) => `${folder}/*.test.ts`), rules: { 'no-restricted-imports': 'off' } },
  // Programs for the command line print, and the one place that ends a process ends it.
  { files: ['libs/service/src/run.ts', 'libs/testing/src/**', '**/main.ts', '**/main.tsx'], rules: { 'no-console': 'off', 'no-restricted-syntax': 'off' } },
  // Nx forbids importing applications; the assembly is the one place that puts them together.
  {
    files: ['apps/standalone/**'],
    rules: { '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, allow: ['@assistant/*'], depConstraints }] },
  },
];
