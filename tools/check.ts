/** `npm run check`: types, lint, format, layer rules, unused code. Runs all of them and says which failed. */
import { runStep } from './run-step.ts';

const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  [
    'messages',
    'npx',
    'paraglide-js',
    'compile',
    '--project',
    './src/messages/project.inlang',
    '--outdir',
    './src/lib/paraglide',
    '--silent'
  ],
  ['kit', 'npx', 'svelte-kit', 'sync'],
  ['types', 'npx', 'svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
  [
    'lint',
    'npx',
    'oxlint',
    '--config',
    'tests/architecture/oxlint.json',
    '--deny-warnings',
    '--ignore-pattern',
    '**/assembly/**',
    'src',
    'tests',
    'tools',
    'models'
  ],
  ['lint of components', 'npx', 'eslint', '--config', 'tests/architecture/eslint.config.js', 'src'],
  ['format', 'npx', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['layer rules', 'npx', 'depcruise', '--config', 'tests/architecture/layers.cjs', 'src'],
  ['unused code', 'npx', 'knip', '--config', 'tests/architecture/knip.json']
];

const failed: string[] = [];
for (const [name, command, ...args] of steps) {
  const code = await runStep(command, args);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  if (code !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\ncheck: all clean' : `\ncheck failed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
