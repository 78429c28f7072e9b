/** Opens the shipped models, in a worker and in Node alike: every byte checked against its manifest before first use. */
import type { BergamotParts } from './bergamot/module.ts';
import type { BeforeShape, LanguageCode, PassageShape, TranslationEngine } from './contract.ts';
import { contentOf, listedPath } from './deflated.ts';
import { loadBergamotEngine } from './engine-bergamot.ts';
import { EngineShelf } from './engine-shelf.ts';
import { loadTransformersEngine } from './engine-transformers.ts';
import { EXAMPLES_FOLDER, ExampleShelf } from './examples/shelf.ts';
import type { ExampleShape } from './examples/mix.ts';
import { HINTS_FILE, readHints } from './hints.ts';
import { LanguageIdentifier, type LanguageTableConfig } from './identify.ts';
import { modelSha256Hex, verifyModelFile, type ModelManifest } from './manifest.ts';
import { ModelFault } from './model-fault.ts';
import { TranslationMemory } from './memory.ts';
import { readNames } from './names.ts';
import { readPhraseBook } from './phrase-book.ts';
import { DEFAULT_THRESHOLDS, type QualityRules } from './quality.ts';
import type { Device, ModelFiles } from './seq2seq.ts';
import { LineTranslator } from './translate.ts';
import { readWordTable } from './word-table.ts';

export interface OpenOptions {
  /** Bytes of a file below the models folder, such as 'langid/table.bin'. Rejects when it is not there. */
  readonly read: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
  /** The same folder as the engine finds it: a path in Node, '/models/' on our own origin in a browser. */
  readonly modelsRoot: string;
  readonly threads: number;
  /** The ONNX runtime's two files on our own origin; only in a browser. */
  readonly wasmPaths?: { readonly mjs: string; readonly wasm: string };
  readonly translationModel?: string;
  /** Of the embedded model, in place of its manifest's word: to measure what it is worth. */
  readonly passages?: PassageShape | null;
  readonly before?: BeforeShape | null;
  readonly examples?: ExampleShape | null;
  /** Where the embedded model runs; 'wasm' unless a trial here found the graphics card faster and of the same words. */
  readonly embeddedDevice?: Device;
  /** Packs that were picked for languages; every other language is left to the embedded model. */
  readonly picked?: readonly PickedPack[];
  /** In a browser only: the device of this worker, and the door to the packs' files. */
  readonly device?: Device;
  readonly open?: (path: string) => Promise<Response> | null;
  /** The second runtime, for packs in Marian's format; fetched when the first of them is opened. */
  readonly bergamot?: BergamotParts;
}

/** A pack on this device and the languages it was picked for. */
export interface PickedPack {
  readonly manifest: ModelManifest;
  readonly languages: readonly LanguageCode[];
}

const EMBEDDED_MODEL = 'romance-en';
const IDENTIFIER_MODEL = 'langid';
const WORD_TABLE_FILE = 'lexicon.json';
const PHRASES_FILE = 'phrases.json';
const NAMES_FILE = 'names.txt';

/** The shipped identifier, its files checked. */
export async function openIdentifier(read: OpenOptions['read']): Promise<LanguageIdentifier> {
  const files = await readVerified(read, (await readManifest(read, IDENTIFIER_MODEL)).manifest);
  const config = JSON.parse(new TextDecoder().decode(await files('config.json'))) as LanguageTableConfig;
  const table = await files('table.bin');
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
    open: async () => openPack(manifest, options),
    rules: async () => ({ thresholds: manifest.quality ?? DEFAULT_THRESHOLDS, words: null })
  }));
  const open = (): Promise<TranslationEngine> => openEmbedded(embedded, options);
  let judged: Promise<QualityRules> | null = null;
  const rules = (): Promise<QualityRules> => (judged ??= rulesOf(options.read, embedded));
  return new LineTranslator(
    identifier,
    new EngineShelf([...picked, { languages: embedded.languages, open, rules }]),
    new TranslationMemory()
  );
}

/** Manifest of a shipped model, and what it brings for judging its lines: a pack brings its thresholds alone. */
export async function readQualityRules(
  read: OpenOptions['read'],
  id: string
): Promise<{ manifest: ModelManifest; rules: QualityRules }> {
  const { manifest } = await readManifest(read, id);
  return { manifest, rules: await rulesOf(read, manifest) };
}

async function rulesOf(read: OpenOptions['read'], manifest: ModelManifest): Promise<QualityRules> {
  const thresholds = manifest.quality ?? DEFAULT_THRESHOLDS;
  const ifListed = async <T>(name: string, parse: (bytes: Uint8Array) => T): Promise<T | null> => {
    const path = listedPath(manifest, name);
    if (path === null) return null;
    const bytes = await read(`${manifest.id}/${path}`);
    await verifyModelFile(manifest, path, bytes);
    return parse(await contentOf(path, bytes));
  };
  const phrases = await ifListed(PHRASES_FILE, readPhraseBook);
  const words = await ifListed(WORD_TABLE_FILE, readWordTable);
  const names = await ifListed(NAMES_FILE, readNames);
  return { thresholds, words, ...(phrases === null ? {} : { phrases }), ...(names === null ? {} : { names }) };
}

/** A shipped model's engine alone, every file checked. */
export async function openEmbedded(
  manifest: ModelManifest,
  options: Pick<
    OpenOptions,
    'read' | 'modelsRoot' | 'threads' | 'wasmPaths' | 'embeddedDevice' | 'open' | 'passages' | 'before' | 'examples'
  >
): Promise<TranslationEngine> {
  const files = await readVerified(options.read, manifest);
  const marks = manifest.runtime?.hintMarks;
  const hints = marks === undefined ? {} : { hints: readHints(await files(HINTS_FILE), marks) };
  const { passages, before, embeddedDevice = 'wasm' } = options;
  const mixed = options.examples === undefined ? manifest.runtime?.examples : (options.examples ?? undefined);
  const examples = mixed === undefined ? {} : { examples: new ExampleShelf(manifest, mixed, files) };
  const shape = { ...(passages === undefined ? {} : { passages }), ...(before === undefined ? {} : { before }) };
  return loadTransformersEngine({ ...filesOf(options), device: embeddedDevice, manifest, ...hints, ...examples, ...shape });
}

/** One pack's engine alone. Its files are below `modelsRoot` in a folder named by the model's hash. */
export async function openPack(
  manifest: ModelManifest,
  options: Pick<OpenOptions, 'modelsRoot' | 'threads' | 'wasmPaths' | 'device' | 'open' | 'bergamot'>
): Promise<TranslationEngine> {
  // The pack's own id says nothing sure: two versions of a pack may lie side by side.
  const folder = await modelSha256Hex(manifest);
  const { bergamot, open, modelsRoot } = options;
  if (manifest.bergamot === undefined) return loadTransformersEngine({ ...filesOf(options), manifest, folder });
  if (bergamot === undefined) throw new ModelFault('config', `${manifest.id} is in a format that is not read here`);
  const read = async (path: string): Promise<Uint8Array> => {
    const response = await open?.(`${modelsRoot}${folder}/${path}`);
    if (response?.ok !== true) throw new ModelFault('not-a-model', path);
    return new Uint8Array(await response.arrayBuffer());
  };
  return loadBergamotEngine({ manifest, parts: bergamot, read });
}

function filesOf({
  modelsRoot,
  threads,
  wasmPaths,
  device,
  open
}: Pick<OpenOptions, 'modelsRoot' | 'threads' | 'wasmPaths' | 'device' | 'open'>): ModelFiles {
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

/** Every file of a shipped model, each checked; the answer gives their contents by name. Tables of examples wait until they
 * are asked for: a case in one language needs one of them. */
async function readVerified(
  read: OpenOptions['read'],
  manifest: ModelManifest
): Promise<(name: string) => Promise<Uint8Array<ArrayBuffer>>> {
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  const verified = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await read(`${manifest.id}/${path}`);
    await verifyModelFile(manifest, path, bytes);
    return bytes;
  };
  for (const { path } of manifest.files) if (!path.startsWith(EXAMPLES_FOLDER)) contents.set(path, await verified(path));
  return async (name) => {
    const path = listedPath(manifest, name);
    if (path === null) throw new Error(`${manifest.id}/manifest.json does not list ${name}`);
    return contentOf(path, contents.get(path) ?? (await verified(path)));
  };
}
