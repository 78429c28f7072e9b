/**
 * [Note: Memberships] Who came to a conversation or left it, as a source states it: one row for each account and change.
 * Most stand in a message that the app itself wrote ("Anna added Ben"); its row is kept, so that a date on screen leads to
 * the line behind it. Some stand in a table of members, with a date and without a message.
 * A row says what a source says and nothing more. From when until when somebody belonged is worked out from the rows
 * ([Note: Dated membership] in analysis/membership/periods.ts).
 */
import { Column, type Dictionary } from './columns.ts';
import { PlaceColumns, TimeColumns } from './message-table.ts';
import { MEMBERSHIP_CHANGES, type EvidenceTime, type MembershipChange, type SourcePlace } from './records.ts';

export interface MembershipRowInput {
  readonly thread: number;
  readonly account: number;
  readonly change: MembershipChange;
  /** Account that did it; NONE where nobody is named. Who joins or leaves by themselves is named as well. */
  readonly by: number;
  readonly time: EvidenceTime;
  /** Row of the message that says so; NONE where a table of members says it. */
  readonly message: number;
  readonly source: number;
  readonly place: SourcePlace;
}

export class MembershipTable {
  readonly time = new TimeColumns();
  readonly thread = new Column(Uint32Array, 16);
  readonly account = new Column(Uint32Array, 16);
  /** Index in MEMBERSHIP_CHANGES. */
  readonly change = new Column(Uint8Array, 16);
  readonly by = new Column(Uint32Array, 16);
  readonly message = new Column(Uint32Array, 16);
  readonly place: PlaceColumns;

  constructor(paths: Dictionary) {
    this.place = new PlaceColumns(paths);
  }

  get length(): number {
    return this.thread.length;
  }

  get sizeBytes(): number {
    const ids = this.thread.sizeBytes + this.account.sizeBytes + this.by.sizeBytes + this.message.sizeBytes;
    return this.time.sizeBytes + ids + this.change.sizeBytes + this.place.sizeBytes;
  }

  push(row: MembershipRowInput): number {
    this.time.push(row.time);
    this.account.push(row.account);
    this.change.push(MEMBERSHIP_CHANGES.indexOf(row.change));
    this.by.push(row.by);
    this.message.push(row.message);
    this.place.push(row.source, row.place, '');
    this.thread.push(row.thread);
    return this.length - 1;
  }

  truncate(length: number): void {
    for (const column of [this.time, this.thread, this.account, this.change, this.by, this.message, this.place])
      column.truncate(length);
  }
}
