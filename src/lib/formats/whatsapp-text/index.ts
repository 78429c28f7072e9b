/** WhatsApp's "Export chat": `_chat.txt`, `WhatsApp Chat with X.txt`, or the zip with media beside it. */
import { ASSUMED_ZONE } from '../../evidence/assumptions.ts';
import { SourceError, told } from '../../evidence/findings.ts';
import type { AccountRef } from '../../evidence/records.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import type { Format, ReadOptions, SniffHead, SourceInput, SourceProbe, SourceQuestion } from '../contract.ts';
import { looksLikeZip } from '../container/zip.ts';
import type { WideDateOrder } from '../time/date-order.ts';
import { quotedExamples } from '../time/date-examples.ts';
import { chosenClock } from '../time/zone-clock.ts';
import type { NotUtf8 } from '../text/decode.ts';
import { readLines } from '../text/lines.ts';
import { notUtf8Sentence } from '../text/not-utf8.ts';
import { openChats, type ChatSource, type ChatText } from './chat-file.ts';
import { chatNameFromFile, isChatFileName } from './chat-name.ts';
import { ChatReader } from './chat-read.ts';
import { ChatScanner, factsOf, type ChatScan } from './chat-scan.ts';
import { peopleOf } from './people.ts';
import { sniffChatText } from './sniff.ts';

interface ScannedChat {
  readonly chat: ChatText;
  readonly scan: ChatScan;
}

/** Scans every chat; texts without one message header are left out, unless none has any. */
async function scanAll(
  source: ChatSource,
  input: SourceInput,
  signal: AbortSignal
): Promise<{ scanned: ScannedChat[]; skipped: ChatText[] }> {
  const scanned: ScannedChat[] = [];
  const skipped: ChatText[] = [];
  for (const chat of source.chats) {
    const scanner = new ChatScanner();
    let lines = 0;
    for await (const batch of readLines(chat.chunks(signal), { file: chat.label })) {
      signal.throwIfAborted();
      lines += batch.texts.length;
      scanner.add(batch);
    }
    const scan = scanner.finish();
    if (scan !== null) scanned.push({ chat, scan });
    else if (source.chats.length > 1) skipped.push(chat);
    else if (lines === 0) throw new SourceError('empty-file', sentence('file-empty', { file: chat.label }), input.name);
    else throw new SourceError('not-recognised', sentence('chat-no-lines', { chat: chat.label, lines }), input.name);
  }
  if (scanned.length === 0)
    throw new SourceError('not-recognised', sentence('chats-none', { file: input.name, texts: source.chats.length }), input.name);
  return { scanned, skipped };
}

/** The order to read by; null where the officer must be asked first. A four-digit year in front needs no answer. */
function orderFor(scan: ChatScan, options: ReadOptions): WideDateOrder | null {
  const decided = scan.dateOrder.order;
  if (decided === null || (options.dateOrder !== undefined && decided !== 'ymd' && decided !== 'ydm'))
    return options.dateOrder ?? null;
  return decided;
}

function questionsOf(scanned: readonly ScannedChat[], input: SourceInput, options: ReadOptions): SourceQuestion[] {
  const questions: SourceQuestion[] = [];
  if (options.zone === null) questions.push({ kind: 'zone', reason: sentence('chat-ask-zone'), assumed: ASSUMED_ZONE });
  const candidates = new Map<string, AccountRef>();
  for (const { chat, scan } of scanned) {
    const people = peopleOf(scan, input.name, chat.chatName, options);
    // The likeliest first: whom the chat itself gives away as its user.
    const names = [...scan.senders.lines.keys()].sort((x, y) => Number(y === people.exporter) - Number(x === people.exporter));
    for (const name of names.slice(0, 200)) candidates.set(name, people.of(name));
  }
  if (options.owner === null) {
    questions.push({
      kind: 'owner',
      reason: sentence('chat-ask-owner'),
      candidates: [...candidates.values()]
    });
  }
  if (options.dateOrder === undefined) {
    for (const { chat, scan } of scanned) {
      if (scan.dateOrder.order !== null) continue;
      const { options: orders, examples } = scan.dateOrder;
      questions.push({
        kind: 'dateOrder',
        reason: sentence('ask-order', { file: chat.label }),
        options: orders,
        examples
      });
      break;
    }
  }
  return questions;
}

async function probe(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceProbe> {
  const source = await openChats(input, options, signal);
  try {
    if (source.needsPassword)
      return {
        questions: [{ kind: 'password', reason: sentence('file-encrypted', { where: input.name }) }],
        facts: [sentence('zip-encrypted')]
      };
    const { scanned, skipped } = await scanAll(source, input, signal);
    const facts =
      scanned.length === 1 ? factsOf((scanned[0] as ScannedChat).scan) : [sentence('chat-count', { chats: scanned.length })];
    if (source.isZip) facts.push(sentence('chat-media', { files: source.mediaFiles }));
    if (skipped.length > 0) facts.push(sentence('chat-texts-skipped', { texts: skipped.length }));
    return { questions: questionsOf(scanned, input, options), facts };
  } finally {
    await source.close();
  }
}

async function read(input: SourceInput, options: ReadOptions, sink: EvidenceSink, signal: AbortSignal): Promise<void> {
  const source = await openChats(input, options, signal);
  try {
    for (const note of source.notes) sink.note(note);
    const { scanned, skipped } = await scanAll(source, input, signal);
    for (const chat of skipped) {
      sink.note({
        code: 'entry-skipped',
        severity: 'note',
        ...told(sentence('chat-text-skipped', { chat: chat.label })),
        place: { path: chat.path, offset: 0, unit: 'byte' }
      });
    }
    // Ask before anything is written: a half-read source would look whole.
    const orders = scanned.map(({ chat, scan }) => orderFor(scan, options) ?? undecided(chat, scan, input));
    let before = 0;
    for (const [i, one] of scanned.entries()) {
      await readOne(one, orders[i] as WideDateOrder, input, options, sink, signal, before);
      before += one.chat.sourceBytes;
    }
    sink.progress(input.sizeBytes);
  } finally {
    await source.close();
  }
}

function undecided(chat: ChatText, scan: ChatScan, input: SourceInput): never {
  const examples = scan.dateOrder.order === null ? scan.dateOrder.examples : [];
  throw new SourceError(
    'date-order-undecided',
    sentence('chat-order-open', { chat: chat.label, examples: quotedExamples(examples) }),
    input.name
  );
}

async function readOne(
  { chat, scan }: ScannedChat,
  order: WideDateOrder,
  input: SourceInput,
  options: ReadOptions,
  sink: EvidenceSink,
  signal: AbortSignal,
  before: number
): Promise<void> {
  const people = peopleOf(scan, input.name, chat.chatName, options);
  const { label } = chat;
  const note = (code: 'header-guessed' | 'time-without-zone', said: Sentence, severity: 'note' | 'warning' = 'note'): void =>
    sink.note({ code, severity, ...told(said), place: null });
  if (options.zone === null) note('time-without-zone', sentence('chat-no-zone', { chat: label }), 'warning');
  if (scan.foreignHeaders > 0)
    note('header-guessed', sentence('chat-foreign-headers', { chat: label, lines: scan.foreignHeaders }), 'warning');
  for (const name of scan.senders.longNames) note('header-guessed', sentence('chat-long-name', { chat: label, name }));
  if (options.owner !== null && people.exporter === null)
    note('header-guessed', sentence('chat-owner-missing', { chat: label, name: options.owner.name }), 'warning');
  const { exporter, exporterFrom } = people;
  // An officer's own word needs no note.
  if (exporter !== null && exporterFrom !== null && exporterFrom !== 'named-by-officer' && exporterFrom !== 'number-of-owner') {
    note('header-guessed', sentence('chat-owner-taken', { chat: label, name: exporter, sign: sentence(exporterFrom) }));
  }
  const reader = new ChatReader({ chat, scan, people, order, clock: chosenClock(options.zone) }, sink);
  const notUtf8: NotUtf8 = (offset, page) => {
    sink.note({
      code: 'not-utf8',
      severity: 'warning',
      ...told(notUtf8Sentence(label, offset, page, 'lines')),
      place: { path: chat.path, offset, unit: 'byte' }
    });
  };
  for await (const batch of readLines(chat.chunks(signal), { file: chat.label, notUtf8 })) {
    signal.throwIfAborted();
    reader.add(batch);
    const done = Math.min(1, (batch.offsets.at(-1) ?? 0) / Math.max(1, chat.sizeBytes));
    sink.progress(Math.min(input.sizeBytes, before + Math.floor(done * chat.sourceBytes)));
  }
  reader.finish();
}

function sniff(head: SniffHead): number {
  if (looksLikeZip(head.bytes)) {
    const entries = head.entries ?? [];
    if (entries.some((name) => isChatFileName(name))) return 0.97;
    return chatNameFromFile(head.name) !== null && entries.some((name) => /\.txt$/i.test(name)) ? 0.6 : 0;
  }
  return sniffChatText(head.bytes, isChatFileName(head.name));
}

export const whatsappText: Format = {
  id: 'whatsapp-text',
  version: 2,
  label: 'WhatsApp exported chat',
  gathers: { takes: isChatFileName },
  sniff,
  probe,
  read
};
