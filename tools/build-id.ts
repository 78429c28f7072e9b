/**
 * The id of a build: the first 16 hex digits of a SHA-256 over every file that it is made from, each by its path and its
 * own hash. It is known before the build and therefore can stand in it; equal sources have equal ids on every machine.
 * Weights are in by the hashes that their manifests state, which copy-models.ts holds them to.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

const SOURCES = ['src', 'static', 'tools', 'models', 'package.json', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];

/**
 * What a build makes itself, what only tests and training read, and weights. The compiler of messages keeps a cache and notes
 * beside its settings, also while a build runs.
 */
const LEFT_OUT =
  /^src\/lib\/paraglide\/|^src\/messages\/project\.inlang\/(?!settings\.json$)|^static\/(?:sample|models)\/|^models\/train\/|\.test\.ts$|__pycache__|\/\.DS_Store$/;
const isWeights = (path: string): boolean => path.startsWith('models/') && !/\/(?:manifest\.json|card\.md)$/.test(path);

function filesUnder(root: string, path: string): string[] {
  const whole = join(root, path);
  if (!existsSync(whole)) return [];
  if (statSync(whole).isFile()) return [path];
  return readdirSync(whole, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(whole, name)).isFile())
    .map((name) => `${path}/${name.split(sep).join('/')}`);
}

export function buildId(root = '.'): string {
  const paths = SOURCES.flatMap((source) => filesUnder(root, source)).filter((path) => !LEFT_OUT.test(path) && !isWeights(path));
  const all = createHash('sha256');
  for (const path of paths.sort()) {
    const own = createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('hex');
    all.update(`${path}\0${own}\n`);
  }
  return all.digest('hex').slice(0, 16);
}
