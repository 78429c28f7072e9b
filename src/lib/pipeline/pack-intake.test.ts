import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asFolder, asZip, MemoryStore } from '../../../tests/fixtures/packs/pack-files.ts';
import { tinyBergamotPack } from '../../../tests/fixtures/packs/tiny-bergamot.ts';
import { tinyEncoder } from '../../../tests/fixtures/packs/tiny-encoder.ts';
import { tinyPack, type TinyPack } from '../../../tests/fixtures/packs/tiny-packs.ts';
import { modelSha256Hex, type ModelManifest } from '../language/manifest.ts';
import { signedBytes } from '../language/packs/signature.ts';
import { takePack, type DroppedFile, type IntakeOptions, type IntakeResult } from './pack-intake.ts';

const never = new AbortController().signal;
const pack = tinyPack('marian');
const json = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));

async function take(
  files: readonly DroppedFile[],
  store = new MemoryStore(),
  options: Partial<IntakeOptions> = {}
): Promise<{ result: IntakeResult; store: MemoryStore }> {
  return { result: await takePack(files, store, { signal: never, ...options }), store };
}

/** The pack with some files changed, its manifest left as it is unless it is changed too. */
function changed(change: (files: Map<string, Uint8Array<ArrayBuffer>>) => void, from: TinyPack = pack): DroppedFile[] {
  const files = new Map(from.files);
  change(files);
  return asFolder(files);
}

const withManifest = (amend: (manifest: ModelManifest) => unknown): DroppedFile[] =>
  changed((files) => files.set('manifest.json', json(amend(pack.manifest))));

function ofEncoder(amend: (manifest: ModelManifest) => unknown): DroppedFile[] {
  return asFolder(tinyEncoder({ amend }).files);
}

/** A manifest that says nothing of how its files are run. */
function withoutRuntime(manifest: TinyPack['manifest']): Omit<TinyPack['manifest'], 'runtime'> {
  const bare = { ...manifest };
  delete (bare as { runtime?: unknown }).runtime;
  return bare;
}

describe('a right pack', () => {
  it.each([
    ['a folder', async () => asFolder(pack.files)],
    ['the files alone', async () => asFolder(pack.files, '')],
    ['a folder two deep', async () => asFolder(pack.files, 'stick/packs/')],
    ['a zip', async () => [{ name: 'pack.zip', file: await asZip(pack.files) }]],
    ['a zip without a folder', async () => [{ name: 'pack.zip', file: await asZip(pack.files, '') }]],
    ['a stored zip', async () => [{ name: 'pack.zip', file: await asZip(pack.files, 'p/', { level: 0 }) }]]
  ])('is taken from %s', async (_, files) => {
    const seen: number[] = [];
    const { result, store } = await take(await files(), undefined, { onProgress: ({ bytesDone }) => seen.push(bytesDone) });
    if (!result.ok) throw new Error(JSON.stringify(result.refusal));
    expect(result.pack.modelSha256Hex).toBe(await modelSha256Hex(pack.manifest));
    expect(result.pack.signature).toEqual({ kind: 'unsigned' });
    const room = store.rooms.get(result.pack.modelSha256Hex);
    for (const [index, { path, sha256Hex }] of pack.manifest.files.entries()) {
      const hash = createHash('sha256');
      for (const chunk of room?.get(index) ?? []) hash.update(chunk);
      expect(hash.digest('hex'), path).toBe(sha256Hex);
    }
    expect(seen.at(-1)).toBe(pack.manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0));
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('is taken in the format of Marian', async () => {
    const marian = await tinyBergamotPack({ hasShortlist: true });
    const { result } = await take(asFolder(marian.files));
    expect(result).toMatchObject({ ok: true, pack: { modelSha256Hex: await modelSha256Hex(marian.manifest), leftOut: 0 } });
    // Another shortlist setting is another model: it decides what a line becomes.
    const { shortlist: _, ...without } = marian.manifest.bergamot ?? { model: '', vocabularies: [] };
    expect(await modelSha256Hex({ ...marian.manifest, bergamot: without })).not.toBe(await modelSha256Hex(marian.manifest));
  });

  it('is taken as a sentence encoder', async () => {
    const encoder = tinyEncoder({ dtype: 'q8' });
    const { result } = await take(asFolder(encoder.files));
    expect(result).toMatchObject({ ok: true, pack: { modelSha256Hex: await modelSha256Hex(encoder.manifest), leftOut: 0 } });
    // Another prefix is another model: it decides what a text's vector is.
    const { embedding, ...rest } = encoder.manifest;
    if (embedding === undefined) throw new Error('the fixture has no layout');
    const other = { ...rest, embedding: { ...embedding, prefix: 'query: ' } };
    expect(await modelSha256Hex(other)).not.toBe(await modelSha256Hex(encoder.manifest));
  });

  it('leaves out what the manifest does not list, and says how much', async () => {
    const { result } = await take(
      changed((files) => files.set('.DS_Store', json(1)).set('evil.exe', json(2)).set('card.md', json('card')))
    );
    expect(result).toMatchObject({ ok: true, pack: { leftOut: 2, card: '"card"' } });
  });

  it('is refused when it is there already', async () => {
    const store = new MemoryStore();
    store.held.add(await modelSha256Hex(pack.manifest));
    expect((await take(asFolder(pack.files), store)).result).toMatchObject({ refusal: { code: 'already-here' } });
  });
});

describe('a hostile or damaged pack is refused with the file named, and nothing stays', () => {
  const graph = 'onnx/encoder_model.onnx';
  const first = pack.files.get(graph) as Uint8Array<ArrayBuffer>;
  const flipped = first.with(100, (first[100] as number) ^ 1) as Uint8Array<ArrayBuffer>;
  const many = (n: number): ModelManifest['files'] =>
    Array.from({ length: n }, (_, i) => ({ path: `f${i}`, sizeBytes: 0, sha256Hex: '0'.repeat(64) }));
  const extra = (path: string): ((manifest: ModelManifest) => unknown) => {
    return (manifest) => ({ ...manifest, files: [...manifest.files, { path, sizeBytes: 1, sha256Hex: '0'.repeat(64) }] });
  };

  it.each<[string, DroppedFile[], string, string]>([
    ['no manifest', changed((files) => files.delete('manifest.json')), 'no-manifest', ''],
    ['nothing', [], 'no-manifest', ''],
    [
      'manifest that is no JSON',
      changed((f) => f.set('manifest.json', new Uint8Array([0, 255]))),
      'manifest-not-json',
      'manifest.json'
    ],
    ['manifest that is a list', changed((f) => f.set('manifest.json', json([]))), 'manifest-shape', 'manifest.json'],
    ['manifest of null', changed((f) => f.set('manifest.json', json(null))), 'manifest-shape', 'manifest.json'],
    [
      'great manifest',
      changed((f) => f.set('manifest.json', new Uint8Array(2 ** 20 + 1))),
      'manifest-too-large',
      'pack/manifest.json'
    ],
    [
      'two ways to be driven',
      withManifest((m) => ({ ...m, bergamot: { model: 'config.json', vocabularies: ['config.json'] } })),
      'manifest-shape',
      'manifest.json'
    ],
    [
      'a model of Marian that is not listed',
      withManifest((m) => ({ ...withoutRuntime(m), bergamot: { model: 'm.bin', vocabularies: ['config.json'] } })),
      'graph-unlisted',
      'm.bin'
    ],
    [
      'a speech model in a format that only translates',
      withManifest((m) => ({
        ...withoutRuntime(m),
        kind: 'transcription',
        targetLanguage: null,
        bergamot: { model: 'config.json', vocabularies: ['config.json'] }
      })),
      'manifest-shape',
      'manifest.json'
    ],
    [
      'a speech model without its languages and time codes',
      withManifest((m) => ({
        ...m,
        kind: 'transcription',
        targetLanguage: null,
        files: m.files.filter(({ path }) => path !== 'generation_config.json')
      })),
      'graph-unlisted',
      'generation_config.json'
    ],
    [
      'a speech model into a language',
      withManifest((m) => ({ ...m, kind: 'transcription' })),
      'not-translation',
      'manifest.json'
    ],
    ['no runtime', withManifest(withoutRuntime), 'manifest-shape', 'manifest.json'],
    [
      'an encoder that does not say how it is driven',
      ofEncoder((m) => ({ ...m, embedding: undefined })),
      'manifest-shape',
      'manifest.json'
    ],
    [
      'an encoder that is driven as a translator',
      ofEncoder((m) => ({ ...m, kind: 'translation', targetLanguage: 'eng' })),
      'manifest-shape',
      'manifest.json'
    ],
    ['an encoder into a language', ofEncoder((m) => ({ ...m, targetLanguage: 'eng' })), 'not-translation', 'manifest.json'],
    [
      'an encoder that pools in a way that is not known here',
      ofEncoder((m) => ({ ...m, embedding: { ...m.embedding, pooling: 'cls' } })),
      'manifest-shape',
      'manifest.json'
    ],
    [
      'an encoder without its weights',
      ofEncoder((m) => ({ ...m, embedding: { ...m.embedding, dtype: 'q8' } })),
      'graph-unlisted',
      'onnx/model_quantized.onnx'
    ],
    [
      'a translator with vectors',
      withManifest((m) => ({ ...m, embedding: tinyEncoder().manifest.embedding })),
      'manifest-shape',
      'manifest.json'
    ],
    ['languages that are no codes', withManifest((m) => ({ ...m, languages: ['<b>'] })), 'manifest-shape', 'manifest.json'],
    ['name of a shipped model', withManifest((m) => ({ ...m, id: 'romance-en' })), 'id-built-in', 'manifest.json'],
    ['id that is a path', withManifest((m) => ({ ...m, id: '../../x' })), 'manifest-shape', 'manifest.json'],
    ['into another language', withManifest((m) => ({ ...m, targetLanguage: 'fra' })), 'not-translation', 'manifest.json'],
    ['listed path upwards', withManifest(extra('../evil')), 'path-unsafe', '../evil'],
    ['listed absolute path', withManifest(extra('/etc/passwd')), 'path-unsafe', '/etc/passwd'],
    ['listed drive', withManifest(extra('C:evil')), 'path-unsafe', 'C:evil'],
    ['listed twice', withManifest(extra('config.json')), 'name-twice', 'config.json'],
    ['listed twice in capitals', withManifest(extra('CONFIG.json')), 'name-twice', 'CONFIG.json'],
    ['lists itself', withManifest(extra('manifest.json')), 'path-unsafe', 'manifest.json'],
    ['too many listed', withManifest((m) => ({ ...m, files: many(65) })), 'too-many-files', 'manifest.json'],
    [
      'a listed file too large',
      withManifest((m) => ({ ...m, files: m.files.map((f) => (f.path === graph ? { ...f, sizeBytes: 2 ** 31 + 1 } : f)) })),
      'too-large',
      graph
    ],
    [
      'graphs not listed',
      withManifest((m) => ({ ...m, files: m.files.filter((f) => f.path !== graph) })),
      'graph-unlisted',
      graph
    ],
    ['a file missing', changed((f) => f.delete(graph)), 'file-missing', `pack/${graph}`],
    ['a file cut', changed((f) => f.set(graph, first.slice(0, -1))), 'file-size', graph],
    ['a file longer', changed((f) => f.set(graph, new Uint8Array(first.length + 1))), 'file-size', graph],
    ['one bit changed', changed((f) => f.set(graph, flipped)), 'file-hash', graph],
    [
      'two manifests side by side',
      changed((f) => f.set('../other/manifest.json', json({}))),
      'path-unsafe',
      'pack/../other/manifest.json'
    ],
    ['dropped path upwards', [{ name: '../manifest.json', file: new Blob(['{}']) }], 'path-unsafe', '../manifest.json'],
    ['two packs', [...asFolder(pack.files, 'a/'), ...asFolder(pack.files, 'b/')], 'several-manifests', 'b/manifest.json'],
    [
      'a thousand dropped files',
      Array.from({ length: 1000 }, (_, i) => ({ name: `f${i}`, file: new Blob() })),
      'too-many-files',
      ''
    ],
    ['a zip that is cut', [{ name: 'p.zip', file: new Blob([Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)]) }], 'zip-damaged', '']
  ])('%s', async (_, files, code, file) => {
    const { result, store } = await take(files);
    expect(result).toMatchObject({ ok: false, refusal: { code, file } });
    expect(store.rooms.size).toBe(0);
  });

  it('a disk that is full', async () => {
    const store = new MemoryStore();
    store.freeBytes = 1000;
    expect((await take(asFolder(pack.files), store)).result).toMatchObject({ refusal: { code: 'no-space' } });
  });

  it('zip bombs, with nothing kept', async () => {
    const bomb = new Uint8Array(64 << 20);
    const claim = (sizeBytes: number): TinyPack =>
      tinyPack('marian', {
        alter: (files) => void files.set(graph, bomb),
        amend: (manifest) => ({ ...manifest, files: manifest.files.map((f) => (f.path === graph ? { ...f, sizeBytes } : f)) })
      });
    // The manifest tells the truth about the size: the ratio stops it. It lies: the size does.
    for (const [sizeBytes, code] of [
      [bomb.length, 'zip-bomb'],
      [1000, 'file-size']
    ] as const) {
      const { result, store } = await take([{ name: 'bomb.zip', file: await asZip(claim(sizeBytes).files) }]);
      expect(result).toMatchObject({ ok: false, refusal: { code } });
      expect(store.rooms.size).toBe(0);
    }
  });

  it('a zip with one name twice', async () => {
    const zip = await asZip(new Map([...pack.files, ['confiG.json', json({})]]), '');
    const bytes = new Uint8Array(await zip.arrayBuffer());
    const text = Buffer.from(bytes).toString('latin1').replaceAll('confiG.json', 'config.json');
    const { result } = await take([{ name: 'twice.zip', file: new Blob([Buffer.from(text, 'latin1')]) }]);
    expect(result).toMatchObject({ ok: false, refusal: { code: 'name-twice', file: 'config.json' } });
  });

  it('any bit of a zip changed: never taken as another model, never a throw', async () => {
    const bytes = new Uint8Array(await (await asZip(tinyPack('t5').files, '', { level: 0 })).arrayBuffer());
    const hash = await modelSha256Hex(tinyPack('t5').manifest);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] as number) ^ mask;
        const { result, store } = await take([{ name: 'p.zip', file: new Blob([damaged]) }]);
        if (!result.ok) expect(store.rooms.size).toBe(0);
        else if (result.pack.modelSha256Hex === hash) return;
        // Another hash can only come of a changed word in the manifest that is no hash: runtime's own settings.
        else expect(result.pack.manifest.files).toEqual(tinyPack('t5').manifest.files);
      }),
      { numRuns: 60 }
    );
  });

  it('stops when asked and leaves nothing', async () => {
    const store = new MemoryStore();
    const stop = new AbortController();
    const taking = takePack(asFolder(pack.files), store, {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough'))
    });
    await expect(taking).rejects.toThrow('enough');
    expect(store.rooms.size).toBe(0);
  });
});

describe('signatures', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const publicKeyHex = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
  const signed = (amend: (manifest: ModelManifest) => ModelManifest = (m) => m): DroppedFile[] => {
    const bytes = signedBytes({ ...pack.manifest });
    const signatureHex = sign(null, bytes, privateKey).toString('hex');
    const signature = { algorithm: 'Ed25519' as const, publicKeyHex, signatureHex };
    return changed((files) => files.set('manifest.json', json(amend({ ...pack.manifest, signature }))));
  };

  it('says that the signer is unknown', async () => {
    expect((await take(signed())).result).toMatchObject({ ok: true, pack: { signature: { kind: 'unknown', publicKeyHex } } });
  });

  it('names a signer this build knows', async () => {
    const knownSigners = [{ name: 'A force', publicKeyHex }];
    const { result } = await take(signed(), undefined, { knownSigners });
    expect(result).toMatchObject({ ok: true, pack: { signature: { kind: 'known', signer: 'A force' } } });
  });

  it.each<[string, (manifest: ModelManifest) => ModelManifest]>([
    ['the licence', (m) => ({ ...m, licence: 'anything goes' })],
    ['a language', (m) => ({ ...m, languages: [...m.languages, 'ita'] })],
    ['a member this version does not know', (m) => ({ ...m, tomorrow: 1 }) as ModelManifest],
    [
      'the key',
      (m) => ({ ...m, signature: { ...m.signature, publicKeyHex: '0'.repeat(64) } as NonNullable<ModelManifest['signature']> })
    ]
  ])('refuses a signed manifest in which %s was changed', async (_, amend) => {
    expect((await take(signed(amend))).result).toMatchObject({ ok: false, refusal: { code: 'signature-wrong' } });
  });
});
