/**
 * Fetches a recipe's files into a folder that is a pack when it is whole. A file comes into place only when all of it is
 * there; one that was cut short is gone on with from where it stood.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ModelManifest, ModelRuntime } from '../../src/lib/language/manifest.ts';
import { encoderPath, graphPaths, parsePackManifest } from '../../src/lib/language/packs/schema.ts';
import type { Recipe } from './recipes.ts';

export interface FetchOptions {
  /** Address of the hub, without a slash at its end. */
  readonly host: string;
  /** Full commit. */
  readonly revision: string;
  /** Folder of packs; the pack's own folder is made in it. */
  readonly out: string;
  readonly say: (line: string) => void;
}

/** Hash that the hub states for a large file; small files have none and are covered by the pinned commit alone. */
interface HubFile {
  readonly path: string;
  readonly size: number;
  readonly lfs?: { readonly oid: string };
}

const ATTEMPTS = 4;

/**
 * @returns the manifest that was written last, beside the files
 * @throws Error naming the file that is missing, cut or other than the hub states
 */
export async function fetchPack(recipe: Recipe, options: FetchOptions): Promise<ModelManifest> {
  if (!/^[0-9a-f]{40}$/.test(options.revision)) throw new Error(`${options.revision} is no full commit: a pack is pinned to one.`);
  const folder = join(options.out, recipe.id);
  const wanted = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json', ...graphsOf(recipe)];
  const listed = await listFiles(recipe, options);
  const files: ModelManifest['files'][number][] = [];
  for (const path of wanted) {
    const stated = listed.get(path);
    if (stated === undefined) {
      if (path === 'generation_config.json') continue;
      throw new Error(`${recipe.repository} has no ${path} at ${options.revision}.`);
    }
    const target = join(folder, path);
    const sha256Hex = await fetchFile(`${options.host}/${recipe.repository}/resolve/${options.revision}/${path}`, target, stated);
    options.say(`${path}: ${stated.size} bytes, ${sha256Hex}`);
    files.push({ path, sizeBytes: stated.size, sha256Hex });
  }
  const { isNonCommercial, repository, id, title, languages, licence, attribution, probe } = recipe;
  const manifest: ModelManifest = {
    id,
    version: options.revision.slice(0, 12),
    kind: recipe.kind ?? 'translation',
    title,
    languages,
    targetLanguage: recipe.kind === undefined ? 'eng' : null,
    licence,
    attribution,
    revision: `${repository}@${options.revision}`,
    ...drivenBy(recipe, folder),
    probe,
    ...(isNonCommercial ? { isNonCommercial } : {}),
    files
  };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  // What the app would refuse is not written.
  parsePackManifest(text);
  writeFileSync(join(folder, 'manifest.json'), text);
  return manifest;
}

function graphsOf({ id, runtime, embedding }: Recipe): string[] {
  if (embedding !== undefined) return [encoderPath(embedding)];
  if (runtime === undefined) throw new Error(`The recipe ${id} does not say how its model is driven.`);
  return graphPaths(runtime, 'wasm');
}

function drivenBy({ kind, runtime, embedding }: Recipe, folder: string): Pick<ModelManifest, 'runtime' | 'embedding'> {
  if (embedding !== undefined) return { embedding };
  if (runtime === undefined) return {};
  // A speech model's own search reads generation_config.json itself.
  return { runtime: kind === 'transcription' ? runtime : withSuppressed(runtime, folder) };
}

async function listFiles({ repository }: Recipe, { host, revision }: FetchOptions): Promise<Map<string, HubFile>> {
  const address = `${host}/api/models/${repository}/tree/${revision}?recursive=true`;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const files = (await response.json()) as readonly HubFile[];
  return new Map(files.map((file) => [file.path, file]));
}

async function fetchFile(address: string, target: string, stated: HubFile): Promise<string> {
  mkdirSync(dirname(target), { recursive: true });
  if (!existsSync(target)) await download(address, target, stated);
  const sha256Hex = await hashOf(target);
  const isRight = statSync(target).size === stated.size && (stated.lfs === undefined || stated.lfs.oid === sha256Hex);
  if (!isRight) {
    rmSync(target);
    throw new Error(`${address} is not the file that the hub states: ${stated.path} was thrown away. Run it again.`);
  }
  return sha256Hex;
}

async function download(address: string, target: string, stated: HubFile): Promise<void> {
  const part = `${target}.part`;
  let failure: unknown = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const have = existsSync(part) ? statSync(part).size : 0;
    if (have === stated.size) break;
    if (have > stated.size) rmSync(part);
    try {
      await fetchRest(address, part, have > stated.size ? 0 : have);
      failure = null;
    } catch (error) {
      failure = error;
    }
  }
  const size = existsSync(part) ? statSync(part).size : 0;
  if (size !== stated.size) {
    throw new Error(`${address} was cut at ${size} of ${stated.size} bytes; run it again to go on from there.`, { cause: failure });
  }
  renameSync(part, target);
}

async function fetchRest(address: string, part: string, from: number): Promise<void> {
  const response = await fetch(address, { headers: from > 0 ? { Range: `bytes=${from}-` } : {} });
  if (!response.ok || response.body === null) throw new Error(`${address}: ${response.status}`);
  // A server without ranges sends the whole file: it is begun anew.
  const file = await open(part, from > 0 && response.status === 206 ? 'a' : 'w');
  try {
    // Piece by piece: what came before a cut is on the disk when the cut comes.
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) await file.write(chunk);
  } finally {
    await file.close();
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

/** Single forbidden tokens of generation_config.json; forbidden sequences are no part of a greedy search of ours. */
function withSuppressed(runtime: ModelRuntime, folder: string): ModelRuntime {
  const path = join(folder, 'generation_config.json');
  if (!existsSync(path)) return runtime;
  const settings = JSON.parse(readFileSync(path, 'utf8')) as { bad_words_ids?: number[][]; suppress_tokens?: number[] };
  const single = (settings.bad_words_ids ?? []).filter((ids) => ids.length === 1).flat();
  const all = [...new Set([...single, ...(settings.suppress_tokens ?? [])])].sort((a, b) => a - b);
  return all.length === 0 ? runtime : { ...runtime, suppressedTokens: all };
}
