/**
 * After `vite build`: moves Kit's inline start script into a file, since the security policy allows no inline script,
 * tells the service worker of these two, and checks that it keeps every other file. Writes what hosts need, the list of
 * parts and the statement of hashes. Byte-identical for identical input.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { buildId } from './build-id.ts';
import { writeStatement } from './build-statement.ts';
import { hostFiles } from './host-files.ts';
import { licenceTexts, listOfParts, modelParts, packageParts } from './parts.ts';
import { SHIPPED } from './shipped-packages.ts';

const root = 'build';
const marker = 'self.__SKEIN_PAGE';
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

function files(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root, name)).isFile())
    .sort();
}

// The answers to the sample's story are for tests, not for visitors.
rmSync(join(root, 'sample', 'truth.json'), { force: true });

// The runtime for WebGPU is 27 MB that most devices never ask for: the service worker keeps it once it was used.
const keptWhenUsed = (name: string): boolean => /\.asyncify[^/\\]*\.wasm$/.test(name);

const written = new Set<string>();
for (const name of files().filter((file) => file.endsWith('.html'))) {
  const html = readFileSync(join(root, name), 'utf8').replace(/<script>([\s\S]*?)<\/script>/g, (_, code: string) => {
    const path = `_app/immutable/start.${sha256(code).slice(0, 12)}.js`;
    // Kit finds its own place by the script that runs, which a file has as well as an inline script.
    writeFileSync(join(root, path), code);
    written.add(path);
    return `<script src="/${path}"></script>`;
  });
  if (/<script(?![^>]*\ssrc=)/.test(html)) throw new Error(`${name} still has an inline script.`);
  writeFileSync(join(root, name), html);
  written.add(name);
}
if (written.size < 2) throw new Error('No inline start script was found: Kit writes its pages otherwise than expected.');

// Sources that changed while they were built would give an app that names another build than it is.
const build = buildId();
const namesItself = (name: string): boolean => name.endsWith('.js') && readFileSync(join(root, name), 'utf8').includes(build);
if (!files().some(namesItself)) throw new Error(`No file of the build names build ${build}: the sources changed meanwhile.`);

// What the app is made of: shown in it, so kept offline like it.
const shipped = JSON.parse(readFileSync(SHIPPED, 'utf8')) as string[];
for (const known of ['comlink', 'hash-wasm', 'onnxruntime-web', 'svelte'])
  if (!shipped.includes(`node_modules/${known}`))
    throw new Error(`${known} ships and was not noted: the list of parts is not whole.`);
const parts = [...packageParts(shipped), ...modelParts('models')];
for (const [name, text] of [
  ['sbom.cdx.json', listOfParts(parts, build)],
  ['licences.txt', licenceTexts(parts)]
] as const) {
  writeFileSync(join(root, name), text);
  written.add(name);
}

const worker = join(root, 'service-worker.js');
const source = readFileSync(worker, 'utf8');
const places = source.split(marker).length - 1;
if (places !== 1) throw new Error(`The service worker names ${marker} ${places} times instead of once.`);
const page = [...written].sort().map((name) => [`/${name.split(sep).join('/')}`, sha256(readFileSync(join(root, name)))]);
const whole = source.replace(marker, () => JSON.stringify(page));
writeFileSync(worker, whole);

// A file that is not kept is a page that fails in the field: better a build that fails here.
const kept = files().filter((name) => name !== 'service-worker.js' && !name.endsWith('.map') && !keptWhenUsed(name));
const missing = kept.filter(
  (name) => !whole.includes(`"${name.split(sep).join('/')}"`) && !whole.includes(`"/${name.split(sep).join('/')}"`)
);
if (missing.length > 0) throw new Error(`Not kept offline: ${missing.join(', ')}`);

// For hosts, not for the app: no page asks for them.
for (const [name, text] of Object.entries(hostFiles())) {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}
const statement = writeStatement(root, build);
const bytes = kept.reduce((sum, name) => sum + statSync(join(root, name)).size, 0);
console.log(`postbuild: ${written.size} page files added, ${kept.length} files (${(bytes / 1e6).toFixed(1)} MB) kept offline`);
console.log(`postbuild: build ${statement.build}, ${parts.length} parts, hash of all files ${statement.sha256Hex}`);
