/**
 * What an earlier build or check left behind and a new build would take up: the catalogue as the check compiles it is not
 * the one that the build compiles, and a build beside it came out with another hash. Run before each build.
 */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LEFTOVERS = ['.svelte-kit/output', '.svelte-kit/generated', 'src/lib/paraglide', 'build'];

export function removeLeftovers(): void {
  for (const made of LEFTOVERS) rmSync(made, { recursive: true, force: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) removeLeftovers();
