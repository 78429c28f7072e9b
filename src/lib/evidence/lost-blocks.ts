/**
 * [Note: Lost blocks]
 * A block that cannot be read leaves a gap, and ids are row numbers: a case that closed the gap would put translations
 * and decisions beside other messages. So rows that are gone stand as rows without text, sender or time, in a thread of
 * their own, and keep their numbers; the blocks beside say how many they were. Nothing is guessed about them.
 * A number that anything left still uses (a copy, a contact, a translation, a decision) stays taken as well, though no
 * block says what it stood for: given out again, it would put that beside the next import's messages and people.
 */
import type { Account, Thread } from './directory.ts';
import { emptySum } from './findings.ts';
import { NONE } from './ids.ts';
import type { CallTable, MessageTable, PlaceColumns, TimeColumns } from './message-table.ts';
import { MessageState } from './records.ts';
import type { EvidenceStore, RowCounts, SourceInfo } from './store.ts';

/** Key and name of what stands in for what is gone. */
const GONE = 'skein-lost';
const GONE_NAME = 'Rows of damaged blocks';

/** One block that could not be read. */
export interface LostPart {
  /** Number of the block. */
  readonly seq: number;
  readonly kind: string;
  /** Rows that it held, from inclusive, to exclusive; null where it held none or nobody can say. */
  readonly rows: { readonly from: number; readonly to: number } | null;
  /** Names of the files of its import; empty where it belongs to none or nobody can say. */
  readonly sources: readonly string[];
}

interface OpenPart {
  seq: number;
  kind: string;
  rows: LostPart['rows'];
  sources: readonly string[];
  /** True until the closing block of its import has come. */
  isOpen: boolean;
}

/** Numbers that were given out before an import. */
interface LostNumbers {
  readonly services: number;
  readonly paths: number;
  readonly sources: number;
}

/** How many messages and accounts there must have been, going by what stands beside the evidence. */
export interface NamedRows {
  readonly messages: number;
  readonly accounts: number;
}

/** Kinds of an import's blocks; others belong to none. */
const OF_IMPORTS: ReadonlySet<string> = new Set(['begin', 'messages', 'calls', 'rest', 'directory', 'unknown']);

/** Follows a store as it is loaded: fills gaps, and remembers what was in them. */
export class LostBlocks {
  readonly #store: EvidenceStore;
  readonly #rowsOfBlock: number;
  readonly #parts: OpenPart[] = [];
  /** Messages that are gone, ascending. */
  #gaps: number[] = [];
  /** Attachments of the import that is being loaded, as far as they were read. */
  #ownAttachments = 0;

  constructor(store: EvidenceStore, rowsOfBlock: number) {
    this.#store = store;
    this.#rowsOfBlock = rowsOfBlock;
  }

  get parts(): readonly LostPart[] {
    return this.#parts.map(({ seq, kind, rows, sources }) => ({ seq, kind, rows, sources }));
  }

  /** True where the closing block of the import that is being loaded is known to be gone. */
  get isClosingLost(): boolean {
    return this.#parts.some(({ isOpen, kind }) => isOpen && (kind === 'directory' || kind === 'unknown'));
  }

  lose(seq: number, kind: string): void {
    this.#parts.push({ seq, kind, rows: null, sources: [], isOpen: OF_IMPORTS.has(kind) });
  }

  /** Rows that a block begins with; what lies between is gone. What an import left behind before them goes. */
  messagesTo(from: number): void {
    const { messages } = this.#store;
    if (this.#parts.length === 0) return;
    if (messages.length > from) this.cutTo({ ...this.#store.rowCounts(), messages: from });
    this.#name('messages', messages.length, from);
    while (messages.length < from) {
      this.#gaps.push(messages.length);
      pushLostMessage(messages);
    }
  }

  callsTo(from: number): void {
    const { calls } = this.#store;
    if (this.#parts.length === 0) return;
    if (calls.length > from) this.cutTo({ ...this.#store.rowCounts(), calls: from });
    this.#name('calls', calls.length, from);
    while (calls.length < from) pushLostCall(calls);
  }

  /** Drops rows of an import that was not finished; those of a gap among them are no gap any more. */
  cutTo(counts: RowCounts): void {
    this.#store.truncate(counts);
    this.#gaps = this.#gaps.filter((row) => row < counts.messages);
    this.#ownAttachments = 0;
  }

  /**
   * Before the attachments of an import come in.
   * @param from number of the first; undefined in blocks from before it was kept
   */
  attachmentsFrom(from: number | undefined, count: number): void {
    if (from !== undefined && this.#parts.length > 0) this.#attachmentsTo(from);
    this.#ownAttachments = count;
  }

  /** Where the attachments of the first message after a gap begin: all before belong to rows that are gone. */
  attachmentsEndAt(end: number): void {
    const { messages } = this.#store;
    const last = messages.length - 1;
    if (this.#gaps.at(-1) === last && last >= 0) messages.attachmentEnds.set(last, end);
  }

  /** How far an import had come at its end: what lacks was in blocks that are gone, and gets names that say so. */
  padTo(mark: { messages: number; calls: number; attachments: number }, before: LostNumbers): void {
    if (this.#parts.length === 0) return;
    this.messagesTo(mark.messages);
    this.callsTo(mark.calls);
    const { services, paths, attachments } = this.#store;
    // What was read of this import ends with it: what lacks was before, or none was read.
    const own = attachments.splice(attachments.length - this.#ownAttachments);
    this.#attachmentsTo(mark.attachments - own.length);
    for (const attachment of own) attachments.push(attachment);
    while (services.length < before.services) services.number(`${GONE}-${services.length}`);
    while (paths.length < before.paths) paths.number(`${GONE}-${paths.length}`);
    this.sourcesTo(before.sources);
  }

  /** Files of imports whose closing block is gone get names that say so. */
  sourcesTo(count: number): void {
    const { sources } = this.#store;
    if (this.#parts.length === 0) return;
    while (sources.length < count) sources.push(lostSource(sources.length));
  }

  #attachmentsTo(count: number): void {
    const { attachments } = this.#store;
    if (attachments.length > count) attachments.length = count;
    while (attachments.length < count) attachments.push({ name: '' });
  }

  /** An import is whole: what was lost of it was in these files. */
  close(sources: readonly string[]): void {
    for (const part of this.#parts) {
      if (part.isOpen) part.sources = sources;
      part.isOpen = false;
    }
    this.#ownAttachments = 0;
  }

  /** After the last block: rows that are gone get the thread that says so, and numbers that nobody explains, names. */
  settle(named: NamedRows): void {
    if (this.#parts.length === 0) return;
    const { messages, copies, calls, callCopies, otherCopies, memberships, others } = this.#store;
    const { directory, services, paths } = this.#store;
    this.messagesTo(Math.max(messages.length, named.messages, above(copies.message), above(memberships.message)));
    this.callsTo(Math.max(calls.length, above(callCopies.message)));
    this.#attachmentsTo(messages.length === 0 ? 0 : messages.attachmentEnds.at(messages.length - 1));
    const places = [messages, copies, calls, callCopies, otherCopies, memberships].map(({ place }) => place);
    const most = {
      threads: Math.max(above(messages.thread), above(memberships.thread)),
      services: Math.max(above(messages.service), above(calls.service)),
      paths: Math.max(...places.map(({ path }) => above(path))),
      sources: Math.max(...places.map(({ source }) => above(source))),
      accounts: named.accounts
    };
    for (const ids of [messages.from, messages.to.values, calls.from, calls.to.values, memberships.account, memberships.by])
      most.accounts = Math.max(most.accounts, above(ids));
    for (const other of others) {
      most.sources = Math.max(most.sources, other.source + 1);
      const accounts = other.kind === 'contact' ? other.accounts : other.kind === 'account' ? [other.account] : [];
      for (const id of accounts) if (id !== NONE) most.accounts = Math.max(most.accounts, id + 1);
    }
    while (services.length < most.services) services.number(`${GONE}-${services.length}`);
    while (paths.length < most.paths) paths.number(`${GONE}-${paths.length}`);
    this.sourcesTo(most.sources);
    const lostAccounts: Account[] = [];
    for (let id = directory.accounts.length; id < most.accounts; id++) lostAccounts.push(lostAccount(id));
    const lostThreads: Thread[] = [];
    for (let id = directory.threads.length; id < most.threads; id++) lostThreads.push(lostThread(`${GONE}-${id}`));
    directory.restore({ accounts: lostAccounts, threads: lostThreads });
    if (this.#gaps.length === 0) return;
    let thread = directory.threads.findIndex(({ key }) => key === GONE);
    if (thread < 0) {
      thread = directory.threads.length;
      directory.restore({ accounts: [], threads: [lostThread(GONE)] });
    }
    for (const row of this.#gaps) messages.thread.set(row, thread);
  }

  /** Numbers rows of a gap to the blocks that were lost of it: all but the last of an import are full. */
  #name(kind: 'messages' | 'calls', from: number, to: number): void {
    const lost = this.#parts.filter(
      (part) => part.isOpen && part.rows === null && (part.kind === kind || part.kind === 'unknown')
    );
    let at = from;
    for (const [i, part] of lost.entries()) {
      if (at >= to) return;
      const end = i === lost.length - 1 ? to : Math.min(to, at + this.#rowsOfBlock);
      part.rows = { from: at, to: end };
      at = end;
    }
  }
}

/** One more than the highest number in a column, 0 where it has none. */
function above(numbers: { readonly length: number; at(row: number): number }): number {
  let most = 0;
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers.at(row);
    if (number !== NONE && number >= most) most = number + 1;
  }
  return most;
}

function pushLostTime(time: TimeColumns): void {
  time.push({ utcMs: null, basis: 'unknown', raw: '' });
}

/** Numbers and not `push`: a path that nobody has would move the numbers of those to come. */
function pushLostPlace(place: PlaceColumns): void {
  place.source.push(place.source.length === 0 ? 0 : place.source.at(place.source.length - 1));
  place.path.push(0);
  place.offset.push(0);
  place.unit.push(0);
  place.itemId.push('');
}

function pushLostMessage(table: MessageTable): void {
  pushLostTime(table.time);
  table.service.push(0);
  table.from.push(NONE);
  table.to.push([]);
  table.direction.push(0);
  table.state.push(MessageState.partial);
  table.confidence.push(0);
  table.body.push('');
  const row = table.attachmentEnds.length;
  table.attachmentEnds.push(row === 0 ? 0 : table.attachmentEnds.at(row - 1));
  pushLostPlace(table.place);
  // The length of a table is that of its threads: last.
  table.thread.push(0);
}

function pushLostCall(table: CallTable): void {
  pushLostTime(table.time);
  table.service.push(0);
  table.to.push([]);
  table.duration_s.push(Number.NaN);
  table.direction.push(0);
  table.outcome.push(0);
  table.isVideo.push(0);
  table.state.push(MessageState.partial);
  table.confidence.push(0);
  pushLostPlace(table.place);
  table.from.push(NONE);
}

const lostAccount = (id: number): Account => ({
  service: GONE,
  identifier: `${GONE}-${id}`,
  e164: null,
  rawIdentifiers: [],
  names: [],
  ownerOf: []
});

const lostThread = (key: string): Thread => ({ service: GONE, key, name: GONE_NAME, isGroup: false, members: [] });

const lostSource = (number: number): SourceInfo => ({
  name: `${GONE}-${number}`,
  sizeBytes: 0,
  sha256Hex: '',
  formatId: GONE,
  formatVersion: 0,
  options: {},
  sum: emptySum(),
  importedAtMs: 0,
  facts: [],
  findings: [],
  devices: []
});
