/**
 * Notes which packages the bundler really puts into the app, its workers included, for the list of parts. package.json
 * says what is asked for: a compiler is in it and does not ship, and a package of a package is not and does.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Plugin } from 'vite';

export const SHIPPED = '.svelte-kit/shipped-packages.json';

/** One list for the page and all workers of this run. */
const seen = new Set<string>();

/** '/x/node_modules/a/node_modules/@b/c/d.js' is of the package in 'node_modules/a/node_modules/@b/c'. */
export function packageFolder(moduleId: string): string | null {
  const path = moduleId.replaceAll('\\', '/').replace(/^\0/, '').replace(/\?.*$/, '');
  return /(?:^|\/)(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null;
}

export function shippedPackages(): Plugin {
  return {
    name: 'skein-shipped-packages',
    generateBundle(_, bundle) {
      // What only renders pages on a server is not in the app.
      if (this.environment?.name === 'ssr') return;
      for (const part of Object.values(bundle)) {
        const ids = part.type === 'chunk' ? part.moduleIds : part.originalFileNames;
        for (const id of ids) {
          const folder = packageFolder(id);
          if (folder !== null) seen.add(folder);
        }
      }
      mkdirSync('.svelte-kit', { recursive: true });
      writeFileSync(SHIPPED, `${JSON.stringify([...seen].sort(), null, 1)}\n`);
    }
  };
}
