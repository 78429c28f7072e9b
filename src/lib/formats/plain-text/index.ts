/**
 * Text that no other format claims: notes, a conversation that somebody copied out, a letter. One file or a folder of them.
 *
 * [Note: Lines of a text] Each line that is not blank is one item, since a line is what the file itself parts; who wrote it and
 * when it does not say, and nothing is guessed. What is read is what a person reads there: no markup, no headers.
 */
import { SourceError, told } from '../../evidence/findings.ts';
import type { MessageRecord, SourcePlace, ThreadRef } from '../../evidence/records.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { headOf, type SourceDocument, type SourceDocuments } from '../container/documents.ts';
import { lockedProbe, openDocumentsOf, readDocuments } from '../container/read-documents.ts';
import type { Format, ReadOptions, SniffHead, SourceInput, SourceProbe } from '../contract.ts';
import { whatElse } from '../phone-csv/table.ts';
import { headText, type NotUtf8 } from '../text/decode.ts';
import { readLines } from '../text/lines.ts';
import { notUtf8Sentence } from '../text/not-utf8.ts';
import { NO_TIME } from '../time/evidence-time.ts';

const ENTRY = /\.txt$/i;
/** Text too, but of a program: what another reader, or nobody, reads. */
const STRUCTURED =
  /\.(?:csv|tsv|tab|jsonl?|xml|x?html?|css|[cm]?js|ts|py|sql|ya?ml|ini|conf|log|plist|svg|eml|mbox|vcf|srt|rtf)$/i;
const PROBE_BYTES = 4 * 2 ** 20;
/** A line beyond this is parted: no screen shows more of one item. */
const LONGEST = 100_000;
/** The least that is believed: every other format is surer of its own. */
const CONFIDENCE = 0.2;
/** Letters, digits and blanks make up most of what people write. */
const LEAST_WORDS = 0.75;

const nameOf = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

function sniff(head: SniffHead): number {
  if (head.bytes.length === 0 || whatElse(head.bytes) !== null || STRUCTURED.test(head.name)) return 0;
  // Among the files of a phone or of an export everything may be text of some kind.
  const isAmongOthers = head.isInside === true || head.name.includes('/');
  if (isAmongOthers && !ENTRY.test(head.name)) return 0;
  const text = headText(head.bytes);
  const words = text.match(/[\p{L}\p{M}\p{N}\s]/gu)?.length ?? 0;
  return text.trim() !== '' && !text.includes('\0') && words >= [...text].length * LEAST_WORDS ? CONFIDENCE : 0;
}

const open = (input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceDocuments> =>
  openDocumentsOf(ENTRY, sentence('text-zip-without', { file: input.name }), input, options, signal);

async function probe(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceProbe> {
  const source = await open(input, options, signal);
  try {
    const locked = lockedProbe(source);
    if (locked !== null) return locked;
    let lines = 0;
    let bytes = 0;
    for (const document of source.documents) {
      if (bytes >= PROBE_BYTES) break;
      const head = await headOf(document, signal, PROBE_BYTES - bytes);
      bytes += head.length;
      lines += headText(head)
        .split('\n')
        .filter((line) => line.trim() !== '').length;
    }
    const facts = [sentence(bytes >= PROBE_BYTES ? 'text-lines-at-least' : 'text-lines', { lines }), sentence('text-nobody')];
    return { questions: [], facts };
  } finally {
    await source.close();
  }
}

async function read(input: SourceInput, options: ReadOptions, sink: EvidenceSink, signal: AbortSignal): Promise<void> {
  const source = await open(input, options, signal);
  try {
    let items = 0;
    await readDocuments(source, input, sink, signal, {
      documents: source.documents,
      read: async (document, progress) => {
        items += await readText(document, input, sink, signal, progress);
      },
      end: () => {},
      isNothing: () => items === 0
    });
    if (items === 0) throw new SourceError('empty-file', sentence('file-blank', { file: input.name }), input.name);
  } finally {
    await source.close();
  }
}

/** @returns how many items the text held */
async function readText(
  document: SourceDocument,
  input: SourceInput,
  sink: EvidenceSink,
  signal: AbortSignal,
  progress: (bytes: number) => void
): Promise<number> {
  const file = document.path === '' ? input.name : `${input.name}/${document.path}`;
  const thread: ThreadRef = { service: 'text', key: file, name: nameOf(file), isGroup: false, members: [] };
  const placeAt = (offset: number): SourcePlace => ({ path: document.path, offset, unit: 'byte' });
  const notUtf8: NotUtf8 = (offset, page) =>
    sink.note({
      code: 'not-utf8',
      severity: 'warning',
      ...told(notUtf8Sentence(file, offset, page, 'lines')),
      place: placeAt(offset)
    });
  let items = 0;
  for await (const { texts, offsets } of readLines(document.chunks(signal), { file, notUtf8 })) {
    signal.throwIfAborted();
    for (const [i, text] of texts.entries()) {
      const line = text.trimEnd();
      if (line.trim() === '') continue;
      for (let at = 0; at < line.length; at += LONGEST) {
        sink.seen('message');
        sink.message(itemOf(thread, line.slice(at, at + LONGEST), placeAt(offsets[i] as number)));
        items++;
      }
    }
    progress(offsets.at(-1) ?? 0);
  }
  return items;
}

const itemOf = (thread: ThreadRef, body: string, place: SourcePlace): MessageRecord => ({
  thread,
  from: null,
  to: [],
  body,
  time: NO_TIME,
  direction: 'unknown',
  state: 0,
  confidence: 'unstated',
  attachments: [],
  place,
  itemId: '',
  // Equal lines of one text are two lines.
  fold: 'ordinal'
});

export const plainText: Format = {
  id: 'plain-text',
  version: 1,
  label: 'Plain text',
  gathers: { takes: (name) => ENTRY.test(name) },
  sniff,
  probe,
  read
};
