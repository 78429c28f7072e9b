/**
 * Takes one source into the store: the EvidenceSink that readers write to. Folds copies, keeps the sum of the
 * conservation law, and can be taken back whole as long as it is not committed.
 */
import { Column } from './columns.ts';
import { emptySum, told, type Finding, type SourceSum } from './findings.ts';
import { hashText, hashUtf8, mix } from './fold-index.ts';
import { NONE, type AccountId } from './ids.ts';
import type { CopyTable } from './message-table.ts';
import {
  CALL_OUTCOMES,
  CONFIDENCES,
  DIRECTIONS,
  MEMBERSHIP_CHANGES,
  MessageState,
  type AccountRecord,
  type AccountRef,
  type CallRecord,
  type ContactRecord,
  type DeviceFact,
  type EvidenceTime,
  type GenericRecord,
  type ItemKind,
  type LocationRecord,
  type MembershipRecord,
  type MessageRecord,
  type SourcePlace
} from './records.ts';
import type { EvidenceSink } from './sink.ts';
import type { EvidenceStore, OtherRecord, RowCounts } from './store.ts';
import { sentence } from './wording/sentence.ts';

/** Findings of one code beyond this many are counted, not listed; refusals are always listed. */
const LISTED_NOTES_PER_CODE = 200;
const NOBODY: readonly number[] = [];

export class SourceIntake implements EvidenceSink {
  readonly sum: SourceSum = emptySum();
  readonly findings: Finding[] = [];
  readonly devices: DeviceFact[] = [];
  bytesDone = 0;

  readonly #store: EvidenceStore;
  readonly #source: number;
  readonly #file: string;
  readonly #marks: RowCounts;
  readonly #claimed = new Set<number>();
  /** Rows of the app's own lines in this source, kept or folded, by their place: who came and went stands in them. */
  readonly #systemRows = new Map<string, number>();
  /** Who came and went by the sources before, made when this one says something of it; and what this one said. */
  #changes: { readonly before: ReadonlySet<string>; readonly own: Set<string> } | null = null;
  readonly #notes = new Map<string, number>();
  /** Rows that may not fold inside their own source: they enter the fold table at commit. */
  readonly #pending = { rows: new Column(Uint32Array), hashes: new Column(Uint32Array) };

  /** @param sourceNumber the row the source will have in `store.sources` once committed. */
  constructor(store: EvidenceStore, sourceNumber: number, file: string) {
    this.#store = store;
    this.#source = sourceNumber;
    this.#file = file;
    this.#marks = store.rowCounts();
    fillFolds(store);
    store.directory.begin();
  }

  get firstMessage(): number {
    return this.#marks.messages;
  }

  seen(kind: ItemKind): void {
    this.sum.seen++;
    this.sum.byKind[kind].seen++;
  }

  message(record: MessageRecord): void {
    const { messages, directory, services } = this.#store;
    const thread = directory.thread(record.thread, this.#source);
    const from = this.#account(record.from);
    // Someone who writes in a thread belongs to it, whether the source lists them or not.
    if (from !== NONE) directory.addMember(thread, from as AccountId);
    const hash = messageHash(hashText(record.body, thread), from, record.time.utcMs ?? Number.NaN, record.time.raw);
    const { messages: folds } = this.#store.folds;
    let copyOf = folds.first(hash);
    while (copyOf >= 0 && !this.#isCopy(copyOf, record, thread, from)) copyOf = folds.next(hash);
    if (copyOf >= 0) {
      this.#claimed.add(copyOf);
      if ((record.state & MessageState.system) !== 0) this.#systemRows.set(placeKey(record.place), copyOf);
      this.#copy('message', this.#store.copies, copyOf, record.place, record.itemId);
      this.#store.copyCount.set(copyOf, Math.min(255, this.#store.copyCount.at(copyOf) + 1));
      return;
    }
    for (const attachment of record.attachments) this.#store.attachments.push(attachment);
    const row = messages.push({
      time: record.time,
      service: services.number(record.thread.service),
      thread,
      from,
      to: this.#accounts(record.to),
      direction: record.direction,
      state: record.state,
      confidence: record.confidence,
      body: record.body,
      attachments: record.attachments.length,
      source: this.#source,
      place: record.place,
      itemId: record.itemId
    });
    this.#store.copyCount.push(0);
    if ((record.state & MessageState.system) !== 0) this.#systemRows.set(placeKey(record.place), row);
    if (record.fold === 'identical') folds.add(hash, row);
    else {
      this.#pending.rows.push(row);
      this.#pending.hashes.push(hash);
    }
    this.#kept('message');
  }

  call(record: CallRecord): void {
    const { calls, services } = this.#store;
    const from = this.#account(record.from);
    const to = record.to.map((ref) => this.#account(ref));
    const hash = callHash(from, to[0] ?? NONE, record.duration_s ?? Number.NaN, record.time.utcMs ?? Number.NaN, record.time.raw);
    const service = services.number(record.service);
    const copyOf = this.#store.folds.calls.find(hash, (row) => {
      const stored = calls.to.at(row);
      return (
        calls.from.at(row) === from &&
        calls.service.at(row) === service &&
        Object.is(calls.duration_s.at(row), record.duration_s ?? Number.NaN) &&
        sameTime(calls.time.utcMs.at(row), calls.time.raw, row, record.time) &&
        stored.length === to.length &&
        to.every((id, i) => stored[i] === id)
      );
    });
    if (copyOf >= 0) {
      this.#copy('call', this.#store.callCopies, copyOf, record.place, record.itemId);
      return;
    }
    const row = calls.push({
      time: record.time,
      service,
      from,
      to,
      duration_s: record.duration_s,
      direction: DIRECTIONS.indexOf(record.direction),
      outcome: CALL_OUTCOMES.indexOf(record.outcome),
      isVideo: record.isVideo,
      state: record.state | (record.time.ambiguous === true ? MessageState.timeAmbiguous : 0),
      confidence: CONFIDENCES.indexOf(record.confidence),
      source: this.#source,
      place: record.place,
      itemId: record.itemId
    });
    this.#store.folds.calls.add(hash, row);
    this.#kept('call');
  }

  contact(record: ContactRecord): void {
    const accounts = record.accounts.map((ref) => this.#account(ref));
    for (const id of accounts)
      if (record.name !== '') this.#store.directory.addName(id as AccountId, record.name, 'contact', this.#source);
    this.#other({
      kind: 'contact',
      name: record.name,
      accounts,
      service: record.service,
      organisation: record.organisation ?? '',
      notes: record.notes ?? '',
      confidence: record.confidence,
      ...this.#base(record)
    });
  }

  account(record: AccountRecord): void {
    const account = this.#account(record.account);
    if (record.isOwner) this.#store.directory.setOwner(account as AccountId, this.#source);
    this.#other({ kind: 'account', account, isOwner: record.isOwner, source: this.#source, place: record.place });
  }

  location(record: LocationRecord): void {
    const { latitude_deg, longitude_deg, precision_m, label, time, confidence } = record;
    this.#other({
      kind: 'location',
      latitude_deg,
      longitude_deg,
      precision_m,
      locationKind: record.kind,
      label,
      time,
      confidence,
      ...this.#base(record)
    });
  }

  generic(record: GenericRecord): void {
    this.#other({ kind: 'generic', type: record.type, fields: record.fields, time: record.time, ...this.#base(record) });
  }

  device(fact: DeviceFact): void {
    this.devices.push(fact);
  }

  membership(record: MembershipRecord): void {
    const { directory, memberships } = this.#store;
    const thread = directory.thread(record.thread, this.#source);
    const account = this.#account(record.account);
    directory.addMember(thread, account as AccountId);
    const { change, time } = record;
    const by = this.#account(record.by);
    const message = this.#systemRows.get(placeKey(record.place)) ?? NONE;
    const key = changeKey(thread, account, change, time.utcMs ?? Number.NaN, time.raw);
    const { before, own } = (this.#changes ??= { before: changesOf(this.#store), own: new Set() });
    // Two phones of one group tell the same of it. Inside one file the same may happen twice within a minute.
    if (before.has(key) || own.has(`${key} ${message}`)) return;
    own.add(`${key} ${message}`);
    memberships.push({ thread, account, change, by, time, message, source: this.#source, place: record.place });
  }

  refuse(kind: ItemKind, finding: Omit<Finding, 'severity' | 'file'>): void {
    this.sum.refused++;
    this.sum.byKind[kind].refused++;
    this.findings.push({ ...finding, severity: 'refusal', file: this.#file });
  }

  note(finding: Omit<Finding, 'file'>): void {
    const count = (this.#notes.get(finding.code) ?? 0) + 1;
    this.#notes.set(finding.code, count);
    if (count <= LISTED_NOTES_PER_CODE) this.findings.push({ ...finding, file: this.#file });
  }

  fold(kind: ItemKind): void {
    this.sum.folded++;
    this.sum.byKind[kind].folded++;
  }

  progress(bytesDone: number): void {
    this.bytesDone = bytesDone;
  }

  /** Ends the list of findings: notes beyond the listed ones are summed up in one line a code. */
  summarise(): void {
    for (const [code, count] of this.#notes) {
      if (count <= LISTED_NOTES_PER_CODE) continue;
      const more = told(sentence('more-of-kind', { count: count - LISTED_NOTES_PER_CODE, kind: code }));
      this.findings.push({ code: code as Finding['code'], severity: 'note', ...more, file: this.#file, place: null });
    }
  }

  /** Keeps the source: from here on it cannot be taken back. */
  commit(): void {
    for (let i = 0; i < this.#pending.rows.length; i++) {
      this.#store.folds.messages.add(this.#pending.hashes.at(i), this.#pending.rows.at(i));
    }
    this.#store.directory.commit();
    this.#store.commit();
  }

  /** Takes everything back: the store is as it was before this intake. */
  rollback(): void {
    const { messages, copies, calls, others } = this.#marks;
    const store = this.#store;
    for (let row = copies; row < store.copies.length; row++) {
      const original = store.copies.message.at(row);
      if (original < messages) store.copyCount.set(original, store.copyCount.at(original) - 1);
    }
    store.truncate(this.#marks);
    store.copyCount.truncate(messages);
    store.directory.rollback();
    store.folds.messages.truncate(messages);
    store.folds.calls.truncate(calls);
    store.folds.others.truncate(others);
  }

  #isCopy(row: number, record: MessageRecord, thread: number, from: number): boolean {
    const { messages } = this.#store;
    return (
      messages.thread.at(row) === thread &&
      messages.from.at(row) === from &&
      sameTime(messages.time.utcMs.at(row), messages.time.raw, row, record.time) &&
      messages.body.at(row) === record.body &&
      (record.fold === 'identical' || !this.#claimed.has(row))
    );
  }

  #accounts(refs: readonly AccountRef[]): readonly number[] {
    if (refs.length === 0) return NOBODY;
    const ids: number[] = [];
    for (const ref of refs) ids.push(this.#account(ref));
    return ids;
  }

  #account(ref: AccountRef | null): number {
    return ref === null ? NONE : this.#store.directory.account(ref, this.#source);
  }

  #base(record: { place: SourcePlace; itemId: string; state: number }): {
    source: number;
    place: SourcePlace;
    itemId: string;
    state: number;
  } {
    return { source: this.#source, place: record.place, itemId: record.itemId, state: record.state };
  }

  #kept(kind: ItemKind): void {
    this.sum.kept++;
    this.sum.byKind[kind].kept++;
  }

  #copy(kind: ItemKind, table: CopyTable, of: number, place: SourcePlace, itemId: string): void {
    table.message.push(of);
    table.place.push(this.#source, place, itemId);
    this.fold(kind);
  }

  #other(record: OtherRecord): void {
    const key = contentOf(record);
    const hash = hashText(key, 11);
    const copyOf = this.#store.folds.others.find(hash, (row) => contentOf(this.#store.others[row] as OtherRecord) === key);
    if (copyOf >= 0) {
      this.#copy(record.kind, this.#store.otherCopies, copyOf, record.place, 'itemId' in record ? record.itemId : '');
      return;
    }
    this.#store.folds.others.add(hash, this.#store.others.length);
    this.#store.pushOther(record);
    this.#kept(record.kind);
  }
}

const placeKey = ({ unit, offset, path }: SourcePlace): string => `${unit} ${offset} ${path}`;

const changeKey = (thread: number, account: number, change: string, utcMs: number, raw: string): string =>
  `${thread} ${account} ${change} ${Number.isNaN(utcMs) ? `at ${raw}` : utcMs}`;

function changesOf({ memberships }: EvidenceStore): Set<string> {
  const { thread, account, change, time } = memberships;
  const keys = new Set<string>();
  for (let row = 0; row < memberships.length; row++) {
    const name = MEMBERSHIP_CHANGES[change.at(row)] ?? '';
    keys.add(changeKey(thread.at(row), account.at(row), name, time.utcMs.at(row), time.raw.at(row)));
  }
  return keys;
}

/** What makes two of the smaller records the same: all but where they stand. Same source kept apart by device. */
function contentOf(record: OtherRecord): string {
  return JSON.stringify(record, (key, value: unknown) => (key === 'place' || key === 'itemId' ? undefined : value));
}

function sameTime(utcMs: number, raws: { at(row: number): string }, row: number, time: EvidenceTime): boolean {
  return time.utcMs === null ? Number.isNaN(utcMs) && raws.at(row) === time.raw : utcMs === time.utcMs;
}

const timeHash = (utcMs: number, raw: string): number =>
  Number.isNaN(utcMs) ? hashText(raw, 7) : mix(utcMs % 4294967296) ^ mix(utcMs / 4294967296);

/** @param body hash of the text, seeded by the thread. */
function messageHash(body: number, from: number, utcMs: number, raw: string): number {
  return mix(body ^ mix(from) ^ timeHash(utcMs, raw));
}

function callHash(from: number, to: number, duration_s: number, utcMs: number, raw: string): number {
  return mix(mix(from) ^ mix(to + 1) ^ mix(duration_s | 0) ^ timeHash(utcMs, raw));
}

/** Enters the rows of a loaded store into its fold tables, so that an import folds against them. */
function fillFolds(store: EvidenceStore): void {
  if (store.hasFolds) return;
  store.hasFolds = true;
  const { messages, calls, folds } = store;
  for (let row = 0; row < messages.length; row++) {
    const utcMs = messages.time.utcMs.at(row);
    const raw = Number.isNaN(utcMs) ? messages.time.raw.at(row) : '';
    const body = hashUtf8(messages.body.bytesAt(row), messages.thread.at(row));
    folds.messages.add(messageHash(body, messages.from.at(row), utcMs, raw), row);
  }
  for (let row = 0; row < calls.length; row++) {
    const utcMs = calls.time.utcMs.at(row);
    const raw = Number.isNaN(utcMs) ? calls.time.raw.at(row) : '';
    folds.calls.add(callHash(calls.from.at(row), calls.to.at(row)[0] ?? NONE, calls.duration_s.at(row), utcMs, raw), row);
  }
  store.others.forEach((record, row) => folds.others.add(hashText(contentOf(record), 11), row));
}
