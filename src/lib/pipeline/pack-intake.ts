/**
 * Takes a model pack in: a dropped folder or a zip, checked against its own manifest byte by byte while it is written.
 * Only listed files are ever written; anything else that was dropped is left where it is. What is wrong is refused with
 * the file named, and what was written until then is thrown away.
 */
import { createSHA256 } from 'hash-wasm';
import { SourceError } from '../evidence/findings.ts';
import { looksLikeZip, ZipContainer, type ZipEntry } from '../formats/container/zip.ts';
import { modelSha256Hex, type ModelManifest } from '../language/manifest.ts';
import { PackRefused, type PackRefusal } from '../language/packs/refusal.ts';
import { PACK_LIMITS, parsePackManifest } from '../language/packs/schema.ts';
import { checkSignature, type SignatureVerdict, type Signer } from '../language/packs/signature.ts';

/** A file of a drop; `name` keeps the folders it lay in. */
export interface DroppedFile {
  readonly name: string;
  readonly file: Blob;
}

/** Where a pack is written. `abandon` leaves nothing behind. */
export interface PackRoom {
  /** Opens file number `index` of the manifest for writing, in chunks, in order. */
  write(index: number): Promise<{ append(bytes: Uint8Array): Promise<void>; close(): Promise<void> }>;
  abandon(): Promise<void>;
}

export interface PackStore {
  /** True where a pack of that hash is there already. */
  holds(modelSha256Hex: string): Promise<boolean>;
  /** Free bytes as the browser states them, or null where it does not. */
  free(): Promise<number | null>;
  room(modelSha256Hex: string): Promise<PackRoom>;
}

/** What stands on the device of a pack before it was tried. */
export interface StagedPack {
  readonly manifest: ModelManifest;
  readonly manifestText: string;
  readonly card: string;
  readonly modelSha256Hex: string;
  readonly signature: SignatureVerdict;
  /** Dropped files that the manifest does not list, and that were left out. */
  readonly leftOut: number;
}

export type IntakeResult =
  { readonly ok: true; readonly pack: StagedPack } | { readonly ok: false; readonly refusal: PackRefusal };

export interface IntakeOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { readonly bytesDone: number; readonly bytesTotal: number }) => void;
  readonly knownSigners?: readonly Signer[];
}

/** One file of a pack, wherever it lies. */
interface PackEntry {
  readonly path: string;
  /** As stated by folder or zip; what comes out is counted. */
  readonly sizeBytes: number;
  read(capBytes: number): AsyncGenerator<Uint8Array> | AsyncIterable<Uint8Array>;
}

/**
 * Verifies and writes a pack; it counts only once the store is told so.
 * Rejects with the signal's reason on abort; everything else that a pack causes is a refusal.
 */
export async function takePack(files: readonly DroppedFile[], store: PackStore, options: IntakeOptions): Promise<IntakeResult> {
  let room: PackRoom | null = null;
  let close: () => Promise<void> = async () => {};
  try {
    const source = await entriesOf(files, options.signal);
    close = source.close;
    const { entries, root } = rootOf(source.entries);
    const manifestText = await textOf(entryAt(entries, `${root}manifest.json`), PACK_LIMITS.manifestBytes, 'manifest-too-large');
    const { manifest, raw } = parsePackManifest(manifestText);
    const signature = await checkSignature(raw, manifest.signature, options.knownSigners);
    if (signature.kind === 'wrong') throw new PackRefused('signature-wrong', 'manifest.json');
    const hash = await modelSha256Hex(manifest);
    if (await store.holds(hash)) throw new PackRefused('already-here', 'manifest.json', manifest.title);
    const bytesTotal = manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0);
    const free = await store.free();
    if (free !== null && free < bytesTotal) throw new PackRefused('no-space', '', String(bytesTotal));
    // Sizes are compared before a byte is unpacked: a wrong pack is refused in a moment.
    for (const file of manifest.files) {
      const found = entryAt(entries, `${root}${file.path}`);
      if (found.sizeBytes !== file.sizeBytes) throw wrongSize(file.path, file.sizeBytes, found.sizeBytes);
    }
    const cardEntry = entries.get(`${root}card.md`);
    const card = cardEntry === undefined ? '' : await textOf(cardEntry, PACK_LIMITS.cardBytes, 'too-large');
    room = await store.room(hash);
    let bytesDone = 0;
    for (const [index, file] of manifest.files.entries()) {
      const target = await room.write(index);
      const digest = await createSHA256();
      let size = 0;
      for await (const chunk of entryAt(entries, `${root}${file.path}`).read(file.sizeBytes)) {
        options.signal.throwIfAborted();
        size += chunk.length;
        if (size > file.sizeBytes) throw wrongSize(file.path, file.sizeBytes, size);
        digest.update(chunk);
        await target.append(chunk);
        bytesDone += chunk.length;
        options.onProgress?.({ bytesDone, bytesTotal });
      }
      await target.close();
      if (size !== file.sizeBytes) throw wrongSize(file.path, file.sizeBytes, size);
      if (digest.digest('hex') !== file.sha256Hex) throw new PackRefused('file-hash', file.path);
    }
    const listed = new Set(['manifest.json', 'card.md', ...manifest.files.map(({ path }) => path)].map((path) => root + path));
    const leftOut = [...entries.keys()].filter((path) => !listed.has(path)).length;
    return { ok: true, pack: { manifest, manifestText, card, modelSha256Hex: hash, signature, leftOut } };
  } catch (error) {
    await room?.abandon();
    options.signal.throwIfAborted();
    return { ok: false, refusal: refusalOf(error) };
  } finally {
    await close();
  }
}

const wrongSize = (path: string, stated: number, found: number): PackRefused =>
  new PackRefused('file-size', path, `${found} / ${stated}`);

function refusalOf(error: unknown): PackRefusal {
  if (error instanceof PackRefused) return error.refusal;
  if (error instanceof SourceError) {
    const file = error.place?.path ?? '';
    if (error.code === 'ratio-too-high' || error.code === 'too-large') return { code: 'zip-bomb', file, detail: '' };
    if (error.code === 'encrypted-without-key' || error.code === 'wrong-password')
      return { code: 'zip-encrypted', file, detail: '' };
    return { code: 'zip-damaged', file, detail: error.message };
  }
  if (error instanceof DOMException && error.name === 'QuotaExceededError') return { code: 'no-space', file: '', detail: '' };
  throw error;
}

interface Source {
  readonly entries: readonly PackEntry[];
  close(): Promise<void>;
}

/** A single zip is opened; anything else is taken as the files of a folder. */
async function entriesOf(files: readonly DroppedFile[], signal: AbortSignal): Promise<Source> {
  const [only] = files;
  if (files.length === 1 && only !== undefined) {
    const head = new Uint8Array(await only.file.slice(0, 4).arrayBuffer());
    if (looksLikeZip(head)) return zipEntries(only, signal);
  }
  if (files.length > PACK_LIMITS.files * 4) throw new PackRefused('too-many-files', '', String(files.length));
  const entries = files.map(({ name, file }) => ({ path: name, sizeBytes: file.size, read: () => chunksOf(file) }));
  return { entries, close: async () => {} };
}

async function* chunksOf(file: Blob): AsyncGenerator<Uint8Array> {
  const SLICE_BYTES = 4 << 20;
  for (let at = 0; at < file.size; at += SLICE_BYTES) {
    yield new Uint8Array(await file.slice(at, at + SLICE_BYTES).arrayBuffer());
  }
}

async function zipEntries({ name, file }: DroppedFile, signal: AbortSignal): Promise<Source> {
  const zip = await ZipContainer.open({ name, sizeBytes: file.size, blob: file }, { signal });
  const close = (): Promise<void> => zip.close();
  const readable = zip.entries.filter((entry: ZipEntry) => !entry.isDirectory);
  if (readable.length > PACK_LIMITS.files * 4) {
    await close();
    throw new PackRefused('too-many-files', '', String(readable.length));
  }
  const entries = readable.map((entry) => ({
    path: entry.name,
    sizeBytes: entry.sizeBytes,
    read: (capBytes: number) => zip.read(entry, signal, capBytes)
  }));
  return { entries, close };
}

/** The folder that holds the manifest, and everything by its path. A pack is one folder deep at most as people zip it. */
function rootOf(all: readonly PackEntry[]): { entries: ReadonlyMap<string, PackEntry>; root: string } {
  const entries = new Map<string, PackEntry>();
  const lower = new Set<string>();
  for (const entry of all) {
    if (isOutside(entry.path)) throw new PackRefused('path-unsafe', entry.path);
    if (lower.has(entry.path.toLowerCase())) throw new PackRefused('name-twice', entry.path);
    lower.add(entry.path.toLowerCase());
    entries.set(entry.path, entry);
  }
  const depth = (path: string): number => path.split('/').length;
  const manifests = [...entries.keys()]
    .filter((path) => /(?:^|\/)manifest\.json$/.test(path))
    .sort((a, b) => depth(a) - depth(b));
  const [first, second] = manifests;
  if (first === undefined) throw new PackRefused('no-manifest');
  if (second !== undefined && depth(second) === depth(first)) throw new PackRefused('several-manifests', second);
  return { entries, root: first.slice(0, -'manifest.json'.length) };
}

/** Names that mean a place outside the folder on some system. Nothing is ever written by them; they show ill will. */
function isOutside(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:)/.test(path) || path.includes('\\') || path.includes('\0') || path.split('/').includes('..');
}

function entryAt(entries: ReadonlyMap<string, PackEntry>, path: string): PackEntry {
  const found = entries.get(path);
  if (found === undefined) throw new PackRefused('file-missing', path);
  return found;
}

async function textOf(entry: PackEntry, capBytes: number, code: 'manifest-too-large' | 'too-large'): Promise<string> {
  if (entry.sizeBytes > capBytes) throw new PackRefused(code, entry.path, String(entry.sizeBytes));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of entry.read(capBytes)) {
    size += chunk.length;
    if (size > capBytes) throw new PackRefused(code, entry.path, String(size));
    parts.push(new Uint8Array(chunk));
  }
  return new Blob(parts).text();
}
