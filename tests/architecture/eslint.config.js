import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import svelteConfig from '../../svelte.config.js';

// oxlint covers plain TypeScript; this run is for components, where the rules of evidence live.
export default [
  { ignores: ['src/lib/paraglide/**', '**/*.ts', '**/*.js', '**/*.cjs'] },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      'svelte/no-navigation-without-resolve': 'off'
    }
  }
];
