/**
 * The documents of one source: a bare file, or those entries of a zip that a format may want. For formats that are
 * the same bare and packed.
 */
import { SourceError, told, type Finding } from '../../evidence/findings.ts';
import { asWritten, sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import type { ReadOptions, SourceInput } from '../contract.ts';
import { blobChunks } from '../text/decode.ts';
import { looksLikeZip, ZipContainer, type ZipEntry } from './zip.ts';

export interface SourceDocument {
  /** Path inside the container, '' for a bare file. */
  readonly path: string;
  /** Names the document in sentences: the file, or file and entry. */
  readonly where: Sentence;
  /** Unpacked size as declared: a hint. */
  readonly sizeBytes: number;
  /** Bytes of the source that it takes up. */
  readonly packedBytes: number;
  chunks(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

export interface SourceDocuments {
  /** In natural order of their paths: 2 before 10. */
  readonly documents: readonly SourceDocument[];
  readonly isZip: boolean;
  /** The first wanted entry that needs a password which was not given. */
  readonly locked: SourceDocument | null;
  readonly notes: readonly Omit<Finding, 'file'>[];
  /** Files of the container in all, documents or not. */
  readonly files: number;
  /** Size of a file of the container by its path, however the export spells the folders before it. */
  sizeOf(path: string): number | undefined;
  close(): Promise<void>;
}

/** Bytes that are enough to tell what a document is. */
export const HEAD_BYTES = 64 * 1024;

/**
 * @throws SourceError 'empty-file', and what ZipContainer.open throws.
 * @param wanted entries of a zip that come into question, by name.
 */
export async function openDocuments(
  input: SourceInput,
  options: Pick<ReadOptions, 'password'>,
  signal: AbortSignal,
  wanted: (name: string) => boolean
): Promise<SourceDocuments> {
  if (input.sizeBytes === 0) throw new SourceError('empty-file', sentence('file-empty', { file: input.name }), input.name);
  const head = new Uint8Array(await input.blob.slice(0, 4).arrayBuffer());
  signal.throwIfAborted();
  if (!looksLikeZip(head)) {
    const bare: SourceDocument = {
      path: '',
      where: asWritten(input.name),
      sizeBytes: input.sizeBytes,
      packedBytes: input.sizeBytes,
      chunks: (stop) => blobChunks(input.blob, stop)
    };
    return {
      documents: [bare],
      isZip: false,
      locked: null,
      notes: [],
      files: 1,
      sizeOf: () => undefined,
      close: () => Promise.resolve()
    };
  }
  const zip = await ZipContainer.open(input, {
    signal,
    wanted,
    ...(options.password === undefined ? {} : { password: options.password })
  });
  const files = zip.entries.filter((entry) => !entry.isDirectory && !entry.name.startsWith('__MACOSX/'));
  const entries = files.filter((entry) => wanted(entry.name));
  const order = new Intl.Collator('en', { numeric: true });
  entries.sort((a, b) => order.compare(a.name, b.name));
  const documentOf = (entry: ZipEntry): SourceDocument => ({
    path: entry.name,
    where: sentence('entry-in', { file: input.name, entry: entry.name }),
    sizeBytes: entry.sizeBytes,
    packedBytes: entry.compressedBytes,
    chunks: (stop) => zip.read(entry, stop)
  });
  const lockedEntry = entries.find((entry) => zip.needsPassword(entry));
  let sizes: Map<string, number> | null = null;
  return {
    documents: entries.map(documentOf),
    isZip: true,
    locked: lockedEntry === undefined ? null : documentOf(lockedEntry),
    notes: zip.notes,
    files: files.length,
    sizeOf: (path) => {
      sizes ??= new Map(files.map((entry) => [entry.name, entry.sizeBytes]));
      let rest = path.replace(/^\.?\//, '');
      // An export names its files from a root of its own, which may lie one or two folders deeper or higher here.
      for (let cuts = 0; cuts < 4; cuts++) {
        const size = sizes.get(rest);
        if (size !== undefined) return size;
        const slash = rest.indexOf('/');
        if (slash < 0) break;
        rest = rest.slice(slash + 1);
      }
      return undefined;
    },
    close: () => zip.close()
  };
}

/**
 * What an officer should know before trusting that a zip was read: its faults, and how many of its files are none of
 * this format's. Media are among them; so may be documents for another reader.
 */
export function notesOf(source: SourceDocuments, file: string, read: number): readonly Omit<Finding, 'file'>[] {
  const others = source.files - read;
  if (others === 0) return source.notes;
  return [
    ...source.notes,
    { code: 'entry-skipped', severity: 'note', ...told(sentence('zip-files-beside', { file, others, read })), place: null }
  ];
}

/** @throws SourceError 'encrypted-without-key' where a document needs a password that was not given */
export function throwIfLocked({ locked }: SourceDocuments, file: string): void {
  if (locked === null) return;
  const place = { path: locked.path, offset: 0, unit: 'byte' } as const;
  throw new SourceError('encrypted-without-key', sentence('zip-entry-locked', { where: locked.where }), file, place);
}

/** The first bytes of a document, fewer where it is shorter. */
export async function headOf(
  document: Pick<SourceDocument, 'chunks'>,
  signal: AbortSignal,
  most = HEAD_BYTES
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of document.chunks(signal)) {
    parts.push(chunk);
    if ((length += chunk.length) >= most) break;
  }
  const head = new Uint8Array(Math.min(length, most));
  let at = 0;
  for (const part of parts) {
    const piece = part.subarray(0, head.length - at);
    head.set(piece, at);
    at += piece.length;
  }
  return head;
}
