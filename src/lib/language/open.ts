/** Opens the shipped models, in a worker and in Node alike: every byte checked against its manifest before first use. */
import { loadTransformersEngine } from './engine-transformers.ts';
import { LanguageIdentifier, type LanguageTableConfig } from './identify.ts';
import { readLexicon } from './lexicon.ts';
import { modelSha256Hex, verifyModelFile, type ModelManifest } from './manifest.ts';
import { TranslationMemory } from './memory.ts';
import { DEFAULT_THRESHOLDS, type QualityRules } from './quality.ts';
import { LineTranslator } from './translate.ts';

export interface OpenOptions {
  /** Bytes of a file below the models folder, such as 'langid/table.bin'. Rejects when it is not there. */
  readonly read: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
  /** The same folder as the engine finds it: a path in Node, '/models/' on our own origin in a browser. */
  readonly modelsRoot: string;
  readonly threads: number;
  /** The ONNX runtime's two files on our own origin; only in a browser. */
  readonly wasmPaths?: { readonly mjs: string; readonly wasm: string };
  readonly translationModel?: string;
}

const EMBEDDED_MODEL = 'romance-en';
const IDENTIFIER_MODEL = 'langid';
const LEXICON_FILE = 'lexicon.json';

/** The shipped identifier, its files checked. */
export async function openIdentifier(read: OpenOptions['read']): Promise<LanguageIdentifier> {
  const files = await readVerified(read, IDENTIFIER_MODEL);
  const config = JSON.parse(new TextDecoder().decode(files.bytes('config.json'))) as LanguageTableConfig;
  const table = files.bytes('table.bin');
  return new LanguageIdentifier(config, new Int8Array(table.buffer, table.byteOffset, table.length));
}

/**
 * Identifier, engine and an empty translation memory behind one call. Release with `dispose`.
 * @throws Error naming the file that is missing or is not what the manifest lists
 */
export async function openTranslator(options: OpenOptions): Promise<LineTranslator> {
  const id = options.translationModel ?? EMBEDDED_MODEL;
  const identifier = await openIdentifier(options.read);
  const { manifest, bytes } = await readVerified(options.read, id);
  const rules = qualityRulesOf(manifest, bytes);
  const { modelsRoot, threads, wasmPaths } = options;
  const engine = await loadTransformersEngine({
    modelsRoot,
    manifest,
    threads,
    ...(wasmPaths === undefined ? {} : { wasmPaths })
  });
  return new LineTranslator(identifier, engine, new TranslationMemory(), rules);
}

/** Manifest of a model, and what it brings for judging its lines. */
export async function readQualityRules(
  read: OpenOptions['read'],
  id: string
): Promise<{ manifest: ModelManifest; rules: QualityRules }> {
  const { manifest, bytes } = await readVerified(read, id);
  return { manifest, rules: qualityRulesOf(manifest, bytes) };
}

/** Thresholds and lexicon of a model; a pack without them gets the general thresholds and no lexicon. */
function qualityRulesOf(manifest: ModelManifest, bytes: (path: string) => Uint8Array<ArrayBuffer>): QualityRules {
  const hasLexicon = manifest.files.some(({ path }) => path === LEXICON_FILE);
  return {
    thresholds: manifest.quality ?? DEFAULT_THRESHOLDS,
    lexicon: hasLexicon ? readLexicon(bytes(LEXICON_FILE)) : null
  };
}

/** Manifest and hash of a model, for the page that lists them. */
export async function readManifest(
  read: OpenOptions['read'],
  id: string
): Promise<{ manifest: ModelManifest; sha256Hex: string }> {
  const manifest = JSON.parse(new TextDecoder().decode(await read(`${id}/manifest.json`))) as ModelManifest;
  if (manifest.id !== id) throw new Error(`${id}/manifest.json describes ${manifest.id}`);
  return { manifest, sha256Hex: await modelSha256Hex(manifest) };
}

async function readVerified(
  read: OpenOptions['read'],
  id: string
): Promise<{ manifest: ModelManifest; bytes: (path: string) => Uint8Array<ArrayBuffer> }> {
  const { manifest } = await readManifest(read, id);
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const { path } of manifest.files) {
    const bytes = await read(`${id}/${path}`);
    await verifyModelFile(manifest, path, bytes);
    contents.set(path, bytes);
  }
  return {
    manifest,
    bytes: (path) => {
      const found = contents.get(path);
      if (found === undefined) throw new Error(`${id}/manifest.json does not list ${path}`);
      return found;
    }
  };
}
