/** The chats of one source: a bare text file, or a zip with one or several texts and the media beside them. */
import { SourceError, told, type Finding } from '../../evidence/findings.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { ZipContainer, looksLikeZip, type ZipEntry } from '../container/zip.ts';
import type { ReadOptions, SourceInput } from '../contract.ts';
import { blobChunks } from '../text/decode.ts';
import { baseName, chatNameFromFile, isChatFileName } from './chat-name.ts';

export interface ChatText {
  /** Name for messages: the file, or file and entry. */
  readonly label: string;
  /** Path inside the container, '' for a bare file. */
  readonly path: string;
  /** Name of the chat where a file name states it. */
  readonly chatName: string | null;
  /** Unpacked size as declared: a hint for progress. */
  readonly sizeBytes: number;
  /** Bytes of the source that this text takes up. */
  readonly sourceBytes: number;
  chunks(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** A file beside the text, by its name; undefined where the export has none. */
  beside(fileName: string): { readonly path: string; readonly sizeBytes: number } | undefined;
}

export interface ChatSource {
  readonly chats: readonly ChatText[];
  readonly isZip: boolean;
  readonly needsPassword: boolean;
  readonly mediaFiles: number;
  readonly notes: readonly Omit<Finding, 'file'>[];
  close(): Promise<void>;
}

/** A zip may hold other texts as attachments; only this many are looked at where no name is a chat's. */
const UNNAMED_TEXTS = 20;

/**
 * Opens a source.
 * @throws SourceError 'empty-file', 'not-recognised' (a zip without a chat), and what ZipContainer.open throws.
 */
export async function openChats(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<ChatSource> {
  if (input.sizeBytes === 0) throw new SourceError('empty-file', sentence('file-empty', { file: input.name }), input.name);
  const head = new Uint8Array(await input.blob.slice(0, 4).arrayBuffer());
  signal.throwIfAborted();
  return looksLikeZip(head) ? openZip(input, options, signal) : openBare(input);
}

function openBare(input: SourceInput): ChatSource {
  const chat: ChatText = {
    label: input.name,
    path: '',
    chatName: chatNameFromFile(input.name),
    sizeBytes: input.sizeBytes,
    sourceBytes: input.sizeBytes,
    chunks: (signal) => blobChunks(input.blob, signal),
    beside: () => undefined
  };
  return { chats: [chat], isZip: false, needsPassword: false, mediaFiles: 0, notes: [], close: () => Promise.resolve() };
}

async function openZip(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<ChatSource> {
  const isText = (name: string): boolean => /\.txt$/i.test(name);
  const zip = await ZipContainer.open(input, {
    signal,
    wanted: isText,
    ...(options.password === undefined ? {} : { password: options.password })
  });
  const files = zip.entries.filter((entry) => !entry.isDirectory && !entry.name.startsWith('__MACOSX/'));
  const named = files.filter((entry) => isChatFileName(entry.name));
  const texts = named.length > 0 ? named : files.filter((entry) => isText(entry.name)).slice(0, UNNAMED_TEXTS);
  if (texts.length === 0) {
    await zip.close();
    throw new SourceError('not-recognised', sentence('chat-zip-without', { file: input.name, files: files.length }), input.name);
  }
  const byPath = new Map(files.map((entry) => [entry.name, entry]));
  const nested = files.filter((entry) => /\.zip$/i.test(entry.name)).length;
  const notes = [...zip.notes];
  if (nested > 0) {
    notes.push({
      code: 'entry-skipped',
      severity: 'warning',
      ...told(sentence('chat-zips-inside', { file: input.name, nested })),
      place: null
    });
  }
  return {
    chats: texts.map((entry) => chatOf(input, zip, entry, texts.length === 1, byPath)),
    isZip: true,
    needsPassword: texts.some((entry) => zip.needsPassword(entry)),
    mediaFiles: files.length - texts.length,
    notes,
    close: () => zip.close()
  };
}

function chatOf(
  input: SourceInput,
  zip: ZipContainer,
  entry: ZipEntry,
  isOnly: boolean,
  byPath: ReadonlyMap<string, ZipEntry>
): ChatText {
  const folder = entry.name.slice(0, entry.name.length - baseName(entry.name).length);
  // `_chat.txt` says nothing: then the folder or, for a single chat, the zip is named after the chat.
  const chatName =
    chatNameFromFile(entry.name) ?? chatNameFromFile(folder.replace(/\/$/, '')) ?? (isOnly ? chatNameFromFile(input.name) : null);
  return {
    label: `${input.name}: '${entry.name}'`,
    path: entry.name,
    chatName,
    sizeBytes: entry.sizeBytes,
    sourceBytes: entry.compressedBytes,
    chunks: (signal) => zip.read(entry, signal),
    beside: (fileName) => {
      const found = byPath.get(folder + fileName) ?? byPath.get(fileName);
      return found === undefined ? undefined : { path: found.name, sizeBytes: found.sizeBytes };
    }
  };
}
