/**
 * [Note: Lost blocks]
 * A block that cannot be read leaves a gap, and ids are row numbers: a case that closed the gap would put translations
 * and decisions beside other messages. So rows that are gone stand as rows without text, sender or time, in a thread of
 * their own, and keep their numbers; the blocks beside say how many they were. Nothing is guessed about them.
 */
import type { Account, Thread } from './directory.ts';
import { emptySum } from './findings.ts';
import { NONE } from './ids.ts';
import type { CallTable, MessageTable, PlaceColumns, TimeColumns } from './message-table.ts';
import { MessageState } from './records.ts';
import type { EvidenceStore, SourceInfo } from './store.ts';

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

/** Kinds of an import's blocks; others belong to none. */
const OF_IMPORTS: ReadonlySet<string> = new Set(['begin', 'messages', 'calls', 'rest', 'directory', 'unknown']);

/** Follows a store as it is loaded: fills gaps, and remembers what was in them. */
export class LostBlocks {
  readonly #store: EvidenceStore;
  readonly #rowsOfBlock: number;
  readonly #parts: OpenPart[] = [];
  readonly #gaps = { messages: [] as number[], calls: [] as number[] };

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
    if (messages.length > from) this.#store.truncate({ ...this.#store.rowCounts(), messages: from });
    this.#name('messages', messages.length, from);
    while (messages.length < from) {
      this.#gaps.messages.push(messages.length);
      pushLostMessage(messages);
    }
  }

  callsTo(from: number): void {
    const { calls } = this.#store;
    if (this.#parts.length === 0) return;
    if (calls.length > from) this.#store.truncate({ ...this.#store.rowCounts(), calls: from });
    this.#name('calls', calls.length, from);
    while (calls.length < from) {
      this.#gaps.calls.push(calls.length);
      pushLostCall(calls);
    }
  }

  /** The first message after a gap states where its attachments end: all before belong to rows that are gone. */
  attachmentsEndAt(end: number): void {
    const { messages } = this.#store;
    const last = messages.length - 1;
    if (this.#gaps.messages.at(-1) === last && last >= 0) messages.attachmentEnds.set(last, end);
  }

  /** How far an import had come at its end: what lacks was in blocks that are gone, and gets names that say so. */
  padTo(mark: { messages: number; calls: number; attachments: number }, before: LostNumbers): void {
    if (this.#parts.length === 0) return;
    this.messagesTo(mark.messages);
    this.callsTo(mark.calls);
    const { services, paths, sources, attachments } = this.#store;
    while (services.length < before.services) services.number(`${GONE}-${services.length}`);
    while (paths.length < before.paths) paths.number(`${GONE}-${paths.length}`);
    while (sources.length < before.sources) sources.push(lostSource(sources.length));
    while (attachments.length < mark.attachments) attachments.push({ name: '' });
  }

  /** An import is whole: what was lost of it was in these files. */
  close(sources: readonly string[]): void {
    for (const part of this.#parts) {
      if (part.isOpen) part.sources = sources;
      part.isOpen = false;
    }
  }

  /** After the last block: rows that are gone get the thread that says so, and numbers that nobody explains, names. */
  settle(): void {
    const { messages, calls, memberships, directory, services, paths, sources } = this.#store;
    const rows = this.#gaps.messages.filter((row) => row < messages.length);
    if (this.#parts.length === 0) return;
    const most = { thread: -1, account: -1, service: 0, path: 0, source: -1 };
    for (let row = 0; row < messages.length; row++) {
      most.thread = Math.max(most.thread, messages.thread.at(row));
      most.service = Math.max(most.service, messages.service.at(row));
      for (const id of [messages.from.at(row), ...messages.to.at(row)])
        if (id !== NONE) most.account = Math.max(most.account, id);
      most.path = Math.max(most.path, messages.place.path.at(row));
      most.source = Math.max(most.source, messages.place.source.at(row));
    }
    for (let row = 0; row < calls.length; row++) {
      most.service = Math.max(most.service, calls.service.at(row));
      for (const id of [calls.from.at(row), ...calls.to.at(row)]) if (id !== NONE) most.account = Math.max(most.account, id);
      most.path = Math.max(most.path, calls.place.path.at(row));
      most.source = Math.max(most.source, calls.place.source.at(row));
    }
    for (let row = 0; row < memberships.length; row++) {
      most.thread = Math.max(most.thread, memberships.thread.at(row));
      for (const id of [memberships.account.at(row), memberships.by.at(row)])
        if (id !== NONE) most.account = Math.max(most.account, id);
      most.path = Math.max(most.path, memberships.place.path.at(row));
      most.source = Math.max(most.source, memberships.place.source.at(row));
    }
    while (services.length <= most.service) services.number(`${GONE}-${services.length}`);
    while (paths.length <= most.path) paths.number(`${GONE}-${paths.length}`);
    while (sources.length <= most.source) sources.push(lostSource(sources.length));
    const lostAccounts: Account[] = [];
    for (let id = directory.accounts.length; id <= most.account; id++) lostAccounts.push(lostAccount(id));
    const lostThreads: Thread[] = [];
    for (let id = directory.threads.length; id <= most.thread; id++) lostThreads.push(lostThread(`${GONE}-${id}`));
    directory.restore({ accounts: lostAccounts, threads: lostThreads });
    if (rows.length === 0) return;
    let thread = directory.threads.findIndex(({ key }) => key === GONE);
    if (thread < 0) {
      thread = directory.threads.length;
      directory.restore({ accounts: [], threads: [lostThread(GONE)] });
    }
    for (const row of rows) messages.thread.set(row, thread);
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
