/** What readers of a source of one or many documents do alike: ask for a password, find none of theirs, read one after the other. */
import { SourceError, told } from '../../evidence/findings.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import type { ReadOptions, SourceInput, SourceProbe } from '../contract.ts';
import { notesOf, openDocuments, throwIfLocked, type SourceDocument, type SourceDocuments } from './documents.ts';

/** @throws SourceError 'not-recognised' with the sentence where a zip has no entry of this kind, and what openDocuments throws */
export async function openDocumentsOf(
  entry: RegExp,
  without: Sentence,
  input: SourceInput,
  options: ReadOptions,
  signal: AbortSignal
): Promise<SourceDocuments> {
  const source = await openDocuments(input, options, signal, (name) => entry.test(name));
  if (source.documents.length > 0) return source;
  await source.close();
  throw new SourceError('not-recognised', without, input.name);
}

/** The question for the password that a document needs; null where none does. */
export function lockedProbe({ locked }: SourceDocuments): SourceProbe | null {
  if (locked === null) return null;
  const reason = sentence('file-encrypted', { where: locked.where });
  return { questions: [{ kind: 'password', reason }], facts: [sentence('zip-encrypted')] };
}

export interface DocumentReading {
  /** Those of the source that are read. */
  readonly documents: readonly SourceDocument[];
  /** @param progress is told the bytes of the document that are done */
  read(document: SourceDocument, progress: (bytes: number) => void): Promise<void>;
  /** After the last, whether all could be read or not. */
  end(): void;
  /** True where no document gave anything: then the fault of the last damaged one is that of the source. */
  isNothing(): boolean;
}

/**
 * Reads documents in turn and tells the progress over all of them. A damaged one of many is told and does not take the
 * others with it.
 * @throws SourceError for a locked source, for the only document, and where nothing was read
 */
export async function readDocuments(
  source: SourceDocuments,
  { name, sizeBytes }: SourceInput,
  sink: EvidenceSink,
  signal: AbortSignal,
  { documents, read, end, isNothing }: DocumentReading
): Promise<void> {
  throwIfLocked(source, name);
  for (const note of notesOf(source, name, documents.length)) sink.note(note);
  let before = 0;
  let broken: SourceError | null = null;
  for (const document of documents) {
    const share = document.sizeBytes > 0 ? document.packedBytes / document.sizeBytes : 1;
    const start = before;
    try {
      await read(document, (bytes) => sink.progress(Math.min(sizeBytes, Math.floor(start + bytes * share))));
    } catch (error) {
      if (!(error instanceof SourceError) || signal.aborted) throw error;
      if (documents.length > 1) sink.note({ code: error.code, severity: 'failure', ...told(error.sentence), place: error.place });
      broken = error;
    }
    before += document.packedBytes;
  }
  end();
  if (broken !== null && (documents.length === 1 || isNothing())) throw broken;
  sink.progress(sizeBytes);
}
