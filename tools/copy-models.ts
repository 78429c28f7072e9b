/**
 * Copies the model packs that have a manifest into static/models, and lists them in static/models/index.json. Training
 * code stays behind. Each file is checked against the manifest, so that a build never ships another file than stated.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Manifest {
  readonly id: string;
  readonly files: readonly { readonly path: string; readonly sizeBytes: number; readonly sha256Hex: string }[];
}

const from = 'models';
const to = join('static', 'models');
rmSync(to, { recursive: true, force: true });
mkdirSync(to, { recursive: true });

const packs: { name: string; hasCard: boolean }[] = [];
for (const name of readdirSync(from).sort()) {
  const manifestPath = join(from, name, 'manifest.json');
  if (!existsSync(manifestPath)) continue;
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Manifest;
  for (const file of manifest.files) {
    const bytes = readFileSync(join(from, name, file.path));
    const sha256Hex = createHash('sha256').update(bytes).digest('hex');
    if (sha256Hex !== file.sha256Hex) throw new Error(`${name}/${file.path} is not the file that its manifest states.`);
    const target = join(to, name, file.path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  for (const beside of ['manifest.json', 'card.md']) {
    const path = join(from, name, beside);
    if (existsSync(path)) cpSync(path, join(to, name, beside));
  }
  packs.push({ name, hasCard: existsSync(join(from, name, 'card.md')) });
}
writeFileSync(join(to, 'index.json'), `${JSON.stringify({ packs })}\n`);
console.log(`models: ${packs.map((pack) => pack.name).join(', ') || 'none'}`);
