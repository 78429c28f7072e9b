/** Which format a file is, by its bytes and not by its name. */
import { SourceError, told, type Finding } from '../evidence/findings.ts';
import { asWritten, sentence, type Sentence } from '../evidence/wording/sentence.ts';
import { HEAD_BYTES, headOf } from './container/documents.ts';
import { looksLikeZip, ZipContainer } from './container/zip.ts';
import type { Format, SniffHead, SourceInput } from './contract.ts';
import { lockedContainer } from './locked.ts';
import { FORMATS } from './registry.ts';
import { tableNames } from './sqlite/database-format.ts';
import { looksLikeSqlite } from './sqlite/header.ts';
import { controlShare } from './text/encoding.ts';

/** Below this no reader should be trusted with the file. */
const LEAST = 0.2;

export interface Recognised {
  readonly format: Format;
  /** 0 to 1. */
  readonly confidence: number;
  /** Other formats that might fit, best first. */
  readonly alternatives: readonly { readonly format: Format; readonly confidence: number }[];
}

export type Recognition =
  { readonly recognised: Recognised; readonly finding: null } | { readonly recognised: null; readonly finding: Finding };

/** What common files that hold no messages begin with, to say what a wrong file is. */
const SIGNATURES = [
  [[0xff, 0xd8, 0xff], 'is-jpeg'],
  [[0x89, 0x50, 0x4e, 0x47], 'is-png'],
  [[0x47, 0x49, 0x46, 0x38], 'is-gif'],
  [[0x52, 0x49, 0x46, 0x46], 'is-riff'],
  [[0x25, 0x50, 0x44, 0x46], 'is-pdf'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'is-sqlite'],
  [[0x37, 0x7f, 0x06], 'is-write-ahead-log'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'is-7zip'],
  [[0x52, 0x61, 0x72, 0x21], 'is-rar'],
  [[0x1f, 0x8b], 'is-gzip'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'is-old-office'],
  [[0x4d, 0x5a], 'is-program'],
  [[0x49, 0x44, 0x33], 'is-mp3'],
  [[0x4f, 0x67, 0x67, 0x53], 'is-ogg']
] as const;

/** Entries that are documents of an export. What they are is told by their bytes; the ending says where to look. */
const DOCUMENT =
  /\.(?:jsonl?|csv|tsv|vcf|eml|mbox|db|sqlite|sqlitedb)$|(?:^|[\\/])(?:[0-9a-f]{40}|Manifest\.plist|viber_(?:data|messages)|Contacts\.data)$/i;
/** Looked at first: an account's download holds hundreds of documents that are no messages. */
const LIKELY = /message|chat|snap|friend|result|contact|data\.json|main\.jsonl|msgstore|callhistory|\.(?:vcf|eml|mbox)$/i;
/** Looked at before those: the whole of a phone holds hundreds of databases. */
const WELL_KNOWN =
  /(?:^|[\\/])(?:mmssms\.db|sms\.db|msgstore\.db|ChatStorage\.sqlite|Manifest\.plist|viber_messages|3d0d7e5f[0-9a-f]{32}|7c7fba66[0-9a-f]{32}|83b93103[0-9a-f]{32})$/i;
const MOST_INSIDE = 40;

async function headsInside(zip: ZipContainer, signal: AbortSignal): Promise<SniffHead[]> {
  const documents = zip.entries.filter((entry) => !entry.isDirectory && DOCUMENT.test(entry.name) && !zip.needsPassword(entry));
  const likely = documents.filter((entry) => LIKELY.test(entry.name) && !WELL_KNOWN.test(entry.name));
  const others = documents.filter((entry) => !LIKELY.test(entry.name) && !WELL_KNOWN.test(entry.name));
  const known = documents.filter((entry) => WELL_KNOWN.test(entry.name));
  const heads: SniffHead[] = [];
  for (const entry of [...known, ...likely, ...others].slice(0, MOST_INSIDE)) {
    const document = { chunks: (stop: AbortSignal) => zip.read(entry, stop) };
    try {
      heads.push({ name: entry.name, sizeBytes: entry.sizeBytes, bytes: await headOf(document, signal) });
    } catch (error) {
      // A damaged entry says nothing about the others; the reading will tell.
      if (!(error instanceof SourceError)) throw error;
    }
  }
  return heads;
}

function whatItIs(bytes: Uint8Array): Sentence | null {
  if (bytes[4] === 0x66 && bytes[5] === 0x74 && bytes[6] === 0x79 && bytes[7] === 0x70) return sentence('is-mp4');
  for (const [signature, what] of SIGNATURES) if (signature.every((byte, i) => bytes[i] === byte)) return sentence(what);
  return null;
}

/**
 * Reads 64 KiB and, of a zip, the names of its entries and the beginnings of some. Never rejects because of what is in the file: a file
 * that nobody reads gives a finding of one sentence. Rejects with the signal's reason on abort.
 */
export async function recognise(
  input: SourceInput,
  signal: AbortSignal,
  formats: readonly Format[] = FORMATS
): Promise<Recognition> {
  const file = input.name;
  const fail = (code: Finding['code'], said: Sentence): Recognition => ({
    recognised: null,
    finding: { code, severity: 'failure', ...told(said), file, place: null }
  });
  if (input.sizeBytes === 0) return fail('empty-file', sentence('file-empty', { file }));
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await input.blob.slice(0, HEAD_BYTES).arrayBuffer());
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? asWritten(error.message) : sentence('no-reason');
    return fail('damaged-container', sentence('file-unreadable', { file, reason }));
  }
  signal.throwIfAborted();
  const { inside } = input;
  let head: SniffHead = { name: inside?.path ?? file, sizeBytes: input.sizeBytes, bytes, isInside: inside !== undefined };
  if (looksLikeSqlite(bytes)) {
    const tables = await tableNames(input);
    if (tables !== null) head = { ...head, tables };
  }
  if (looksLikeZip(bytes)) {
    try {
      const zip = await ZipContainer.open(input, { signal, wanted: (name) => DOCUMENT.test(name) });
      head = { ...head, entries: zip.entries.map((entry) => entry.name), inside: await headsInside(zip, signal) };
      await zip.close();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SourceError) return fail(error.code, error.sentence);
      throw error;
    }
  }
  const locked = lockedContainer(head);
  if (locked !== null) return fail('encrypted-without-key', locked);
  const ranked = formats
    .map((format) => ({ format, confidence: format.sniff(head) }))
    .filter(({ confidence }) => confidence > 0)
    .sort((a, b) => b.confidence - a.confidence);
  const best = ranked[0];
  if (best === undefined || best.confidence < LEAST) {
    const what = whatItIs(bytes);
    if (what !== null) return fail('not-recognised', sentence('file-is-other', { file, what }));
    if (head.entries !== undefined)
      return fail('not-recognised', sentence('file-is-other-zip', { file, entries: head.entries.length }));
    if (controlShare(bytes) > 0.01) return fail('not-recognised', sentence('file-is-binary', { file }));
    return fail('not-recognised', sentence('file-is-text', { file }));
  }
  return { recognised: { ...best, alternatives: ranked.slice(1) }, finding: null };
}
