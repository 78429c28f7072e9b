/**
 * The store as blocks of bytes, for the vault: 'SKB1', header length, a JSON header that names each array with
 * its type, place and length, then the arrays at multiples of eight. Blocks are appended in the order written
 * and loaded in the same order; `schema` is raised with any change of columns.
 */
import { TextColumn } from './columns.ts';
import type { Account, Thread } from './directory.ts';
import type { Finding } from './findings.ts';
import { LostBlocks, type LostPart, type NamedRows } from './lost-blocks.ts';
import type { MembershipTable } from './membership-table.ts';
import { CallTable, CopyTable, ListColumn, MessageTable, type PlaceColumns, type TimeColumns } from './message-table.ts';
import type { AttachmentRecord } from './records.ts';
import { EvidenceStore, type OtherRecord, type RowCounts, type SourceInfo } from './store.ts';
import { asWritten, type Sentence } from './wording/sentence.ts';

export const BLOCK_ROWS = 16_384;
const MAGIC = 0x31424b53;
/** 2: sources hold sentences as codes with values; blocks of settings. 3: who came to conversations and left them. 4: other readings
 * beside machine lines, their doubts in 32 bits. */
const SCHEMA = 4;

const TYPES = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const;
type Packed = Uint8Array | Uint16Array | Uint32Array | Float64Array;
type TypeName = keyof typeof TYPES;
type Arrays = Record<string, Packed>;

export class BlockError extends Error {
  override readonly name = 'BlockError';
}

/** Packs named arrays and a JSON value into one block. */
export function packBlock(kind: string, arrays: Arrays, json: unknown): Uint8Array<ArrayBuffer> {
  const entries: [string, TypeName, number, number][] = [];
  let at = 0;
  for (const [name, values] of Object.entries(arrays)) {
    entries.push([name, typeName(values), at, values.length]);
    at += (values.byteLength + 7) & ~7;
  }
  const header = new TextEncoder().encode(JSON.stringify({ schema: SCHEMA, kind, entries, json }));
  const base = (8 + header.length + 7) & ~7;
  const block = new Uint8Array(base + at);
  new DataView(block.buffer).setUint32(0, MAGIC, true);
  new DataView(block.buffer).setUint32(4, header.length, true);
  block.set(header, 8);
  for (const [i, values] of Object.values(arrays).entries()) {
    block.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), base + (entries[i]?.[2] ?? 0));
  }
  return block;
}

/** Reads a block back; arrays are views into a copy aligned to eight bytes. Throws BlockError on anything else. */
export function unpackBlock(block: Uint8Array): { kind: string; arrays: Arrays; json: unknown } {
  if (block.length < 8) throw new BlockError('block is shorter than its header');
  const bytes = block.byteOffset % 8 === 0 ? block : block.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new BlockError('block does not begin with SKB1');
  const headerLength = view.getUint32(4, true);
  if (8 + headerLength > bytes.length) throw new BlockError('block header is cut short');
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength))) as {
    schema: number;
    kind: string;
    entries: [string, TypeName, number, number][];
    json: unknown;
  };
  if (header.schema > SCHEMA) throw new BlockError(`block has schema ${header.schema}; this version reads up to ${SCHEMA}`);
  const base = (8 + headerLength + 7) & ~7;
  const arrays: Arrays = {};
  for (const [name, type, offset, length] of header.entries) {
    const make = TYPES[type];
    if (base + offset + length * make.BYTES_PER_ELEMENT > bytes.length) throw new BlockError(`array ${name} is cut short`);
    arrays[name] = new make(bytes.buffer as ArrayBuffer, bytes.byteOffset + base + offset, length);
  }
  return { kind: header.kind, arrays, json: header.json };
}

/** How far a store has been written; `since` and the store's lengths bound the next blocks. */
export interface StoreMark extends RowCounts {
  services: number;
  paths: number;
  sources: number;
}

export const emptyMark = (): StoreMark => ({
  messages: 0,
  calls: 0,
  copies: 0,
  callCopies: 0,
  otherCopies: 0,
  others: 0,
  attachments: 0,
  memberships: 0,
  services: 0,
  paths: 0,
  sources: 0
});

export function markOf(store: EvidenceStore): StoreMark {
  return {
    ...store.rowCounts(),
    services: store.services.length,
    paths: store.paths.length,
    sources: store.sources.length
  };
}

/** The first block of an import: how many were finished before it. */
export const beginBlock = ({ sources }: StoreMark): Uint8Array => packBlock('begin', {}, { finished: sources });

/**
 * Blocks of everything since `mark`, rows first and the small 'directory' block that makes them valid last.
 * @param rows messages or calls of a full block
 */
export function* blocksSince(
  store: EvidenceStore,
  mark: StoreMark,
  rows = BLOCK_ROWS
): Generator<{ kind: 'messages' | 'calls' | 'rest' | 'directory'; bytes: Uint8Array }> {
  for (let from = mark.messages; from < store.messages.length; from += rows) {
    const to = Math.min(store.messages.length, from + rows);
    const attachmentsFrom = from === 0 ? 0 : store.messages.attachmentEnds.at(from - 1);
    const place = { from, to, attachmentsFrom };
    yield { kind: 'messages', bytes: packBlock('messages', packMessages(store.messages, from, to), place) };
  }
  for (let from = mark.calls; from < store.calls.length; from += rows) {
    const to = Math.min(store.calls.length, from + rows);
    yield { kind: 'calls', bytes: packBlock('calls', packCalls(store.calls, from, to), { from, to }) };
  }
  const copies = packCopies('copies', store.copies, mark.copies);
  const callCopies = packCopies('callCopies', store.callCopies, mark.callCopies);
  const otherCopies = packCopies('otherCopies', store.otherCopies, mark.otherCopies);
  const memberships = packMemberships(store.memberships, mark.memberships);
  const { attachments: attachmentsFrom } = mark;
  const attachments = store.attachments.slice(attachmentsFrom);
  const rest = { others: store.others.slice(mark.others), attachments, attachmentsFrom };
  yield { kind: 'rest', bytes: packBlock('rest', { ...copies, ...callCopies, ...otherCopies, ...memberships }, rest) };
  const directory = {
    mark: markOf(store),
    ...store.directory.toJSON(),
    services: store.services.values().slice(mark.services),
    paths: store.paths.values().slice(mark.paths),
    sources: store.sources.slice(mark.sources)
  };
  yield { kind: 'directory', bytes: packBlock('directory', {}, directory) };
}

/**
 * Fills a new store from blocks in the order written. The newest directory block wins; rows count once the
 * directory block of their import has come.
 */
export class StoreLoader {
  readonly store = new EvidenceStore();
  #directory: { accounts: Account[]; threads: Thread[] } | null = null;
  #whole: RowCounts = this.store.rowCounts();
  readonly #lost = new LostBlocks(this.store, BLOCK_ROWS);

  /** What could not be read; see [Note: Lost blocks]. */
  get lost(): readonly LostPart[] {
    return this.#lost.parts;
  }

  /** A block of this kind stood here and cannot be read. */
  lose(seq: number, kind: string): void {
    this.#lost.lose(seq, kind);
  }

  /**
   * Makes room for what is to come, given the kinds of all blocks in order: a block of messages that another one
   * follows is full, whatever import it is from.
   */
  expect(kinds: readonly string[]): void {
    const full = kinds.filter((kind, i) => kind === 'messages' && kinds[i + 1] === 'messages').length;
    if (full > 0) this.store.messages.reserve((full + 1) * BLOCK_ROWS);
  }

  add(block: Uint8Array): void {
    const { kind, arrays, json } = unpackBlock(block);
    const { store } = this;
    if (kind === 'messages') {
      const { from, attachmentsFrom } = json as { readonly from: number; readonly attachmentsFrom?: number };
      this.#lost.messagesTo(from);
      // Blocks from before it was kept tell the end of the first message's attachments, not their beginning.
      this.#lost.attachmentsEndAt(attachmentsFrom ?? get(arrays, 'attachmentEnds')[0] ?? 0);
      unpackMessages(store.messages, arrays);
    } else if (kind === 'calls') {
      this.#lost.callsTo((json as { readonly from: number }).from);
      unpackCalls(store.calls, arrays);
    } else if (kind === 'rest') {
      unpackCopies('copies', store.copies, arrays);
      unpackCopies('callCopies', store.callCopies, arrays);
      unpackCopies('otherCopies', store.otherCopies, arrays);
      unpackMemberships(store.memberships, arrays);
      const rest = json as { others: OtherRecord[]; attachments: AttachmentRecord[]; attachmentsFrom?: number };
      this.#lost.attachmentsFrom(rest.attachmentsFrom, rest.attachments.length);
      for (const other of rest.others) store.pushOther(other);
      for (const attachment of rest.attachments) store.attachments.push(attachment);
    } else if (kind === 'directory') {
      const directory = json as {
        mark: StoreMark;
        accounts: Account[];
        threads: Thread[];
        services: string[];
        paths: string[];
        sources: StoredSource[];
      };
      const { mark } = directory;
      this.#lost.padTo(mark, {
        services: mark.services - directory.services.length,
        paths: mark.paths - directory.paths.length,
        sources: mark.sources - directory.sources.length
      });
      for (const service of directory.services) store.services.number(service);
      for (const path of directory.paths) store.paths.number(path);
      store.sources.push(...directory.sources.map(withSentences));
      this.#directory = directory;
      this.#whole = store.rowCounts();
      this.#lost.close(directory.sources.map(({ name }) => name));
    } else throw new BlockError(`unknown block kind ${kind}`);
  }

  /** A new import begins. @param finished how many were finished before it; undefined in blocks from before it was kept */
  begin(finished: number | undefined): void {
    this.dropUnfinished(finished === undefined || finished > this.store.sources.length);
    if (finished !== undefined) this.#lost.sourcesTo(finished);
  }

  /**
   * Drops the rows of an import whose directory block has not come.
   * @param isPerhapsWhole false where it is known that it was not finished
   */
  dropUnfinished(isPerhapsWhole = true): void {
    // Its closing block may have been there: nobody can say, so nothing that was read is thrown away.
    if (this.#lost.isClosingLost && isPerhapsWhole) this.#whole = this.store.rowCounts();
    // What was lost of it is no part of the import that comes next.
    this.#lost.close([]);
    this.#lost.cutTo(this.#whole);
  }

  /** @param named what stands beside the evidence and names its rows; it matters only where something is lost */
  finish(named: NamedRows = { messages: 0, accounts: 0 }): EvidenceStore {
    const { store } = this;
    this.dropUnfinished();
    store.hasFolds = false;
    if (this.#directory !== null) store.directory.restore(this.#directory);
    this.#lost.settle(named);
    store.copyCount.append(new Uint8Array(store.messages.length));
    for (let i = 0; i < store.copies.length; i++) {
      const row = store.copies.message.at(i);
      store.copyCount.set(row, Math.min(255, store.copyCount.at(row) + 1));
    }
    store.commit();
    return store;
  }
}

/** A source as any version wrote it: schema 1 kept bare English in place of sentences. */
interface StoredSource extends Omit<SourceInfo, 'facts' | 'findings'> {
  readonly facts: readonly (string | Sentence)[];
  readonly findings: readonly (Omit<Finding, 'sentence'> & { readonly sentence?: Sentence })[];
}

function withSentences(source: StoredSource): SourceInfo {
  return {
    ...source,
    facts: source.facts.map((fact) => (typeof fact === 'string' ? asWritten(fact) : fact)),
    findings: source.findings.map((finding) => ({ ...finding, sentence: finding.sentence ?? asWritten(finding.message) }))
  };
}

// ---------------------------------------------------------------------- columns to arrays and back
function packMessages(table: MessageTable, from: number, to: number): Arrays {
  return {
    ...packTime(table.time, from, to),
    service: table.service.view(from, to),
    thread: table.thread.view(from, to),
    from: table.from.view(from, to),
    ...packList('to', table.to, from, to),
    direction: table.direction.view(from, to),
    state: table.state.view(from, to),
    confidence: table.confidence.view(from, to),
    ...packText('body', table.body, from, to),
    attachmentEnds: table.attachmentEnds.view(from, to),
    ...packPlace(table.place, from, to)
  };
}

function unpackMessages(table: MessageTable, arrays: Arrays): void {
  unpackTime(table.time, arrays);
  table.service.append(get(arrays, 'service'));
  table.thread.append(get(arrays, 'thread'));
  table.from.append(get(arrays, 'from'));
  unpackList('to', table.to, arrays);
  table.direction.append(get(arrays, 'direction'));
  table.state.append(get(arrays, 'state'));
  table.confidence.append(get(arrays, 'confidence'));
  unpackText('body', table.body, arrays);
  table.attachmentEnds.append(get(arrays, 'attachmentEnds'));
  unpackPlace(table.place, arrays);
}

function packCalls(table: CallTable, from: number, to: number): Arrays {
  return {
    ...packTime(table.time, from, to),
    service: table.service.view(from, to),
    from: table.from.view(from, to),
    ...packList('to', table.to, from, to),
    duration: table.duration_s.view(from, to),
    direction: table.direction.view(from, to),
    outcome: table.outcome.view(from, to),
    isVideo: table.isVideo.view(from, to),
    state: table.state.view(from, to),
    confidence: table.confidence.view(from, to),
    ...packPlace(table.place, from, to)
  };
}

function unpackCalls(table: CallTable, arrays: Arrays): void {
  unpackTime(table.time, arrays);
  table.service.append(get(arrays, 'service'));
  table.from.append(get(arrays, 'from'));
  unpackList('to', table.to, arrays);
  table.duration_s.append(get(arrays, 'duration'));
  table.direction.append(get(arrays, 'direction'));
  table.outcome.append(get(arrays, 'outcome'));
  table.isVideo.append(get(arrays, 'isVideo'));
  table.state.append(get(arrays, 'state'));
  table.confidence.append(get(arrays, 'confidence'));
  unpackPlace(table.place, arrays);
}

function packCopies(name: string, table: CopyTable, from: number): Arrays {
  const to = table.length;
  const place = packPlace(table.place, from, to);
  return Object.fromEntries([
    [`${name}.message`, table.message.view(from, to)],
    ...Object.entries(place).map(([key, values]) => [`${name}.${key}`, values])
  ]);
}

function unpackCopies(name: string, table: CopyTable, arrays: Arrays): void {
  const own = partOf(name, arrays);
  table.message.append(get(own, 'message'));
  unpackPlace(table.place, own);
}

function packMemberships(table: MembershipTable, from: number): Arrays {
  const to = table.length;
  const arrays: Arrays = {
    ...packTime(table.time, from, to),
    thread: table.thread.view(from, to),
    account: table.account.view(from, to),
    change: table.change.view(from, to),
    by: table.by.view(from, to),
    message: table.message.view(from, to),
    ...packPlace(table.place, from, to)
  };
  return Object.fromEntries(Object.entries(arrays).map(([key, values]) => [`memberships.${key}`, values]));
}

/** Blocks of the schemas before 3 hold none. */
function unpackMemberships(table: MembershipTable, arrays: Arrays): void {
  const own = partOf('memberships', arrays);
  if (own['thread'] === undefined) return;
  unpackTime(table.time, own);
  table.thread.append(get(own, 'thread'));
  table.account.append(get(own, 'account'));
  table.change.append(get(own, 'change'));
  table.by.append(get(own, 'by'));
  table.message.append(get(own, 'message'));
  unpackPlace(table.place, own);
}

/** The arrays of one table of several in a block. */
function partOf(name: string, arrays: Arrays): Arrays {
  const own = Object.entries(arrays).filter(([key]) => key.startsWith(`${name}.`));
  return Object.fromEntries(own.map(([key, values]) => [key.slice(name.length + 1), values]));
}

function packTime(time: TimeColumns, from: number, to: number): Arrays {
  return { utcMs: time.utcMs.view(from, to), basis: time.basis.view(from, to), ...packText('timeRaw', time.raw, from, to) };
}

function unpackTime(time: TimeColumns, arrays: Arrays): void {
  time.utcMs.append(get(arrays, 'utcMs'));
  time.basis.append(get(arrays, 'basis'));
  unpackText('timeRaw', time.raw, arrays);
}

function packPlace(place: PlaceColumns, from: number, to: number): Arrays {
  return {
    source: place.source.view(from, to),
    path: place.path.view(from, to),
    offset: place.offset.view(from, to),
    unit: place.unit.view(from, to),
    ...packText('itemId', place.itemId, from, to)
  };
}

function unpackPlace(place: PlaceColumns, arrays: Arrays): void {
  place.source.append(get(arrays, 'source'));
  place.path.append(get(arrays, 'path'));
  place.offset.append(get(arrays, 'offset'));
  place.unit.append(get(arrays, 'unit'));
  unpackText('itemId', place.itemId, arrays);
}

function packText(name: string, column: TextColumn, from: number, to: number): Arrays {
  const { lengths, bytes } = column.pack(from, to);
  return { [`${name}Lengths`]: lengths, [`${name}Bytes`]: bytes };
}

function unpackText(name: string, column: TextColumn, arrays: Arrays): void {
  column.unpack(get(arrays, `${name}Lengths`) as Uint32Array, get(arrays, `${name}Bytes`) as Uint8Array);
}

/** Lists are stored with ends relative to the block, so that a block stands by itself. */
function packList(name: string, list: ListColumn, from: number, to: number): Arrays {
  const start = from === 0 ? 0 : list.ends.at(from - 1);
  const ends = list.ends.view(from, to).map((end) => end - start);
  return { [`${name}Ends`]: ends, [`${name}Values`]: list.values.view(start, to === 0 ? 0 : list.ends.at(to - 1)) };
}

function unpackList(name: string, list: ListColumn, arrays: Arrays): void {
  const start = list.values.length;
  list.ends.append((get(arrays, `${name}Ends`) as Uint32Array).map((end) => end + start));
  list.values.append(get(arrays, `${name}Values`));
}

function get(arrays: Arrays, name: string): Packed {
  const values = arrays[name];
  if (values === undefined) throw new BlockError(`array ${name} is missing`);
  return values;
}

function typeName(values: Packed): TypeName {
  if (values instanceof Uint8Array) return 'u8';
  if (values instanceof Uint16Array) return 'u16';
  return values instanceof Uint32Array ? 'u32' : 'f64';
}
