/** Contact cards: vCard 2.1, 3.0 and 4.0, one file or a zip of them. */
import { SourceError, told } from '../../evidence/findings.ts';
import { MessageState, type SourcePlace } from '../../evidence/records.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { headOf, type SourceDocument, type SourceDocuments } from '../container/documents.ts';
import { lockedProbe, openDocumentsOf, readDocuments } from '../container/read-documents.ts';
import { looksLikeZip } from '../container/zip.ts';
import type { Format, ReadOptions, SniffHead, SourceInput, SourceProbe } from '../contract.ts';
import { FindingTally } from '../finding-tally.ts';
import { HashSet64 } from '../hash-set.ts';
import { writeDetails } from '../json/details.ts';
import { AccountBook } from '../phone-number.ts';
import { asUtf8 } from '../text/as-utf8.ts';
import { joined } from '../text/decode.ts';
import { detectEncoding } from '../text/encoding.ts';
import { CARD_CAPS } from '../caps.ts';
import { CardGiant, CardReader, type Card } from './cards.ts';
import { contactOf } from './contact.ts';

const ENTRY = /\.vcf$/i;
const PROBE_BYTES = 4 * 2 ** 20;

function isCardHead(bytes: Uint8Array): boolean {
  const text = new TextDecoder(detectEncoding(bytes).encoding).decode(bytes.subarray(0, 512));
  return /^\s*BEGIN\s*:\s*VCARD/i.test(text.replace(/^\ufeff/, ''));
}

function sniff(head: SniffHead): number {
  if (!looksLikeZip(head.bytes)) return isCardHead(head.bytes) ? 0.98 : 0;
  // Chats are sent with cards beside them: a zip is one of cards where nothing else claims it.
  return (head.inside ?? []).some((inner) => isCardHead(inner.bytes)) ? 0.5 : 0;
}

const open = (input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceDocuments> =>
  openDocumentsOf(ENTRY, sentence('card-zip-without', { file: input.name }), input, options, signal);

async function probe(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceProbe> {
  const source = await open(input, options, signal);
  try {
    const locked = lockedProbe(source);
    if (locked !== null) return locked;
    let cards = 0;
    const versions = new Set<string>();
    for (const document of source.documents.slice(0, 200)) {
      const reader = new CardReader(
        () => cards++,
        (card) => versions.add(card.properties.find((one) => one.name === 'VERSION')?.content.trim() ?? '')
      );
      try {
        await readLines(document, reader, signal, () => {}, new FindingTally(), PROBE_BYTES);
      } catch (error) {
        if (!(error instanceof CardGiant)) throw error;
      }
    }
    const known = [...versions].filter((version) => /^\d\.\d$/.test(version)).sort();
    const facts = [sentence('card-count', { cards })];
    if (known.length > 0) facts.push(sentence('card-versions', { versions: known }));
    return { questions: [], facts };
  } finally {
    await source.close();
  }
}

async function read(input: SourceInput, options: ReadOptions, sink: EvidenceSink, signal: AbortSignal): Promise<void> {
  const source = await open(input, options, signal);
  try {
    const tally = new FindingTally();
    const keeper = new CardKeeper(sink, tally, options);
    await readDocuments(source, input, sink, signal, {
      documents: source.documents,
      read: (document, progress) => readDocument(document, input, keeper, sink, tally, signal, progress),
      end: () => tally.flush(sink),
      isNothing: () => keeper.cards === 0
    });
  } finally {
    await source.close();
  }
}

/** Writes cards as contacts. */
class CardKeeper {
  cards = 0;
  path = '';
  readonly #sink: EvidenceSink;
  readonly #tally: FindingTally;
  readonly #book: AccountBook;
  readonly #copies = new HashSet64();

  constructor(sink: EvidenceSink, tally: FindingTally, options: ReadOptions) {
    this.#sink = sink;
    this.#tally = tally;
    this.#book = new AccountBook(options.region);
  }

  place(offset: number): SourcePlace {
    return { path: this.path, offset, unit: 'byte' };
  }

  keep(card: Card): void {
    this.cards++;
    const place = this.place(card.offset);
    const { name, accounts, organisation, notes, uid, details } = contactOf(card, this.#book);
    this.#sink.seen('contact');
    if (name === '' && accounts.length === 0 && organisation === '' && notes === '' && details.length === 0) {
      this.#sink.refuse('contact', { code: 'item-unreadable', ...told(sentence('card-bare')), place });
      return;
    }
    const content = JSON.stringify([name, accounts.map((ref) => [ref.service, ref.rawIdentifier]), organisation, notes, details]);
    if (!this.#copies.add(content)) {
      this.#sink.fold('contact', place);
      this.#tally.add('duplicate-folded', 'note', 'cards-folded', place);
      return;
    }
    this.#sink.contact({
      name,
      accounts,
      service: 'address book',
      ...(organisation === '' ? {} : { organisation }),
      ...(notes === '' ? {} : { notes }),
      state: card.isUnended ? MessageState.partial : 0,
      confidence: 'unstated',
      place,
      itemId: uid
    });
    const who = name === '' ? (accounts[0]?.rawIdentifier ?? organisation) : name;
    writeDetails(this.#sink, 'contact details', [['contact', who]], details, place, uid);
  }

  /** The file broke off inside this card. */
  refuse(card: Card): void {
    this.cards++;
    this.#sink.seen('contact');
    const raw = card.properties
      .map((one) => `${one.name}:${one.content}`)
      .join('\n')
      .slice(0, 500);
    this.#sink.refuse('contact', { code: 'item-unreadable', ...told(sentence('card-cut')), place: this.place(card.offset), raw });
  }
}

async function readDocument(
  document: SourceDocument,
  input: SourceInput,
  keeper: CardKeeper,
  sink: EvidenceSink,
  tally: FindingTally,
  signal: AbortSignal,
  progress: (bytes: number) => void
): Promise<void> {
  keeper.path = document.path;
  const before = keeper.cards;
  const reader = new CardReader(
    () => undefined,
    (card) => keeper.keep(card)
  );
  const { where } = document;
  let isWhole = false;
  let bytes = 0;
  try {
    bytes = await readLines(document, reader, signal, progress, tally);
    isWhole = true;
  } catch (error) {
    if (!(error instanceof CardGiant)) throw error;
    const said = sentence('card-line-giant', { where, offset: error.offset, most: CARD_CAPS.propertyBytes });
    throw new SourceError('too-large', said, input.name, keeper.place(error.offset));
  } finally {
    for (const card of reader.open) keeper.refuse(card);
    const { loose, unended, oddCharsets } = reader.counts;
    tally.add('item-unreadable', 'note', 'card-lines-loose', null, loose);
    tally.add('cut-short', 'warning', 'cards-unended', null, unended);
    tally.add('not-utf8', 'warning', 'card-charset-unknown', null, oddCharsets);
  }
  if (isWhole && reader.open.length > 0)
    throw new SourceError('cut-short', sentence('card-ends-inside', { where, offset: bytes }), input.name, keeper.place(bytes));
  if (keeper.cards === before) {
    const head = await headOf(document, signal, 1024);
    const code = head.length === 0 ? 'empty-file' : 'not-recognised';
    throw new SourceError(code, sentence('card-none', { where }), input.name, keeper.place(0));
  }
}

/** Lines as strings of bytes; ends are LF, CR LF or CR. Gives the length of the document in bytes. */
async function readLines(
  document: SourceDocument,
  reader: CardReader,
  signal: AbortSignal,
  progress: (bytes: number) => void,
  tally: FindingTally,
  mostBytes = Infinity
): Promise<number> {
  const chunks = asUtf8(
    document.chunks(signal),
    (head) => detectEncoding(head).encoding,
    (encoding) => tally.add('not-utf8', 'note', 'text-in-encoding', null, 1, { encoding })
  );
  let rest: Uint8Array = new Uint8Array(0);
  let base = 0;
  let done = 0;
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    const bytes = joined(rest, chunk);
    let start = base === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    for (let i = start; i < bytes.length; i++) {
      const c = bytes[i];
      if (c !== 10 && c !== 13) continue;
      // A CR at the very end may be the first half of a line end.
      if (c === 13 && i + 1 === bytes.length) break;
      reader.line(binary(bytes, start, i), base + start);
      if (c === 13 && bytes[i + 1] === 10) i++;
      start = i + 1;
    }
    if (bytes.length - start > CARD_CAPS.propertyBytes) throw new CardGiant(base + start);
    rest = bytes.slice(start);
    base += start;
    progress((done += chunk.length));
    if (done >= mostBytes) return done;
  }
  if (rest.length > 0) reader.line(binary(rest, 0, rest.at(-1) === 13 ? rest.length - 1 : rest.length), base);
  reader.end();
  return base + rest.length;
}

/** One character a byte. */
function binary(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 4096)
    text += String.fromCharCode.apply(null, bytes.subarray(at, Math.min(end, at + 4096)) as unknown as number[]);
  return text;
}

export const vcard: Format = {
  id: 'vcard',
  version: 1,
  label: 'Contact cards (vCard)',
  gathers: { takes: (name) => ENTRY.test(name) },
  sniff,
  probe,
  read
};
