// Pure tests are `x.test.ts`; `x.real.test.ts` starts real servers and runs with ASSISTANT_TEST=real.
const esm =
  'mdast-|micromark|unist-|decode-named-character-reference|character-entities|ccount|escape-string-regexp|markdown-table|longest-streak|zwitch|devlop|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|peek-readable|mathjs|react-markdown|remark-|hast-|property-information|space-separated-tokens|comma-separated-tokens|vfile|trim-lines|bail|trough|is-plain-obj|unified|html-url-attributes|estree-util';
const real = process.env.ASSISTANT_TEST === 'real';
module.exports = {
  rootDir: __dirname,
  roots: ['<rootDir>/libs', '<rootDir>/apps'],
  testEnvironment: 'node',
  testMatch: real ? ['**/*.real.test.ts'] : ['**/*.test.ts', '**/*.test.tsx'],
  testPathIgnorePatterns: real ? ['/node_modules/', '/dist/', '/planted/'] : ['/node_modules/', '/dist/', '/planted/', '\\.real\\.test\\.ts$'],
  modulePathIgnorePatterns: ['<rootDir>/(apps|libs)/.*/dist/', '<rootDir>/.cache/', '<rootDir>/.data/'],
  transform: {
    '^.+\\.m?[jt]sx?$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esm}))`],
  testTimeout: real ? 60_000 : 15_000,
};
