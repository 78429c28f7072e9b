/** Opens the shipped models, in a worker and in Node alike: every byte checked against its manifest before first use. */
import type { LanguageCode, TranslationEngine } from './contract.ts';
import { EngineShelf } from './engine-shelf.ts';
import { loadTransformersEngine } from './engine-transformers.ts';
import { LanguageIdentifier, type LanguageTableConfig } from './identify.ts';
import { modelSha256Hex, verifyModelFile, type ModelManifest } from './manifest.ts';
import { TranslationMemory } from './memory.ts';
import type { Device, ModelFiles } from './seq2seq.ts';
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
  /** Packs that were picked for languages; every other language is left to the embedded model. */
  readonly picked?: readonly PickedPack[];
  /** In a browser only: the device of this worker, and the door to the packs' files. */
  readonly device?: Device;
  readonly open?: (path: string) => Promise<Response> | null;
}

/** A pack on this device and the languages it was picked for. */
export interface PickedPack {
  readonly manifest: ModelManifest;
  readonly languages: readonly LanguageCode[];
}

const EMBEDDED_MODEL = 'romance-en';
const IDENTIFIER_MODEL = 'langid';

async function openIdentifier(read: OpenOptions['read']): Promise<LanguageIdentifier> {
  const files = await readVerified(read, IDENTIFIER_MODEL);
  const config = JSON.parse(new TextDecoder().decode(files.bytes('config.json'))) as LanguageTableConfig;
  const table = files.bytes('table.bin');
  return new LanguageIdentifier(config, new Int8Array(table.buffer, table.byteOffset, table.length));
}

/**
 * Identifier, models and an empty translation memory behind one call; a model is loaded when the first line in one of
 * its languages comes. Release with `dispose`.
 * @throws Error naming the file that is missing or is not what the manifest lists
 */
export async function openTranslator(options: OpenOptions): Promise<LineTranslator> {
  const identifier = await openIdentifier(options.read);
  const id = options.translationModel ?? EMBEDDED_MODEL;
  const { manifest: embedded } = await readManifest(options.read, id);
  const picked = (options.picked ?? []).map(({ manifest, languages }) => ({
    languages: languages.filter((one) => manifest.languages.includes(one)),
    open: async () => openPack(manifest, options)
  }));
  const open = async (): Promise<TranslationEngine> => {
    const { manifest } = await readVerified(options.read, id);
    return loadTransformersEngine({ ...filesOf(options), device: 'wasm', manifest });
  };
  return new LineTranslator(
    identifier,
    new EngineShelf([...picked, { languages: embedded.languages, open }]),
    new TranslationMemory()
  );
}

/** One pack's engine alone. Its files are below `modelsRoot` in a folder named by the model's hash. */
export async function openPack(
  manifest: ModelManifest,
  options: Pick<OpenOptions, 'modelsRoot' | 'threads' | 'wasmPaths' | 'device' | 'open'>
): Promise<TranslationEngine> {
  // The pack's own id says nothing sure: two versions of a pack may lie side by side.
  return loadTransformersEngine({ ...filesOf(options), manifest, folder: await modelSha256Hex(manifest) });
}

function filesOf({ modelsRoot, threads, wasmPaths, device, open }: Parameters<typeof openPack>[1]): ModelFiles {
  return {
    modelsRoot,
    threads,
    ...(wasmPaths === undefined ? {} : { wasmPaths }),
    ...(device === undefined ? {} : { device }),
    ...(open === undefined ? {} : { open })
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
