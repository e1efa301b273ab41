import tseslint from 'typescript-eslint';

/** Things that only the edge of the program may touch; everything else is a function of its arguments. */
const edgeOnly = {
  'no-restricted-globals': ['error', 'console', 'process'],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: 'Take the time from the Host.' },
    { object: 'Math', property: 'random', message: 'Use a seeded generator.' },
  ],
};

export default tseslint.config(
  { ignores: ['dist/', 'results/', 'node_modules/', 'coverage/', 'test/golden/'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'validation/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-params': ['error', 3],
      '@typescript-eslint/consistent-type-imports': 'error',
      // `await using _lock` holds something that nobody needs to name again.
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/main.ts', 'src/process/**', 'src/machine/**'],
    rules: edgeOnly,
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off', // chai's properties are assertions
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
