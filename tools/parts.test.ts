import { describe, expect, it } from 'vitest';
import { buildId } from './build-id.ts';
import { licenceTexts, listOfParts, modelParts, packageParts } from './parts.ts';
import { packageFolder } from './shipped-packages.ts';

const FOLDERS = ['node_modules/comlink', 'node_modules/hash-wasm', 'node_modules/@lucide/svelte'];

describe('the list of parts', () => {
  it('names each package with version, licence and the hash of the lockfile', () => {
    const parts = packageParts(FOLDERS);
    expect(parts[0]).toMatchObject({ name: 'comlink', version: '4.4.2', licence: 'Apache-2.0' });
    expect(parts[0]?.hash.content).toMatch(/^[0-9a-f]{128}$/);
    const bom = JSON.parse(listOfParts([...parts, ...modelParts('models')], 'abc')) as {
      components: { type: string; name: string; purl?: string; licenses: unknown[] }[];
    };
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    expect(bom.components.map(({ name }) => name)).toEqual(['comlink', 'hash-wasm', '@lucide/svelte', 'langid', 'romance-en']);
    expect(bom.components[2]?.purl).toMatch(/^pkg:npm\/%40lucide\/svelte@\d/);
    for (const { licenses } of bom.components) expect(licenses.length).toBe(1);
  });

  it('brings the licence texts, and the attribution of each model', () => {
    const text = licenceTexts([...packageParts(FOLDERS), ...modelParts('models')]);
    expect(text).toMatch(/comlink 4\.4\.2\nApache-2\.0\n\n\s*Apache License/);
    expect(text).toContain('contributors of tatoeba.org');
  });

  it('refuses a package that is not the one of the lockfile', () => {
    expect(() => packageParts(['node_modules/.package-lock.json/..'])).toThrow();
    expect(() => packageParts(['node_modules/comlink/../hash-wasm'])).toThrow('not the package that the lockfile names');
  });
});

describe('the folder of a module’s package', () => {
  it.each([
    ['/a/node_modules/comlink/dist/esm/comlink.mjs', 'node_modules/comlink'],
    ['/a/node_modules/@lucide/svelte/dist/icons/x.svelte?svelte&type=style', 'node_modules/@lucide/svelte'],
    ['\0/a/node_modules/x/node_modules/@b/c/d.js', 'node_modules/x/node_modules/@b/c'],
    ['/a/src/lib/vault/keys.ts', null]
  ])('%j is %j', (id, folder) => expect(packageFolder(id)).toBe(folder));
});

describe('the build id', () => {
  it('is the same twice, and 16 hex digits', () => {
    expect(buildId()).toMatch(/^[0-9a-f]{16}$/);
    expect(buildId()).toBe(buildId());
  });
});
