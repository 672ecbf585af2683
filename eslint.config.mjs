import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import house from './tools/lint/plugin.mjs';

// The twelve rules of the house, as errors. What stands where is told in tools/lint/house.mjs.

/** Which project may import which, by the tags in their project.json. Nothing is allowed to everybody. */
const BOUNDARIES = [
  { sourceTag: 'scope:api', onlyDependOnLibsWithTags: ['type:contracts', 'type:audit', 'type:zapier', 'type:testing'] },
  {
    sourceTag: 'scope:web',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:audit', 'type:live', 'type:api-client', 'type:testing'],
  },
  { sourceTag: 'scope:e2e', onlyDependOnLibsWithTags: ['scope:shared', 'scope:tools'] },
  { sourceTag: 'scope:tools', onlyDependOnLibsWithTags: ['scope:tools'] },
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:audit', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:zapier', onlyDependOnLibsWithTags: ['type:contracts'] },
  { sourceTag: 'type:api-client', onlyDependOnLibsWithTags: ['type:contracts', 'type:live'] },
  { sourceTag: 'type:live', onlyDependOnLibsWithTags: ['type:contracts'] },
  { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['type:contracts'] },
];

const SIZE = {
  'max-lines': ['error', { max: 320 }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
};

const PLAIN = {
  eqeqeq: 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'no-empty': 'error',
  'no-control-regex': 'error',
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'start' }],
};

/** A test that is switched off, or that switches the others off, is no test. */
const WHOLE_SUITES = {
  selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo|fixme)$/]',
  message: 'Every test runs: no only, skip or todo.',
};

export default defineConfig(
  globalIgnores([
    '**/node_modules/',
    '**/.*/',
    '**/dist/',
    'data/',
    'test-results/',
    'bench-results/',
    'libs/api-client/src/generated/',
    'libs/contracts/src/generated/',
    'api/src/metadata.ts',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx, house, 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({
          extensions: ['.ts', '.mjs', '.js'],
          tsconfig: { configFile: `${import.meta.dirname}/tsconfig.base.json` },
        }),
      ],
      'import-x/extensions': ['.ts'],
      'import-x/external-module-folders': ['node_modules'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      ...PLAIN,
      ...SIZE,
      '@nx/enforce-module-boundaries': [
        'error',
        { depConstraints: BOUNDARIES, allow: ['/tools/(identity-provider|postgres|run)/'] },
      ],
      'house/floors': 'error',
      'house/suffixes': 'error',
      'house/owners': 'error',
      'house/doors': 'error',
      'house/dependencies': ['error', 6],
      'import-x/no-cycle': ['error', { ignoreExternal: true, allowUnsafeDynamicCyclicDependency: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', WHOLE_SUITES],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },

  {
    files: ['web/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      'house/subscriptions': 'error',
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'tl', style: 'kebab-case' }],
      '@angular-eslint/directive-selector': ['error', { type: 'attribute', prefix: 'tl', style: 'camelCase' }],
    },
  },
  // When the application cannot even start, there is nobody else to tell.
  { files: ['web/src/main.ts'], rules: { 'no-console': ['error', { allow: ['error'] }] } },
  {
    files: ['web/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },

  // One migration is one function; what is long in it is SQL.
  { files: ['api/migrations/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['api/scripts/**/*.ts'], rules: { 'no-console': 'off' } },

  {
    files: ['**/*.mjs', '**/*.cjs'],
    rules: {
      ...PLAIN,
      ...SIZE,
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-undef': 'off',
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.spec.mjs', 'api/test/**/*.ts', 'libs/*/src/testing/**/*.ts', 'e2e/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 500 }], 'max-lines-per-function': 'off', 'no-console': 'off' },
  },
  prettier,
);
