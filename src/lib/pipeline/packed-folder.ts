/**
 * [Note: Folders]
 * Documents that are one export in a zip (the parts of a thread, the tables of a report) are one export in a folder as
 * well. They are read by the same code: the files of the folder are put between the headers of a zip without compression,
 * as one Blob of which no file is copied, and that is what the reader gets. Places in it are paths in the folder.
 *
 * A folder has no hash. In its place stands the SHA-256 of the list of its documents' own, as `sha256sum` prints it (in
 * the order of their paths, hash, two blanks, path, line feed), and each document's hash is among the findings, so that
 * both can be checked with other programs. Files that no document of the export is (pictures, sound) are listed for their
 * sizes, and never opened nor hashed.
 */
import { createCRC32, createSHA256 } from 'hash-wasm';
import { told, type Finding } from '../evidence/findings.ts';
import { sentence } from '../evidence/wording/sentence.ts';
import type { FolderFile, FolderOrigin, SourceInput } from '../formats/contract.ts';
import { joinedBlob } from '../formats/container/joined-blob.ts';
import { storedZipParts } from '../formats/container/stored-zip.ts';

const SLICE_BYTES = 4 << 20;

/** The folder as one source. Rejects with the signal's reason on abort, and as Blobs do whose files are gone. */
export async function packedFolder(
  name: string,
  files: readonly FolderFile[],
  signal: AbortSignal,
  onProgress: (bytesDone: number) => void = () => {}
): Promise<SourceInput> {
  const crc = await createCRC32();
  const sha = await createSHA256();
  const entries: { name: string; sizeBytes: number; crc32: number; body: Blob }[] = [];
  const documents: { path: string; sha256Hex: string }[] = [];
  let done = 0;
  for (const { path, blob, isDocument } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    crc.init();
    sha.init();
    const readBytes = isDocument ? blob.size : 0;
    for (let at = 0; at < readBytes; at += SLICE_BYTES) {
      signal.throwIfAborted();
      const piece = new Uint8Array(await blob.slice(at, at + SLICE_BYTES).arrayBuffer());
      crc.update(piece);
      sha.update(piece);
      onProgress((done += piece.length));
    }
    if (isDocument) documents.push({ path, sha256Hex: sha.digest('hex') });
    entries.push({ name: path, sizeBytes: blob.size, crc32: Number.parseInt(crc.digest('hex'), 16), body: blob });
  }
  sha.init();
  sha.update(documents.map(({ path, sha256Hex }) => `${sha256Hex}  ${path}\n`).join(''));
  const blob = joinedBlob(storedZipParts<Blob>(entries));
  return { name, sizeBytes: blob.size, blob, folder: { sha256Hex: sha.digest('hex'), documents } };
}

/** Each document with its hash, for the record. */
export function documentFindings({ documents }: FolderOrigin, file: string): Finding[] {
  return documents.map(({ path, sha256Hex }) => ({
    code: 'document-hashed',
    severity: 'note',
    ...told(sentence('folder-document', { path, hash: sha256Hex })),
    file,
    place: { path, offset: 0, unit: 'byte' }
  }));
}
