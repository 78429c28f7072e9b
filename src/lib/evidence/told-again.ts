/** The blocks of a tape told to a sink as the reader told them. See [Note: Sink tape]. */
import type { UtcMs } from './ids.ts';
import {
  CALL_OUTCOMES,
  CONFIDENCES,
  DIRECTIONS,
  ITEM_KINDS,
  MEMBERSHIP_CHANGES,
  TIME_BASES,
  type AccountRef,
  type CallRecord,
  type EvidenceTime,
  type MembershipRecord,
  type MessageRecord,
  type SourcePlace,
  type ThreadRef
} from './records.ts';
import type { EvidenceSink } from './sink.ts';
import { FOLDS, NOBODY, OPS, UNITS, type OtherCall, type TapeBlock } from './sink-tape.ts';

export class ToldAgain {
  readonly #sink: EvidenceSink;
  readonly #accounts: AccountRef[] = [];
  readonly #threads: ThreadRef[] = [];
  readonly #words: string[] = [];
  #block: TapeBlock | null = null;
  #number = 0;
  #text = 0;
  #attachment = 0;

  constructor(sink: EvidenceSink) {
    this.#sink = sink;
  }

  /** The blocks must come in the order in which the tape gave them. */
  tell(block: TapeBlock): void {
    for (const ref of block.accounts) this.#accounts.push(ref);
    for (const { members, ...thread } of block.threads)
      this.#threads.push({ ...thread, members: members.map((number) => this.#accounts[number] as AccountRef) });
    for (const word of block.words) this.#words.push(word);
    this.#block = block;
    this.#number = this.#text = this.#attachment = 0;
    let other = 0;
    for (const op of block.ops) {
      switch (OPS[op]) {
        case 'seen':
          this.#sink.seen(ITEM_KINDS[this.#next()] as (typeof ITEM_KINDS)[number]);
          break;
        case 'message':
          this.#sink.message(this.#message(block));
          break;
        case 'call':
          this.#sink.call(this.#call());
          break;
        case 'membership':
          this.#sink.membership(this.#membership(block));
          break;
        case 'progress':
          this.#sink.progress(this.#next());
          break;
        default:
          this.#other(block.others[other++] as OtherCall);
      }
    }
  }

  #message(block: TapeBlock): MessageRecord {
    const thread = this.#threads[this.#next()] as ThreadRef;
    const from = this.#account();
    const to = this.#accountList();
    const body = this.#cut(block);
    const time = this.#time(block);
    const direction = DIRECTIONS[this.#next()] as MessageRecord['direction'];
    const state = this.#next();
    const confidence = CONFIDENCES[this.#next()] as MessageRecord['confidence'];
    const first = this.#attachment;
    this.#attachment += this.#next();
    const attachments = block.attachments.slice(first, this.#attachment);
    const place = this.#place();
    const itemId = this.#cut(block);
    const fold = FOLDS[this.#next()] as MessageRecord['fold'];
    return { thread, from, to, body, time, direction, state, confidence, attachments, place, itemId, fold };
  }

  #membership(block: TapeBlock): MembershipRecord {
    const thread = this.#threads[this.#next()] as ThreadRef;
    const account = this.#account() as AccountRef;
    const change = MEMBERSHIP_CHANGES[this.#next()] as MembershipRecord['change'];
    const by = this.#account();
    const time = this.#time(block);
    return { thread, account, change, by, time, place: this.#place() };
  }

  #call(): CallRecord {
    const block = this.#block as TapeBlock;
    const service = this.#word();
    const from = this.#account();
    const to = this.#accountList();
    const time = this.#time(block);
    const duration = this.#next();
    const direction = DIRECTIONS[this.#next()] as CallRecord['direction'];
    const outcome = CALL_OUTCOMES[this.#next()] as CallRecord['outcome'];
    const isVideo = this.#next() === 1;
    const state = this.#next();
    const confidence = CONFIDENCES[this.#next()] as CallRecord['confidence'];
    const place = this.#place();
    const itemId = this.#cut(block);
    const duration_s = Number.isNaN(duration) ? null : duration;
    return { service, from, to, time, duration_s, direction, outcome, isVideo, state, confidence, place, itemId };
  }

  #other(call: OtherCall): void {
    const sink = this.#sink;
    switch (call.name) {
      case 'contact':
        return sink.contact(call.record);
      case 'account':
        return sink.account(call.record);
      case 'location':
        return sink.location(call.record);
      case 'generic':
        return sink.generic(call.record);
      case 'device':
        return sink.device(call.fact);
      case 'refuse':
        return sink.refuse(call.kind, call.finding);
      case 'note':
        return sink.note(call.finding);
      case 'fold':
        return sink.fold(call.kind, call.place);
    }
  }

  #next(): number {
    return (this.#block as TapeBlock).numbers[this.#number++] as number;
  }

  #cut(block: TapeBlock): string {
    const length = this.#next();
    const from = this.#text;
    this.#text += length;
    return block.text.slice(from, this.#text);
  }

  #word(): string {
    return this.#words[this.#next()] as string;
  }

  #account(): AccountRef | null {
    const number = this.#next();
    return number === NOBODY ? null : (this.#accounts[number] as AccountRef);
  }

  #accountList(): AccountRef[] {
    const refs: AccountRef[] = [];
    for (let left = this.#next(); left > 0; left--) refs.push(this.#account() as AccountRef);
    return refs;
  }

  #time(block: TapeBlock): EvidenceTime {
    const raw = this.#cut(block);
    const utcMs = this.#next();
    const basis = TIME_BASES[this.#next()] as EvidenceTime['basis'];
    const ambiguous = this.#next();
    const time = { raw, utcMs: Number.isNaN(utcMs) ? null : (utcMs as UtcMs), basis };
    return ambiguous < 0 ? time : { ...time, ambiguous: ambiguous === 1 };
  }

  #place(): SourcePlace {
    const path = this.#word();
    const offset = this.#next();
    return { path, offset, unit: UNITS[this.#next()] as SourcePlace['unit'] };
  }
}
