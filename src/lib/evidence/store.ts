/** Everything that a case holds as evidence. Filled by intake.ts, written to disk by blocks.ts. */
import { Column, Dictionary } from './columns.ts';
import { Directory } from './directory.ts';
import type { Finding, SourceSum } from './findings.ts';
import { FoldIndex } from './fold-index.ts';
import { CallTable, CopyTable, MessageTable } from './message-table.ts';
import { MembershipTable } from './membership-table.ts';
import { Mirrors } from './mirrors.ts';
import type { AttachmentRecord, DecodingConfidence, DeviceFact, EvidenceTime, LocationKind, SourcePlace } from './records.ts';
import type { Sentence } from './wording/sentence.ts';

/** One imported file with the officer's decisions about it. */
export interface SourceInfo {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256Hex: string;
  /** Path inside the file of that hash, where the source is one of several that a container holds. */
  readonly inside?: string;
  readonly formatId: string;
  readonly formatVersion: number;
  /** The ReadOptions used, kept as data: evidence knows no format. */
  readonly options: unknown;
  readonly sum: SourceSum;
  readonly importedAtMs: number;
  readonly facts: readonly Sentence[];
  readonly findings: readonly Finding[];
  readonly devices: readonly DeviceFact[];
}

/** Rows of each table: how far a store was filled at some moment. */
export interface RowCounts {
  messages: number;
  calls: number;
  copies: number;
  callCopies: number;
  otherCopies: number;
  others: number;
  attachments: number;
  memberships: number;
}

/** Fields that the smaller kinds share. */
export interface OtherBase {
  readonly source: number;
  readonly place: SourcePlace;
  readonly itemId: string;
  readonly state: number;
}

export interface StoredContact extends OtherBase {
  readonly kind: 'contact';
  readonly name: string;
  readonly accounts: readonly number[];
  readonly service: string;
  readonly organisation: string;
  readonly notes: string;
  readonly confidence: DecodingConfidence;
}

export interface StoredLocation extends OtherBase {
  readonly kind: 'location';
  readonly latitude_deg: number | null;
  readonly longitude_deg: number | null;
  readonly precision_m: number | null;
  readonly locationKind: LocationKind;
  readonly label: string;
  readonly time: EvidenceTime;
  readonly confidence: DecodingConfidence;
}

export interface StoredGeneric extends OtherBase {
  readonly kind: 'generic';
  readonly type: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly time: EvidenceTime | null;
}

export interface StoredAccountFact {
  readonly kind: 'account';
  readonly account: number;
  readonly isOwner: boolean;
  readonly source: number;
  readonly place: SourcePlace;
}

/** Contacts, locations, listed accounts and generic items: few enough to stand as objects. */
export type OtherRecord = StoredContact | StoredLocation | StoredGeneric | StoredAccountFact;

export class EvidenceStore {
  readonly services = new Dictionary();
  readonly paths = new Dictionary();
  readonly directory = new Directory();
  readonly sources: SourceInfo[] = [];
  readonly messages = new MessageTable(this.paths);
  readonly copies = new CopyTable(this.paths);
  readonly calls = new CallTable(this.paths);
  readonly callCopies = new CopyTable(this.paths);
  readonly otherCopies = new CopyTable(this.paths);
  readonly attachments: AttachmentRecord[] = [];
  readonly memberships = new MembershipTable(this.paths);
  readonly others: OtherRecord[] = [];
  readonly #otherCounts: Record<OtherRecord['kind'], number> = { contact: 0, location: 0, generic: 0, account: 0 };
  /** Copies by hash. */
  readonly folds = { messages: new FoldIndex(), calls: new FoldIndex(), others: new FoldIndex() };
  /** False after a load: the tables of copies are filled when the next import asks for them, not while one waits. */
  hasFolds = true;
  /**
   * Rows of finished imports. Those beyond belong to an import under way, which may still be taken back: whoever
   * shows, counts, searches or translates stops here.
   */
  readonly committed = { messages: 0, calls: 0, accounts: 0, memberships: 0 };
  #revision = 0;
  /** How many copies each message has besides its first place. */
  readonly copyCount = new Column(Uint8Array);
  /** Copies on other devices that are rows of their own. See [Note: Mirrored messages]. */
  readonly mirrors = new Mirrors();

  /** Another number after each commit and each taking back: what was worked out from the evidence holds for one of them. */
  get revision(): number {
    return this.#revision;
  }

  /** Counts everything that is there as finished. */
  commit(): void {
    this.#revision++;
    this.committed.messages = this.messages.length;
    this.committed.calls = this.calls.length;
    this.committed.accounts = this.directory.accounts.length;
    this.committed.memberships = this.memberships.length;
  }

  /** Rows of an import that is under way, or was stopped. */
  get hasUnfinished(): boolean {
    return this.messages.length > this.committed.messages || this.calls.length > this.committed.calls;
  }

  pushOther(record: OtherRecord): void {
    this.others.push(record);
    this.#otherCounts[record.kind]++;
  }

  count(kind: OtherRecord['kind']): number {
    return this.#otherCounts[kind];
  }

  rowCounts(): RowCounts {
    return {
      messages: this.messages.length,
      calls: this.calls.length,
      copies: this.copies.length,
      callCopies: this.callCopies.length,
      otherCopies: this.otherCopies.length,
      others: this.others.length,
      attachments: this.attachments.length,
      memberships: this.memberships.length
    };
  }

  /** Drops the rows beyond the counts. Accounts, fold tables and counts of copies are the caller's to mend. */
  truncate(counts: RowCounts): void {
    this.#revision++;
    this.messages.truncate(counts.messages);
    this.calls.truncate(counts.calls);
    this.copies.truncate(counts.copies);
    this.callCopies.truncate(counts.callCopies);
    this.otherCopies.truncate(counts.otherCopies);
    for (const dropped of this.others.splice(counts.others)) this.#otherCounts[dropped.kind]--;
    this.attachments.length = counts.attachments;
    this.memberships.truncate(counts.memberships);
  }

  contacts(): StoredContact[] {
    return this.others.filter((record) => record.kind === 'contact');
  }

  /** Bytes held in columns, for "This device". Objects are estimated at 300 bytes each. */
  sizeBytes(): { part: string; bytes: number }[] {
    const objects = this.others.length + this.attachments.length + this.directory.accounts.length + this.directory.threads.length;
    return [
      { part: 'messages', bytes: this.messages.sizeBytes },
      { part: 'calls', bytes: this.calls.place.sizeBytes + this.calls.time.sizeBytes },
      { part: 'fold index', bytes: this.folds.messages.sizeBytes + this.folds.calls.sizeBytes + this.folds.others.sizeBytes },
      { part: 'accounts, threads, contacts and the rest', bytes: objects * 300 + this.memberships.sizeBytes }
    ];
  }
}
