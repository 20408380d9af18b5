import { existsSync, readFileSync, readdirSync } from 'node:fs';
import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Who may see whom: contracts ← base ← kit ← service ← assembly. `nats` enters through the bus alone. */
const DIRECTIONS = [
  { sourceTag: 'layer:contracts', onlyDependOnLibsWithTags: ['layer:contracts'] },
  { sourceTag: 'layer:base', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:base', 'layer:testing'] },
  { sourceTag: 'layer:kit', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:base', 'layer:kit', 'layer:testing'] },
  { sourceTag: 'layer:service', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:base', 'layer:kit', 'layer:testing'] },
  { sourceTag: 'layer:assembly', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:base', 'layer:kit', 'layer:service'] },
  { sourceTag: 'layer:testing', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:testing'] },
  { sourceTag: 'layer:workspace', onlyDependOnLibsWithTags: ['layer:workspace'] },
  // Our plugin gives every project `broker:no` unless its package.json says `broker:yes`.
  { sourceTag: 'broker:no', bannedExternalImports: ['nats'] },
  { sourceTag: 'service:adapter', bannedExternalImports: ['@grpc/*'] },
  {
    sourceTag: 'service:console',
    onlyDependOnLibsWithTags: ['layer:contracts', 'layer:testing'],
    bannedExternalImports: ['nats', '@grpc/*', 'express', 'undici', 'pino'],
  },
];

/** The one project that may import apps; Nx has no tag for it, so their names are listed. */
const APPS = ['apps', 'apps/adapters']
  .flatMap((parent) => readdirSync(parent).map((name) => `${parent}/${name}/package.json`))
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')).name);

const boundaries = (allow = []) => ['error', { enforceBuildableLibDependency: false, allow, depConstraints: DIRECTIONS }];

/** `as const` says what a value is; every other assertion says that the compiler is wrong. */
const NO_ASSERTION = {
  selector: "TSAsExpression:not([typeAnnotation.typeName.name='const']), TSTypeAssertion",
  message: 'Let a schema or a type guard make the type; only `as const` is an assertion we write.',
};
const NO_DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a reader finds it by searching, and every import calls it the same.',
};
const NO_EXIT = {
  selector: "CallExpression[callee.object.name='process'][callee.property.name='exit']",
  message: 'Only run.ts ends the process; everything else stops what it started.',
};
const NO_ENUM = { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' };
const syntax = (...rules) => ['error', ...rules];

const NODE_GLOBALS = Object.fromEntries(
  [
    'AbortController',
    'AbortSignal',
    'Buffer',
    'URL',
    'clearInterval',
    'clearTimeout',
    'console',
    'fetch',
    'module',
    'performance',
    'process',
    'require',
    'setInterval',
    'setTimeout',
    '__dirname',
  ].map((name) => [name, 'readonly']),
);

/** Planted mistakes are linted only by the check that they are found (libs/workspace/check/planted.mjs). */
const PLANTED = 'libs/workspace/planted/**';
const planted = process.env['ASSISTANT_PLANTED'] === 'yes';

export default tseslint.config(
  {
    ignores: ['**/dist/**', '**/node_modules/**', '**/.cache/**', '.nx/**', '.data/**', 'libs/contracts/src/gen/**', ...(planted ? [] : [PLANTED])],
  },
  { linterOptions: { noInlineConfig: true } },
  { files: ['**/*.{mjs,cjs,js}'], extends: [js.configs.recommended], languageOptions: { globals: NODE_GLOBALS } },
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['apps/console/vite.config.mts'] }, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(),
      'no-console': 'error',
      'no-restricted-syntax': syntax(NO_ASSERTION, NO_DEFAULT_EXPORT, NO_EXIT, NO_ENUM),
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `return print(text)` in a switch ends a branch in one line.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // The compiler forgets that a callback or another task may have changed a flag since it was read.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      // An implementation may answer at once where its interface allows it to take time.
      '@typescript-eslint/require-await': 'off',
      'require-yield': 'off',
      // Our interfaces are values made of closures; taking a function out of one is how they are used.
      '@typescript-eslint/unbound-method': 'off',
      // `() => void work()` says that the promise is left alone on purpose.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // Splitting text by code points is what `[...text]` is for.
      '@typescript-eslint/no-misused-spread': 'off',
      // Refusing control characters takes a pattern of control characters.
      'no-control-regex': 'off',
      // Enumerations of third parties meet plain numbers on the wire.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
    },
  },
  {
    files: ['apps/standalone/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': boundaries(APPS) },
  },
  {
    // Input methods still speak through events that the standard calls deprecated.
    files: ['apps/console/**/*.{ts,tsx}'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    files: ['libs/service/src/run.ts', '**/main.ts', '**/*-cli.ts', '**/testing/**/*.ts'],
    rules: { 'no-restricted-syntax': syntax(NO_ASSERTION, NO_DEFAULT_EXPORT, NO_ENUM), 'no-console': 'off' },
  },
  {
    files: ['**/*.test.{ts,tsx}'],
    rules: {
      'no-console': 'off',
      // Matchers are of type any: expect.any(…), expect.objectContaining(…).
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    // Vite reads the default export.
    files: ['**/vite.config.mts'],
    rules: { 'no-restricted-syntax': syntax(NO_ASSERTION) },
  },
);
