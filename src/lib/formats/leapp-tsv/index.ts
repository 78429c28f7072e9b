/** The TSV files of ALEAPP and iLEAPP ("_TSV Exports"): one table an artifact, named by its file. */
import { told } from '../../evidence/findings.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { SourceDocument, SourceDocuments } from '../container/documents.ts';
import { lockedProbe, openDocumentsOf, readDocuments } from '../container/read-documents.ts';
import { looksLikeZip } from '../container/zip.ts';
import type { Format, ReadOptions, SniffHead, SourceInput, SourceProbe, SourceQuestion } from '../contract.ts';
import { CountingSink } from '../counting-sink.ts';
import { FindingTally } from '../finding-tally.ts';
import { ArtifactRows, refuseRow } from '../leapp/artifact-rows.ts';
import { columnsOf, kindOf } from '../leapp/columns.ts';
import { LeappPeople } from '../leapp/people.ts';
import { NO_VIEW } from '../leapp/view.ts';
import { isBlank, RowReader } from '../phone-csv/rows.ts';
import { decodeText } from '../text/decode.ts';
import { notUtf8Sentence } from '../text/not-utf8.ts';
import { ItemTimes } from '../time/item-times.ts';

const ENTRY = /\.tsv$/i;
const FOLDER = /(?:^|[\\/])_?TSV(?: |_)Exports?(?:[\\/]|$)/i;
const PROBE_BYTES = 2 * 2 ** 20;
const PROBE_DOCUMENTS = 50;

/** The artifact's name: the file's, without its folder and ending. */
function artifactName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replace(/\.(?:tsv|txt|csv)$/i, '');
}

function headersIn(bytes: Uint8Array): readonly string[] {
  const text = new TextDecoder().decode(bytes.subarray(0, 16_384)).replace(/^\ufeff/, '');
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  return line.includes('\t') && !line.includes('\0') ? line.split('\t') : [];
}

/** A table by tabs that its headers make an artifact of messages, calls or contacts; any other in the tool's own folder. */
function likeness(head: SniffHead): number {
  const headers = headersIn(head.bytes);
  if (headers.length < 2) return 0;
  if (FOLDER.test(head.name) && ENTRY.test(head.name)) return 0.95;
  const columns = columnsOf(headers);
  const kind = kindOf(artifactName(head.name), columns);
  if (kind !== 'message' && kind !== 'call' && kind !== 'contact') return 0;
  // Headers as the tools' modules write them; another program's table by tabs stays a table.
  const own = headers.filter((header) => OWN_HEADERS.test(header)).length;
  return own >= 2 ? 0.93 : 0;
}

const OWN_HEADERS =
  /^(?:Message Timestamp|Message Direction|Sent By Me|From Me|Sender Name|From ID|To ID|Author ID|Thread ID|Chat Contact ID|Call Start|Call Originator|Starting Timestamp|Ending Timestamp|Duration H:M:S|Disconnected cause|Contact Fullname|Whatsapp ID|About Text|Storage Place|Creation Date|Source file name|Message Row ID|Message GUID|Number of Forwardings|Forward Timestamp)$/i;

const open = (input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceDocuments> =>
  openDocumentsOf(ENTRY, sentence('leapp-zip-without', { file: input.name }), input, options, signal);

interface Reading {
  readonly options: ReadOptions;
  readonly file: string;
  readonly tally: FindingTally;
  readonly people: LeappPeople;
  readonly times: ItemTimes;
}

async function readDocument(
  document: SourceDocument,
  sink: EvidenceSink,
  reading: Reading,
  signal: AbortSignal,
  progress: (bytes: number) => void,
  mostBytes = Infinity
): Promise<void> {
  const { options, file, tally, people, times } = reading;
  const reader = new RowReader({ delimiter: '\t' });
  let rows: ArtifactRows | null = null;
  let headers: readonly string[] = [];
  const take = (batch: ReturnType<RowReader['push']>): void => {
    for (const row of batch) {
      if (isBlank(row)) continue;
      const place = { path: document.path, offset: row.row, unit: 'row' } as const;
      if (rows === null) {
        headers = row.cells.map((cell) => cell.replace(/^\ufeff/, '').trim());
        const name = artifactName(document.path === '' ? file : document.path);
        rows = new ArtifactRows({ name, headers, view: NO_VIEW }, { sink, options, tally, file }, people, times);
      } else if (row.cells.length !== headers.length) refuseRow(sink, file, row.cells.length, headers.length, place, row.raw);
      else rows.add(row.cells, place);
    }
  };
  async function* counted(): AsyncGenerator<Uint8Array> {
    let done = 0;
    for await (const chunk of document.chunks(signal)) {
      signal.throwIfAborted();
      yield chunk;
      progress((done += chunk.length));
      if (done >= mostBytes) return;
    }
  }
  for await (const piece of decodeText(counted(), (offset, page) =>
    sink.note({
      code: 'not-utf8',
      severity: 'warning',
      ...told(notUtf8Sentence(file, offset, page)),
      place: { path: document.path, offset, unit: 'byte' }
    })
  ))
    take(reader.push(piece));
  take(reader.finish());
}

function readingOf(input: SourceInput, options: ReadOptions): Reading {
  const tally = new FindingTally();
  return { options, file: input.name, tally, people: new LeappPeople(options), times: new ItemTimes(options, tally) };
}

async function probe(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceProbe> {
  const source = await open(input, options, signal);
  try {
    const locked = lockedProbe(source);
    if (locked !== null) return locked;
    const reading = readingOf(input, options);
    const sink = new CountingSink();
    for (const document of source.documents.slice(0, PROBE_DOCUMENTS))
      await readDocument(document, sink, reading, signal, () => {}, PROBE_BYTES);
    const questions: SourceQuestion[] = [];
    if (options.zone === null && reading.times.zoneless > 0)
      questions.push({ kind: 'zone', reason: sentence('leapp-ask-zone'), assumed: 'UTC' });
    if (options.owner === null && sink.kinds.some(([kind]) => kind === 'message' || kind === 'call'))
      questions.push({ kind: 'owner', reason: sentence('leapp-ask-owner'), candidates: reading.people.busiest() });
    const items = sink.kinds.map(([kind, count]) => sentence('json-kind-count', { count, kind: sentence(`kind-${kind}`) }));
    const facts = [sentence('leapp-tables', { tables: source.documents.length })];
    if (items.length > 0) facts.push(sentence('json-first-items', { size: PROBE_BYTES / 2 ** 20, items }));
    return { questions, facts };
  } finally {
    await source.close();
  }
}

async function read(input: SourceInput, options: ReadOptions, sink: EvidenceSink, signal: AbortSignal): Promise<void> {
  const source = await open(input, options, signal);
  try {
    const reading = readingOf(input, options);
    await readDocuments(source, input, sink, signal, {
      documents: source.documents,
      read: (document, progress) => readDocument(document, sink, reading, signal, progress),
      end: () => reading.tally.flush(sink),
      isNothing: () => false
    });
  } finally {
    await source.close();
  }
}

function sniff(head: SniffHead): number {
  if (!looksLikeZip(head.bytes)) return likeness(head);
  return Math.min(0.9, Math.max(0, ...(head.inside ?? []).map(likeness)));
}

export const leappTsv: Format = {
  id: 'leapp-tsv',
  version: 2,
  label: 'ALEAPP or iLEAPP tables (TSV)',
  gathers: { takes: (name) => ENTRY.test(name) },
  sniff,
  probe,
  read
};
