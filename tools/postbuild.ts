/**
 * After `vite build`: moves Kit's inline start script into a file, since the security policy allows no inline script,
 * and writes the list of all files with their hashes into the service worker. Byte-identical for identical input.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const root = 'build';
const marker = 'self.__SKEIN_FILES';
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

function files(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root, name)).isFile())
    .sort();
}

// The answers to the sample's story are for tests, not for visitors.
rmSync(join(root, 'sample', 'truth.json'), { force: true });

let moved = 0;
for (const name of files().filter((file) => file.endsWith('.html'))) {
  const html = readFileSync(join(root, name), 'utf8').replace(/<script>([\s\S]*?)<\/script>/g, (_, code: string) => {
    const path = `_app/immutable/start.${sha256(code).slice(0, 12)}.js`;
    // Kit finds its own place by the script that runs, which a file has as well as an inline script.
    writeFileSync(join(root, path), code);
    moved++;
    return `<script src="/${path}"></script>`;
  });
  if (/<script(?![^>]*\ssrc=)/.test(html)) throw new Error(`${name} still has an inline script.`);
  writeFileSync(join(root, name), html);
}
if (moved === 0) throw new Error('No inline start script was found: Kit writes its pages otherwise than expected.');

const worker = join(root, 'service-worker.js');
const source = readFileSync(worker, 'utf8');
const places = source.split(marker).length - 1;
if (places !== 1) throw new Error(`The service worker names ${marker} ${places} times instead of once.`);
const list = files()
  .filter((name) => name !== 'service-worker.js' && !name.endsWith('.map'))
  .map((name) => [`/${name.split(sep).map(encodeURIComponent).join('/')}`, sha256(readFileSync(join(root, name)))]);
writeFileSync(
  worker,
  source.replace(marker, () => JSON.stringify(list))
);

const bytes = files().reduce((sum, name) => sum + statSync(join(root, name)).size, 0);
console.log(`postbuild: ${moved} start script moved, ${list.length} files (${(bytes / 1e6).toFixed(1)} MB) kept offline`);
