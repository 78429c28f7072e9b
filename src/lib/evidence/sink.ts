/**
 * Where readers put what they find. A push interface and not an iterator of objects: a reader calls it
 * from its parser's own callbacks, and the sink writes straight into columns ([Note: Columns] in columns.ts).
 */
import type { Finding } from './findings.ts';
import type {
  AccountRecord,
  CallRecord,
  ContactRecord,
  DeviceFact,
  GenericRecord,
  ItemKind,
  LocationRecord,
  MembershipRecord,
  MessageRecord,
  SourcePlace
} from './records.ts';

export interface EvidenceSink {
  /** Call once when an item begins, before anything can go wrong with it: this is the left side of the sum. */
  seen(kind: ItemKind): void;
  message(record: MessageRecord): void;
  call(record: CallRecord): void;
  contact(record: ContactRecord): void;
  account(record: AccountRecord): void;
  location(record: LocationRecord): void;
  generic(record: GenericRecord): void;
  device(fact: DeviceFact): void;
  /** A fact about a conversation: part of the message or row that holds it, and no item of the sum. */
  membership(record: MembershipRecord): void;
  /** The item announced by `seen` cannot be kept; listed with its place and reason. */
  refuse(kind: ItemKind, finding: Omit<Finding, 'severity' | 'file'>): void;
  /** Anything a person should know that costs no item. */
  note(finding: Omit<Finding, 'file'>): void;
  /** The item announced by `seen` is a copy inside the source by the reader's own knowledge. */
  fold(kind: ItemKind, place: SourcePlace): void;
  /** Bytes of the source consumed so far, for progress and resume. */
  progress(bytesDone: number): void;
}
