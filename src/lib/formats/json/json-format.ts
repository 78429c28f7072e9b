/**
 * A format made of JSON documents: which of them belong to it, in which order, and who takes their items. All that is
 * the same for every such format stands here; a format is a description and a reader of items.
 */
import { SourceError, told } from '../../evidence/findings.ts';
import { MessageState, type ItemKind, type SourcePlace } from '../../evidence/records.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import { headOf, openDocuments, type SourceDocument, type SourceDocuments } from '../container/documents.ts';
import { lockedProbe, readDocuments } from '../container/read-documents.ts';
import { looksLikeZip } from '../container/zip.ts';
import type { Format, ReadOptions, SniffHead, SourceInput, SourceProbe, SourceQuestion } from '../contract.ts';
import { CountingSink } from '../counting-sink.ts';
import { FindingTally } from '../finding-tally.ts';
import { asUtf8 } from '../text/as-utf8.ts';
import { detectEncoding } from '../text/encoding.ts';
import { JsonFault, jsonFaultSentence } from './fault.ts';
import { shapeOf, type JsonShape } from './shape.ts';
import { tableShape, walkTable } from './table-list.ts';
import { jsonText, type JsonValue } from './value.ts';
import { JsonWalk, type JsonItem, type JsonPath, type JsonVisitor, type SurveyVisitor } from './walk.ts';

/** What the readers of all documents of one source share. */
export interface JsonSetting {
  readonly sink: EvidenceSink;
  readonly options: ReadOptions;
  /** Name of the source. */
  readonly file: string;
  readonly tally: FindingTally;
  /** Size of a file beside the documents; undefined where the export does not hold it. */
  readonly sizeOf: (path: string) => number | undefined;
}

/** Takes the items of one source, document by document. */
export interface JsonReader extends JsonVisitor {
  /** A document begins; `place` turns an offset in it into a place, `shape` tells what its beginning is like. */
  begin(path: string, place: (offset: number) => SourcePlace, shape: JsonShape | null): void;
  /** A document ended, or broke off. */
  end(): void;
  /** What an item at this path is counted as, where it cannot be read. */
  kindAt(path: JsonPath): ItemKind;
  /** What must be known before reading, told after a look at the first part of each document. */
  questions(): readonly SourceQuestion[];
}

export interface JsonFormatSpec {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  /** One object a line. */
  readonly manyRoots?: boolean;
  /** A CSV with a header is taken as the list of objects that it is. */
  readonly tables?: boolean;
  /** How sure a document of this shape is one of this format, 0 to 1. `path` is '' for a bare file. */
  fits(shape: JsonShape, path: string): number;
  /**
   * Place in the order of reading of a document inside a zip, lower first; null where it is none of this format's.
   * Documents that name people come before those that hold their messages.
   */
  rank(shape: JsonShape, path: string): number | null;
  /** Where a document states its head behind its items: a first pass that only looks. */
  readonly survey?: (reader: JsonReader) => SurveyVisitor;
  open(setting: JsonSetting): JsonReader;
}

const ENTRY = /\.jsonl?$/i;
const TABLE_ENTRY = /\.(?:jsonl?|csv)$/i;
const PROBE_BYTES = 4 * 2 ** 20;
const PROBE_DOCUMENTS = 50;

export function jsonFormat(spec: JsonFormatSpec): Format {
  return {
    id: spec.id,
    version: spec.version,
    label: spec.label,
    gathers: { takes: (name) => entriesOf(spec).test(name), joins: (head) => joins(spec, head) },
    sniff: (head) => sniff(spec, head),
    probe: (input, options, signal) => probe(spec, input, options, signal),
    read: (input, options, sink, signal) => read(spec, input, options, sink, signal)
  };
}

/** An item that its reader cannot make anything of: counted, and listed with its place and beginning. */
export function refuseItem(sink: EvidenceSink, kind: ItemKind, place: SourcePlace, value: JsonValue, reason: Sentence): void {
  sink.seen(kind);
  sink.refuse(kind, { code: 'item-unreadable', ...told(reason), place, raw: jsonText(value) });
}

/** Bits of an item whose text is not quite what the file meant. */
export function stateOfItem(item: JsonItem): number {
  return item.flaws > 0 || item.isCut ? MessageState.partial : 0;
}

function shapeFor(spec: JsonFormatSpec, head: Uint8Array): JsonShape | null {
  return shapeOf(head) ?? (spec.tables === true ? tableShape(head) : null);
}

function entriesOf(spec: JsonFormatSpec): RegExp {
  return spec.tables === true ? TABLE_ENTRY : ENTRY;
}

function joins(spec: JsonFormatSpec, head: SniffHead): boolean {
  const shape = shapeFor(spec, head.bytes);
  return shape !== null && spec.rank(shape, head.name) !== null;
}

function sniff(spec: JsonFormatSpec, head: SniffHead): number {
  if (looksLikeZip(head.bytes)) {
    let best = 0;
    for (const inner of head.inside ?? []) {
      const shape = shapeFor(spec, inner.bytes);
      if (shape !== null) best = Math.max(best, spec.fits(shape, inner.name));
    }
    return best;
  }
  const shape = shapeFor(spec, head.bytes);
  return shape === null ? 0 : spec.fits(shape, head.isInside === true ? head.name : '');
}

interface Opened {
  readonly source: SourceDocuments;
  readonly documents: readonly SourceDocument[];
}

async function openSource(spec: JsonFormatSpec, input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<Opened> {
  const source = await openDocuments(input, options, signal, (name) => entriesOf(spec).test(name));
  if (!source.isZip) return { source, documents: source.documents };
  if (source.locked !== null) return { source, documents: [] };
  const ranked: { document: SourceDocument; rank: number }[] = [];
  try {
    for (const document of source.documents) {
      const shape = shapeFor(spec, await headOf(document, signal));
      const rank = shape === null ? null : spec.rank(shape, document.path);
      if (rank !== null) ranked.push({ document, rank });
    }
    if (ranked.length === 0)
      throw new SourceError('not-recognised', sentence('json-zip-without', { file: input.name, format: spec.label }), input.name);
  } catch (error) {
    await source.close();
    throw error;
  }
  ranked.sort((a, b) => a.rank - b.rank);
  return { source, documents: ranked.map(({ document }) => document) };
}

async function probe(spec: JsonFormatSpec, input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceProbe> {
  const { source, documents } = await openSource(spec, input, options, signal);
  try {
    const locked = lockedProbe(source);
    if (locked !== null) return locked;
    const sink = new CountingSink();
    const tally = new FindingTally();
    const reader = spec.open({ sink, options, file: input.name, tally, sizeOf: source.sizeOf });
    for (const document of documents.slice(0, PROBE_DOCUMENTS)) {
      const shape = shapeFor(spec, await headOf(document, signal));
      const isTable = shape?.isTable === true;
      reader.begin(document.path, placeIn(document, isTable), shape);
      try {
        if (!isTable) await look(spec, document, reader, signal, PROBE_BYTES);
        if (isTable) await walkRows(document, reader, tally, signal, () => {}, PROBE_BYTES);
        else await walkThrough(spec, document, reader, tally, signal, () => {}, PROBE_BYTES);
      } catch (error) {
        // Reading will tell it; the questions can be asked all the same.
        if (!(error instanceof JsonFault)) throw error;
      }
      reader.end();
    }
    const size = Math.round(PROBE_BYTES / 2 ** 20);
    const items = sink.kinds.map(([kind, count]) => sentence('json-kind-count', { count, kind: sentence(`kind-${kind}`) }));
    const facts = [sentence('json-documents', { documents: documents.length })];
    if (items.length > 0) facts.push(sentence('json-first-items', { size, items }));
    return { questions: reader.questions(), facts };
  } finally {
    await source.close();
  }
}

async function read(
  spec: JsonFormatSpec,
  input: SourceInput,
  options: ReadOptions,
  sink: EvidenceSink,
  signal: AbortSignal
): Promise<void> {
  const { source, documents } = await openSource(spec, input, options, signal);
  try {
    const tally = new FindingTally();
    const reader = spec.open({ sink, options, file: input.name, tally, sizeOf: source.sizeOf });
    let whole = 0;
    await readDocuments(source, input, sink, signal, {
      documents,
      read: async (document, progress) => {
        await readDocument(spec, document, input.name, reader, sink, tally, signal, progress);
        whole++;
      },
      end: () => tally.flush(sink),
      isNothing: () => whole === 0
    });
  } finally {
    await source.close();
  }
}

async function readDocument(
  spec: JsonFormatSpec,
  document: SourceDocument,
  file: string,
  reader: JsonReader,
  sink: EvidenceSink,
  tally: FindingTally,
  signal: AbortSignal,
  progress: (bytes: number) => void
): Promise<void> {
  const shape = shapeFor(spec, await headOf(document, signal));
  const isTable = shape?.isTable === true;
  const place = placeIn(document, isTable);
  reader.begin(document.path, place, shape);
  try {
    if (isTable) return await walkRows(document, reader, tally, signal, progress);
    await look(spec, document, reader, signal, Infinity);
    await walkThrough(spec, document, reader, tally, signal, progress, Infinity, (walk) => {
      const cut = walk.unfinished;
      if (cut !== null) refuseItem(sink, reader.kindAt(cut.path), place(cut.offset), cut.value, sentence('json-item-cut'));
    });
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const code = error.kind === 'cut' ? 'cut-short' : 'damaged-json';
    throw new SourceError(code, jsonFaultSentence(error, document.where), file, place(error.offset));
  } finally {
    reader.end();
  }
}

function placeIn(document: SourceDocument, isTable: boolean): (offset: number) => SourcePlace {
  const { path } = document;
  return (offset) => ({ path, offset, unit: isTable ? 'row' : 'byte' });
}

async function walkRows(
  document: SourceDocument,
  reader: JsonReader,
  tally: FindingTally,
  signal: AbortSignal,
  progress: (bytes: number) => void,
  mostBytes = Infinity
): Promise<void> {
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    let done = 0;
    for await (const chunk of document.chunks(signal)) {
      signal.throwIfAborted();
      yield chunk;
      progress((done += chunk.length));
      if (done >= mostBytes) return;
    }
  };
  await walkTable(counted(), reader, (_, page) => tally.add('not-utf8', 'warning', 'tables-in-page', null, 1, { page }));
}

/** The pass before the reading, where the format has one. What is damaged the reading itself comes to, and tells. */
async function look(
  spec: JsonFormatSpec,
  document: SourceDocument,
  reader: JsonReader,
  signal: AbortSignal,
  mostBytes: number
): Promise<void> {
  const survey = spec.survey?.(reader);
  if (survey === undefined || survey.isDone) return;
  try {
    await walkThrough(spec, document, survey, null, signal, () => {}, mostBytes);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
  }
}

/** One pass over a document. `onStop` is called where anything ends it before its end. */
async function walkThrough(
  spec: JsonFormatSpec,
  document: SourceDocument,
  visitor: JsonVisitor | SurveyVisitor,
  tally: FindingTally | null,
  signal: AbortSignal,
  progress: (bytes: number) => void,
  mostBytes = Infinity,
  onStop: (walk: JsonWalk) => void = () => {}
): Promise<void> {
  const walk = new JsonWalk(visitor, { manyRoots: spec.manyRoots === true });
  let bytes = 0;
  let isDone = false;
  try {
    const chunks = asUtf8(
      document.chunks(signal),
      (head) => detectEncoding(head).encoding,
      (encoding) => tally?.add('not-utf8', 'note', 'text-in-encoding', null, 1, { encoding })
    );
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      walk.write(chunk);
      progress((bytes += chunk.length));
      if (bytes >= mostBytes || ('isDone' in visitor && visitor.isDone)) {
        isDone = true;
        return;
      }
    }
    walk.end();
    isDone = true;
  } finally {
    if (!isDone) onStop(walk);
    const { notUtf8, halves, cut, twice } = walk.counts;
    tally?.add('not-utf8', 'warning', 'texts-not-utf8', null, notUtf8);
    tally?.add('item-unreadable', 'note', 'json-halves', null, halves);
    tally?.add('cell-cut', 'warning', 'json-texts-cut', null, cut);
    tally?.add('item-unreadable', 'warning', 'json-keys-twice', null, twice);
  }
}
