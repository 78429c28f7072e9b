/**
 * What the build is made of, in two files that ship with it: a CycloneDX list of parts (name, version, licence, hash of
 * each package and model) and the licence texts. Without a date and without a random number: equal builds, equal files.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly version: string;
  readonly integrity?: string;
}

export interface Part {
  readonly type: 'library' | 'machine-learning-model';
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly hash: { readonly alg: 'SHA-512' | 'SHA-256'; readonly content: string };
  /** Texts of the licence as the part brings them. */
  readonly texts: readonly string[];
}

/** Packages whose package.json names no licence, with the one that their own licence file begins with. */
const BY_THEIR_TEXT: Readonly<Record<string, readonly [licence: string, beginning: string]>> = {
  'svelte-toolbelt': ['MIT', 'MIT License']
};

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** @param folders packages by their folder, as shipped-packages.ts notes them */
export function packageParts(folders: readonly string[]): Part[] {
  const locked = json<{ packages: Record<string, Locked> }>('package-lock.json').packages;
  return folders.map((folder) => {
    const { name, version, license } = json<{ name: string; version: string; license?: string }>(join(folder, 'package.json'));
    const integrity = locked[folder]?.integrity ?? '';
    if (locked[folder]?.version !== version || !integrity.startsWith('sha512-'))
      throw new Error(`${folder} is not the package that the lockfile names.`);
    const content = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
    const texts = readdirSync(folder)
      .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
      .sort()
      .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
    const [byText, beginning] = BY_THEIR_TEXT[name] ?? [];
    const licence = license ?? (beginning !== undefined && texts[0]?.startsWith(beginning) ? byText : undefined);
    if (licence === undefined) throw new Error(`${folder} names no licence: it must not ship before somebody has read it.`);
    return { type: 'library', name, version, licence, hash: { alg: 'SHA-512', content }, texts };
  });
}

/** Models of a folder of packs, by the hash that names them: that of their largest file. */
export function modelParts(root: string): Part[] {
  interface Manifest {
    readonly id: string;
    readonly version: string;
    readonly licence: string;
    readonly attribution: string;
    readonly files: readonly { readonly sizeBytes: number; readonly sha256Hex: string }[];
  }
  return readdirSync(root)
    .sort()
    .filter((name) => existsSync(join(root, name, 'manifest.json')))
    .map((name) => {
      const { id, version, licence, attribution, files } = json<Manifest>(join(root, name, 'manifest.json'));
      const [weights] = files.toSorted((a, b) => b.sizeBytes - a.sizeBytes);
      if (weights === undefined) throw new Error(`${name} lists no files.`);
      const hash = { alg: 'SHA-256', content: weights.sha256Hex } as const;
      return { type: 'machine-learning-model', name: id, version, licence, hash, texts: [attribution] };
    });
}

/** CycloneDX 1.6, as JSON. */
export function listOfParts(parts: readonly Part[], build: string): string {
  const version = json<{ version: string }>('package.json').version;
  const components = parts.map(({ type, name, version: of, licence, hash }) => ({
    type,
    name,
    version: of,
    ...(type === 'library' ? { 'bom-ref': purl(name, of), purl: purl(name, of) } : { 'bom-ref': `model:${name}@${of}` }),
    licenses: isExpression(licence) ? [{ expression: licence }] : [{ license: { name: licence } }],
    hashes: [hash]
  }));
  const skein = {
    type: 'application',
    name: 'skein',
    version,
    licenses: [{ expression: 'Apache-2.0' }],
    properties: [{ name: 'skein:build', value: build }]
  };
  const bom = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component: skein }, components };
  return `${JSON.stringify(bom, null, 1)}\n`;
}

/** An SPDX expression; a model's licence is a sentence. */
const isExpression = (licence: string): boolean => /^\(?[\w.+-]+(?: (?:OR|AND|WITH) [\w.+-]+)*\)?$/.test(licence);
const purl = (name: string, version: string): string => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;

export function licenceTexts(parts: readonly Part[]): string {
  const rule = '-'.repeat(78);
  const own = `Skein\nApache-2.0\n\n${readFileSync('LICENSE', 'utf8').trim()}`;
  const others = parts.map(({ name, version, licence, texts }) =>
    [
      `${name} ${version}`,
      licence,
      '',
      texts.length === 0 ? 'The package brings no text of its licence.' : texts.join('\n\n')
    ].join('\n')
  );
  return `${[own, ...others].join(`\n\n${rule}\n`)}\n`;
}
