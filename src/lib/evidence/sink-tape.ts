/**
 * What a reader tells a sink, written down to be told again elsewhere: one worker reads, another one keeps.
 *
 * [Note: Sink tape] Records as objects cost more to hand to another worker than to read. Here the two frequent kinds,
 * messages and calls, are rows of numbers, and their texts one long text that is cut up again where it arrives; accounts,
 * conversations and words (paths, services) are told once and then named by number. The order of all calls is kept, and
 * the objects that readers use again come out as one object again, so that a sink cannot tell the tape from the reader:
 * `sink-tape.test.ts` asks that of every format.
 */
import {
  CALL_OUTCOMES,
  CONFIDENCES,
  DIRECTIONS,
  ITEM_KINDS,
  MEMBERSHIP_CHANGES,
  TIME_BASES,
  type AccountRecord,
  type AccountRef,
  type AttachmentRecord,
  type CallRecord,
  type ContactRecord,
  type DeviceFact,
  type EvidenceTime,
  type GenericRecord,
  type ItemKind,
  type LocationRecord,
  type MembershipRecord,
  type MessageRecord,
  type SourcePlace,
  type ThreadRef
} from './records.ts';
import { Column } from './columns.ts';
import type { Finding } from './findings.ts';
import type { EvidenceSink } from './sink.ts';

/** One code a call. */
export const OPS = ['seen', 'message', 'call', 'other', 'progress', 'membership'] as const;
export const UNITS = ['byte', 'row', 'element'] as const;
export const FOLDS = ['identical', 'ordinal'] as const;
/** Value of an account's number where nobody is named. */
export const NOBODY = -1;

/** A call that is told as it is. */
export type OtherCall =
  | { readonly name: 'contact'; readonly record: ContactRecord }
  | { readonly name: 'account'; readonly record: AccountRecord }
  | { readonly name: 'location'; readonly record: LocationRecord }
  | { readonly name: 'generic'; readonly record: GenericRecord }
  | { readonly name: 'device'; readonly fact: DeviceFact }
  | { readonly name: 'refuse'; readonly kind: ItemKind; readonly finding: Omit<Finding, 'severity' | 'file'> }
  | { readonly name: 'note'; readonly finding: Omit<Finding, 'file'> }
  | { readonly name: 'fold'; readonly kind: ItemKind; readonly place: SourcePlace };

/** A conversation with its members by number. */
export interface TapedThread extends Omit<ThreadRef, 'members'> {
  readonly members: readonly number[];
}

/** Calls in their order; structured-cloneable, its numbers move by transfer. */
export interface TapeBlock {
  readonly ops: Uint8Array<ArrayBuffer>;
  /** What the calls hold, one after the other; see `message` and `call` of SinkTape for the order within one. */
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly text: string;
  readonly others: readonly OtherCall[];
  readonly attachments: readonly AttachmentRecord[];
  /** Those that this block names first. Their numbers go on from the blocks before. */
  readonly accounts: readonly AccountRef[];
  readonly threads: readonly TapedThread[];
  readonly words: readonly string[];
}

/** Calls of one block: large enough that a block costs nothing, small enough that reading one ends soon. */
const MOST_OPS = 4096;
const MOST_TEXT = 1 << 20;

/** Numbers of things by what they are, and those that were not told yet. */
class Told<Key, Thing> {
  readonly #numbers = new Map<Key, number>();
  #fresh: Thing[] = [];

  numberOf(key: Key, make: () => Thing): number {
    let number = this.#numbers.get(key);
    if (number !== undefined) return number;
    const thing = make();
    number = this.#numbers.size;
    this.#numbers.set(key, number);
    this.#fresh.push(thing);
    return number;
  }

  take(): readonly Thing[] {
    const taken = this.#fresh;
    this.#fresh = [];
    return taken;
  }
}

export class SinkTape implements EvidenceSink {
  readonly #emit: (block: TapeBlock) => void;
  readonly #mostOps: number;
  #ops: number[] = [];
  readonly #numbers = new Column(Float64Array, 1 << 14);
  #texts: string[] = [];
  #textLength = 0;
  #others: OtherCall[] = [];
  #attachments: AttachmentRecord[] = [];
  readonly #accounts = new Told<AccountRef, AccountRef>();
  readonly #threads = new Told<ThreadRef, TapedThread>();
  readonly #words = new Told<string, string>();

  /** @param emit takes each block when it is full; `end` gives the last one. */
  constructor(emit: (block: TapeBlock) => void, mostOps = MOST_OPS) {
    this.#emit = emit;
    this.#mostOps = mostOps;
  }

  seen(kind: ItemKind): void {
    this.#numbers.push(ITEM_KINDS.indexOf(kind));
    this.#op('seen');
  }

  message(record: MessageRecord): void {
    const push = this.#push;
    push(this.#thread(record.thread));
    push(this.#account(record.from));
    push(record.to.length);
    for (const ref of record.to) push(this.#account(ref));
    this.#text(record.body);
    this.#time(record.time);
    push(DIRECTIONS.indexOf(record.direction));
    push(record.state);
    push(CONFIDENCES.indexOf(record.confidence));
    push(record.attachments.length);
    for (const attachment of record.attachments) this.#attachments.push(attachment);
    this.#place(record.place);
    this.#text(record.itemId);
    push(FOLDS.indexOf(record.fold));
    this.#op('message');
  }

  call(record: CallRecord): void {
    const push = this.#push;
    push(this.#word(record.service));
    push(this.#account(record.from));
    push(record.to.length);
    for (const ref of record.to) push(this.#account(ref));
    this.#time(record.time);
    push(record.duration_s ?? Number.NaN);
    push(DIRECTIONS.indexOf(record.direction));
    push(CALL_OUTCOMES.indexOf(record.outcome));
    push(record.isVideo ? 1 : 0);
    push(record.state);
    push(CONFIDENCES.indexOf(record.confidence));
    this.#place(record.place);
    this.#text(record.itemId);
    this.#op('call');
  }

  membership(record: MembershipRecord): void {
    const push = this.#push;
    push(this.#thread(record.thread));
    push(this.#account(record.account));
    push(MEMBERSHIP_CHANGES.indexOf(record.change));
    push(this.#account(record.by));
    this.#time(record.time);
    this.#place(record.place);
    this.#op('membership');
  }

  contact(record: ContactRecord): void {
    this.#other({ name: 'contact', record });
  }
  account(record: AccountRecord): void {
    this.#other({ name: 'account', record });
  }
  location(record: LocationRecord): void {
    this.#other({ name: 'location', record });
  }
  generic(record: GenericRecord): void {
    this.#other({ name: 'generic', record });
  }
  device(fact: DeviceFact): void {
    this.#other({ name: 'device', fact });
  }
  refuse(kind: ItemKind, finding: Omit<Finding, 'severity' | 'file'>): void {
    this.#other({ name: 'refuse', kind, finding });
  }
  note(finding: Omit<Finding, 'file'>): void {
    this.#other({ name: 'note', finding });
  }
  fold(kind: ItemKind, place: SourcePlace): void {
    this.#other({ name: 'fold', kind, place });
  }
  progress(bytesDone: number): void {
    this.#numbers.push(bytesDone);
    this.#op('progress');
  }

  /** Gives away what is not given yet; nothing may be told afterwards. */
  end(): void {
    if (this.#ops.length > 0) this.#flush();
  }

  readonly #push = (value: number): void => this.#numbers.push(value);

  #op(name: (typeof OPS)[number]): void {
    this.#ops.push(OPS.indexOf(name));
    if (this.#ops.length >= this.#mostOps || this.#textLength >= MOST_TEXT) this.#flush();
  }

  #other(call: OtherCall): void {
    this.#others.push(call);
    this.#op('other');
  }

  #text(text: string): void {
    this.#numbers.push(text.length);
    if (text === '') return;
    this.#texts.push(text);
    this.#textLength += text.length;
  }

  #time({ raw, utcMs, basis, ambiguous }: EvidenceTime): void {
    this.#text(raw);
    this.#numbers.push(utcMs ?? Number.NaN);
    this.#numbers.push(TIME_BASES.indexOf(basis));
    this.#numbers.push(ambiguous === undefined ? -1 : ambiguous ? 1 : 0);
  }

  #place({ path, offset, unit }: SourcePlace): void {
    this.#numbers.push(this.#word(path));
    this.#numbers.push(offset);
    this.#numbers.push(UNITS.indexOf(unit));
  }

  #word(word: string): number {
    return this.#words.numberOf(word, () => word);
  }

  #account(ref: AccountRef | null): number {
    return ref === null ? NOBODY : this.#accounts.numberOf(ref, () => ref);
  }

  /** As it is when it is told first: that is also what a sink takes of it. */
  #thread(ref: ThreadRef): number {
    return this.#threads.numberOf(ref, () => ({ ...ref, members: ref.members.map((member) => this.#account(member)) }));
  }

  #flush(): void {
    const block: TapeBlock = {
      ops: Uint8Array.from(this.#ops),
      numbers: this.#numbers.view().slice(),
      text: this.#texts.join(''),
      others: this.#others,
      attachments: this.#attachments,
      accounts: this.#accounts.take(),
      threads: this.#threads.take(),
      words: this.#words.take()
    };
    this.#ops = [];
    this.#numbers.truncate(0);
    this.#texts = [];
    this.#textLength = 0;
    this.#others = [];
    this.#attachments = [];
    this.#emit(block);
  }
}

/** What a block takes up, about: for a cap on what waits. */
export function tapeBytes({ ops, numbers, text, others, attachments }: TapeBlock): number {
  return ops.byteLength + numbers.byteLength + 2 * text.length + 400 * (others.length + attachments.length);
}
