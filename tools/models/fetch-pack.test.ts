/** The fetch against a server of our own: no network is needed, or there. */
import { createServer, type Server } from 'node:http';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asFolder, MemoryStore } from '../../tests/fixtures/packs/pack-files.ts';
import { tinyEncoder } from '../../tests/fixtures/packs/tiny-encoder.ts';
import { tinyPack, type TinyPack } from '../../tests/fixtures/packs/tiny-packs.ts';
import type { LanguageTableConfig } from '../../src/lib/language/identify.ts';
import { untoldOf } from '../../src/lib/language/scripts.ts';
import { takePack } from '../../src/lib/pipeline/pack-intake.ts';
import { parsePackManifest } from '../../src/lib/language/packs/schema.ts';
import { fetchPack } from './fetch-pack.ts';
import { RECIPES, type Recipe } from './recipes.ts';

const pack = tinyPack('marian', { dtype: 'q8' });
const REVISION = 'a1'.repeat(20);
const GRAPH = 'onnx/decoder_model_merged_quantized.onnx';
const recipe: Recipe = { ...(RECIPES[0] as Recipe), id: 'opus-mt-tiny-en', repository: 'tests/tiny', languages: ['ron'] };

/** What the server does wrong, by path: how many answers are cut at which byte, or whether other bytes come. */
interface Misdeeds {
  readonly cut?: { readonly at: number; times: number };
  readonly other?: boolean;
  readonly ranges?: boolean;
}

let server: Server;
let out: string;
let misdeeds: Misdeeds = {};
let served: TinyPack = pack;
const asked: { path: string; range: string | undefined }[] = [];

beforeEach(async () => {
  out = mkdtempSync(join(tmpdir(), 'skein-fetch-'));
  misdeeds = {};
  served = pack;
  asked.length = 0;
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (path === `/api/models/tests/tiny/tree/${REVISION}`) {
      const files = served.manifest.files.map(({ path: name, sizeBytes, sha256Hex }) => ({
        path: name,
        size: sizeBytes,
        ...(name.endsWith('.onnx') ? { lfs: { oid: sha256Hex } } : {})
      }));
      response.end(JSON.stringify(files));
      return;
    }
    const name = path.replace(`/tests/tiny/resolve/${REVISION}/`, '');
    const bytes = served.files.get(name);
    if (bytes === undefined) {
      response.writeHead(404).end();
      return;
    }
    asked.push({ path: name, range: request.headers.range });
    const from = misdeeds.ranges === false ? 0 : Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, { 'Content-Length': bytes.length - from });
    const sent = misdeeds.other === true && name === GRAPH ? bytes.map((byte) => byte ^ 1) : bytes;
    if (name === GRAPH && misdeeds.cut !== undefined && misdeeds.cut.times > 0) {
      misdeeds.cut.times--;
      const upTo = from + misdeeds.cut.at;
      response.write(sent.subarray(from, upTo));
      // Once the bytes are on the disk, or the cut would overtake them on a busy machine.
      const part = join(out, recipe.id, `${GRAPH}.part`);
      const look = setInterval(() => {
        if (!existsSync(part) || statSync(part).size < upTo) return;
        clearInterval(look);
        response.destroy();
      }, 5);
      return;
    }
    response.end(sent.subarray(from));
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(out, { recursive: true, force: true });
});

const get = (of: Recipe = recipe) =>
  fetchPack(of, {
    host: `http://localhost:${(server.address() as AddressInfo).port}`,
    revision: REVISION,
    out,
    say: () => {}
  });

async function isTaken(of: Recipe = recipe): Promise<boolean> {
  const { files } = parsePackManifest(readFileSync(join(out, of.id, 'manifest.json'), 'utf8')).manifest;
  const all = new Map(['manifest.json', ...files.map(({ path }) => path)].map((path) => [path, new Uint8Array(readFileSync(join(out, of.id, path)))]));
  const result = await takePack(asFolder(all), new MemoryStore(), { signal: new AbortController().signal });
  return result.ok;
}

describe('models:fetch', () => {
  it('builds a pack that the app takes, pinned, with the tokens that are forbidden', async () => {
    const manifest = await get();
    expect(manifest.revision).toBe(`tests/tiny@${REVISION}`);
    expect(manifest.runtime?.suppressedTokens).toEqual(pack.manifest.runtime?.suppressedTokens);
    expect(await isTaken()).toBe(true);
  });

  it('builds a sentence encoder that the app takes', async () => {
    served = tinyEncoder({ dtype: 'q8' });
    const found = RECIPES.find(({ kind }) => kind === 'embedding');
    if (found === undefined) throw new Error('there is no recipe of an encoder');
    const of = { ...found, repository: 'tests/tiny' };
    const manifest = await get(of);
    expect(manifest).toMatchObject({ kind: 'embedding', targetLanguage: null, embedding: of.embedding });
    expect(manifest.runtime).toBeUndefined();
    expect(manifest.files.map(({ path }) => path)).toContain('onnx/model_quantized.onnx');
    expect(await isTaken(of)).toBe(true);
  });

  it('goes on where a file was cut', async () => {
    misdeeds = { cut: { at: 10_000, times: 2 } };
    await get();
    expect(asked.filter(({ path }) => path === GRAPH).map(({ range }) => range)).toEqual([undefined, 'bytes=10000-', 'bytes=20000-']);
    expect(await isTaken()).toBe(true);
  });

  it('begins anew where the server knows no ranges', async () => {
    misdeeds = { cut: { at: 10_000, times: 1 }, ranges: false };
    await get();
    expect(await isTaken()).toBe(true);
  });

  it('says how far it came when a file is cut for good, and goes on in a later run', async () => {
    misdeeds = { cut: { at: 100, times: 4 } };
    await expect(get()).rejects.toThrow(/was cut at 400 of \d+ bytes/);
    expect(() => readFileSync(join(out, recipe.id, 'manifest.json'))).toThrow();
    misdeeds = {};
    await get();
    expect(asked.at(-1)?.path === GRAPH || asked.some(({ range }) => range === 'bytes=400-')).toBe(true);
    expect(await isTaken()).toBe(true);
  });

  it('throws away a file with another hash, naming it', async () => {
    misdeeds = { other: true };
    await expect(get()).rejects.toThrow(`${GRAPH} was thrown away`);
    expect(() => readFileSync(join(out, recipe.id, GRAPH))).toThrow();
    expect(() => readFileSync(join(out, recipe.id, 'manifest.json'))).toThrow();
  });

  it('wants a full commit, not a branch', async () => {
    await expect(fetchPack(recipe, { host: 'http://localhost:1', revision: 'main', out, say: () => {} })).rejects.toThrow('no full commit');
  });
});

function tableLanguages(): string[] {
  const config = JSON.parse(readFileSync(new URL('../../models/langid/config.json', import.meta.url), 'utf8')) as LanguageTableConfig;
  return config.classes.map(({ language }) => language);
}

describe('the table of recipes', () => {
  it('names each pack once', () => {
    expect(new Set(RECIPES.map(({ id }) => id)).size).toBe(RECIPES.length);
    expect(RECIPES.length).toBeGreaterThan(10);
  });

  it('offers no translation from a language that no line is ever told to be in', () => {
    const table = tableLanguages();
    const untold = RECIPES.filter(({ kind }) => kind === undefined).flatMap(({ id, languages }) => untoldOf(languages, table).map((one) => `${id}: ${one}`));
    expect(untold).toEqual([]);
    expect(untoldOf(['ron', 'ces', 'hin', 'amh', 'srp'], table)).toEqual(['ces', 'amh']);
  });

  it.each(RECIPES.map((one) => [one.id, one] as const))('%s makes a manifest that the app reads', (_, one) => {
    const { isNonCommercial, repository, revision: _revision, ...rest } = one;
    const { files } = one.embedding === undefined ? pack.manifest : tinyEncoder({ dtype: 'q8' }).manifest;
    const text = JSON.stringify({ ...rest, version: '1', kind: one.kind ?? 'translation', targetLanguage: one.kind === undefined ? 'eng' : null, revision: repository, isNonCommercial, files });
    expect(parsePackManifest(text).manifest.languages).toEqual(one.languages);
    expect(one.languages).toContain(one.probe.language);
    // A model for a language that no line is told to be in would be offered for nothing.
    if (one.kind === 'embedding') expect(untoldOf(one.languages, tableLanguages())).toEqual([]);
    // A licence that forbids money is never without its warning, nor a warning without such a licence.
    expect(/\bNC\b/.test(one.licence)).toBe(isNonCommercial);
    if (isNonCommercial) expect(one.title).toContain('NON-COMMERCIAL');
  });
});
