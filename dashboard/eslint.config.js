import checkFile from 'eslint-plugin-check-file';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import { readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';
import { noWordsInMarkup } from './scripts/no-words-in-markup.js';

const features = readdirSync(new URL('./src/features', import.meta.url));

// lib → data → components → features → app; a feature knows no other.
const zones = [
  ...features.map((name) => ({ target: `./src/features/${name}`, from: './src/features', except: [`./${name}`] })),
  { target: './src/features', from: './src/app' },
  { target: './src/components', from: ['./src/features', './src/app'] },
  { target: './src/data', from: ['./src/components', './src/features', './src/app'] },
  { target: './src/lib', from: ['./src/data', './src/components', './src/features', './src/app'] },
  { target: './src/strings', from: './src', except: ['./strings'] },
];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/lib/api/schema.d.ts', 'public'] },
  {
    files: ['src/**/*.{ts,tsx}', 'vite.config.ts'],
    extends: [tseslint.configs.recommended],
    plugins: {
      'import-x': importX,
      'check-file': checkFile,
      'react-hooks': reactHooks,
      pulse: { rules: { 'no-words-in-markup': noWordsInMarkup } },
    },
    settings: {
      'import-x/resolver-next': [
        importX.createNodeResolver({
          extensions: ['.ts', '.tsx', '.d.ts'],
          alias: { '@strings': [`${import.meta.dirname}/src/strings/en`], '@': [`${import.meta.dirname}/src`] },
        }),
      ],
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'check-file/filename-naming-convention': [
        'error',
        { 'src/**/*.{ts,tsx}': 'KEBAB_CASE' },
        { ignoreMiddleExtensions: true },
      ],
      'check-file/folder-naming-convention': ['error', { 'src/**/': 'KEBAB_CASE' }],
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'pulse/no-words-in-markup': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXAttribute[name.name='tabIndex'] > JSXExpressionContainer > Literal[value>0]",
          message: 'Tab follows the order of the page: no tabIndex above 0.',
        },
      ],
      'no-console': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['src/**/*.test.tsx'], rules: { 'pulse/no-words-in-markup': 'off' } },
  {
    files: [
      'src/app/frame/palette.tsx',
      'src/components/day-picker.tsx',
      'src/components/toaster.tsx',
      'src/app/frame/pause-dialogs.tsx',
      'src/features/**/*-conflict.tsx',
      'src/features/compose/conflict-dialog.tsx',
      'vite.config.ts',
    ],
    rules: { 'import-x/no-default-export': 'off' },
  },
);
