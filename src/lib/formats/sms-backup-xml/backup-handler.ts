/**
 * Elements of SMS Backup & Restore: `<sms/>`, `<mms><parts><part/></parts><addrs><addr/></addrs></mms>`, `<call/>`.
 * Fields as in the app's own description, https://www.synctech.com.au/sms-backup-restore/fields-in-xml-backup-files/
 */
import type { AccountRef, AttachmentRecord, EvidenceTime, ItemKind, SourcePlace, ThreadRef } from '../../evidence/records.ts';
import { told } from '../../evidence/findings.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { ADDRESS_TOKEN, CALL_TYPES, MMS_FROM, mmsDirection, mmsState, smsDirection, smsState } from '../android-codes.ts';
import type { ReadOptions } from '../contract.ts';
import { FindingTally } from '../finding-tally.ts';
import { HashSet64 } from '../hash-set.ts';
import { AccountBook } from '../phone-number.ts';
import { placeUnix } from '../time/evidence-time.ts';
import { detailText } from '../json/details.ts';
import type { XmlTag } from '../xml/tag.ts';
import type { XmlHandler } from '../xml/events.ts';
import { XmlTokenizer } from '../xml/tokenizer.ts';

const Kind = { other: 0, sms: 1, mms: 2, part: 3, addr: 4, call: 5, list: 6 } as const;
const ELEMENTS: ReadonlyMap<string, number> = new Map<string, number>([
  ['sms', Kind.sms],
  ['mms', Kind.mms],
  ['part', Kind.part],
  ['addr', Kind.addr],
  ['call', Kind.call],
  ['smses', Kind.list],
  ['calls', Kind.list],
  ['allsms', Kind.list]
]);

/** The app writes the word null where it has nothing. */
function valueOf(tag: XmlTag, name: string): string {
  const text = tag.get(name);
  return text === undefined || text === 'null' ? '' : text;
}

interface Mms {
  readonly place: SourcePlace;
  readonly date: string;
  readonly address: string;
  readonly name: string;
  readonly subject: string;
  readonly box: string;
  readonly read: string;
  readonly id: string;
  texts: string[];
  attachments: AttachmentRecord[];
  readonly addresses: { address: string; type: string }[];
}

const NOBODY: readonly AccountRef[] = [];
const NO_ATTACHMENTS: readonly AttachmentRecord[] = [];
const MOST_PARTS = 10_000;

export class BackupHandler implements XmlHandler {
  readonly tokenizer: XmlTokenizer;
  readonly tally = new FindingTally();
  /** Number that each list claims to hold, with its name. */
  readonly claims: { readonly list: string; readonly count: number }[] = [];
  found = 0;
  sawList = false;
  readonly #sink: EvidenceSink;
  readonly #book: AccountBook;
  readonly #options: ReadOptions;
  readonly #path: string;
  readonly #copies = new HashSet64();
  readonly #threads = new Map<string, ThreadRef>();
  #mms: Mms | null = null;
  #mmsId = -1;

  constructor(sink: EvidenceSink, path: string, options: ReadOptions) {
    this.#sink = sink;
    this.#path = path;
    this.#options = options;
    this.#book = new AccountBook(options.region);
    this.tokenizer = new XmlTokenizer(this);
  }

  classify(tag: XmlTag): number {
    return ELEMENTS.get(this.tokenizer.names.textOf(tag.nameId)) ?? Kind.other;
  }

  open(tag: XmlTag, offset: number): void {
    switch (tag.role) {
      case Kind.sms:
        return this.#sms(tag, this.#place(offset));
      case Kind.call:
        return this.#call(tag, this.#place(offset));
      case Kind.mms:
        this.#mmsId = tag.nameId;
        this.#mms = {
          place: this.#place(offset),
          date: valueOf(tag, 'date'),
          address: valueOf(tag, 'address'),
          name: valueOf(tag, 'contact_name'),
          subject: valueOf(tag, 'sub'),
          box: valueOf(tag, 'msg_box'),
          read: valueOf(tag, 'read'),
          id: valueOf(tag, 'm_id') || valueOf(tag, 'tr_id'),
          texts: [],
          attachments: [],
          addresses: []
        };
        return;
      case Kind.part:
        if (this.#mms !== null) this.#part(tag, this.#mms);
        return;
      case Kind.addr:
        if (this.#mms !== null && this.#mms.addresses.length < MOST_PARTS)
          this.#mms.addresses.push({ address: valueOf(tag, 'address'), type: valueOf(tag, 'type') });
        return;
      case Kind.list: {
        this.sawList = true;
        const count = valueOf(tag, 'count');
        if (/^\d{1,12}$/.test(count)) this.claims.push({ list: this.tokenizer.names.textOf(tag.nameId), count: Number(count) });
        return;
      }
      default:
        if (this.sawList && this.tokenizer.depth === (tag.selfClosing ? 1 : 2)) this.#unknown(tag, offset);
    }
  }

  close(nameId: number): void {
    if (this.#mms !== null && nameId === this.#mmsId) {
      const mms = this.#mms;
      this.#mms = null;
      this.#keepMms(mms);
    }
  }

  text(): void {}

  /** The file broke off inside an MMS: it is counted and refused. */
  breakOff(): void {
    if (this.#mms === null) return;
    const mms = this.#mms;
    this.#mms = null;
    this.found++;
    this.#sink.seen('message');
    this.#sink.refuse('message', {
      code: 'item-unreadable',
      ...told(sentence('backup-mms-cut')),
      place: mms.place,
      raw: `${mms.date} ${mms.address} ${mms.texts.join(' ')}`.slice(0, 500)
    });
  }

  #place(offset: number): SourcePlace {
    return { path: this.#path, offset, unit: 'byte' };
  }

  /** An element of a kind that this reader does not know: kept as named text. */
  #unknown(tag: XmlTag, offset: number): void {
    const type = this.tokenizer.names.textOf(tag.nameId);
    const fields: [string, string][] = [];
    for (let i = 0; i < tag.count; i++) fields.push([tag.name(i), detailText(tag.value(i))]);
    this.found++;
    this.#sink.seen('generic');
    this.#sink.generic({ type, fields, time: null, state: 0, place: this.#place(offset), itemId: '' });
    this.tally.add('unknown-type', 'note', 'backup-unknown-elements', this.#place(offset), 1, { type });
  }

  #time(raw: string, place: SourcePlace): EvidenceTime {
    const time = placeUnix(raw);
    if (time.utcMs === null) this.tally.add('time-unreadable', 'warning', 'times-unreadable', place);
    return time;
  }

  #owner(): AccountRef | null {
    const owner = this.#options.owner;
    return owner === null || owner.identifier === '' ? null : this.#book.of('sms', owner.identifier, owner.name);
  }

  /** Contact names are "(Unknown)" where the phone knows none. */
  #account(service: string, address: string, name: string): AccountRef | null {
    const known = name === '(Unknown)' ? '' : name;
    if (address === '' || address === ADDRESS_TOKEN)
      return known === '' ? null : { service, identifier: `name:${known}`, rawIdentifier: known, name: known };
    return this.#book.of(service, address, known);
  }

  #thread(others: readonly AccountRef[], name: string): ThreadRef {
    const keys = [...new Set(others.map((ref) => ref.identifier))].sort();
    const key = keys.length === 0 ? 'unknown' : keys.join(' ');
    let thread = this.#threads.get(key);
    if (thread === undefined) {
      const own = this.#owner();
      const members = others.filter((ref, i) => others.findIndex((other) => other.identifier === ref.identifier) === i);
      thread = {
        service: 'sms',
        key,
        isGroup: keys.length > 1,
        members: own === null ? members : [own, ...members],
        ...(keys.length > 1 && name !== '' && name !== '(Unknown)' ? { name } : {})
      };
      this.#threads.set(key, thread);
    }
    return thread;
  }

  #begin(kind: ItemKind, place: SourcePlace, content: string): boolean {
    this.found++;
    this.#sink.seen(kind);
    // Backups overlap: the app adds to its files, and people join them. Times are in milliseconds, so equal is a copy.
    if (this.#copies.add(`${kind} ${content}`)) return false;
    this.#sink.fold(kind, place);
    this.tally.add('duplicate-folded', 'note', 'backup-items-folded', place);
    return true;
  }

  #sms(tag: XmlTag, place: SourcePlace): void {
    const date = valueOf(tag, 'date');
    const address = valueOf(tag, 'address');
    const type = valueOf(tag, 'type');
    const body = valueOf(tag, 'body');
    const name = valueOf(tag, 'contact_name');
    if (this.#begin('message', place, `sms ${date} ${address} ${type} ${body}`)) return;
    if (date === '' && address === '' && body === '') {
      this.#sink.refuse('message', { code: 'item-unreadable', ...told(sentence('backup-sms-bare')), place });
      return;
    }
    const direction = smsDirection(type);
    const other = this.#account('sms', address, name);
    const own = this.#owner();
    const subject = valueOf(tag, 'subject');
    this.#sink.message({
      thread: this.#thread(other === null ? NOBODY : [other], ''),
      from: direction === 'incoming' ? other : direction === 'outgoing' || type === '3' ? own : null,
      to: direction === 'incoming' ? (own === null ? NOBODY : [own]) : other === null ? NOBODY : [other],
      body: subject === '' ? body : `${subject}\n\n${body}`,
      time: this.#time(date, place),
      direction: type === '3' ? 'outgoing' : direction,
      state: smsState(type, valueOf(tag, 'status'), valueOf(tag, 'read')),
      confidence: 'unstated',
      attachments: NO_ATTACHMENTS,
      place,
      itemId: '',
      fold: 'identical'
    });
  }

  #part(tag: XmlTag, mms: Mms): void {
    const type = valueOf(tag, 'ct');
    if (type === 'application/smil') return;
    const text = valueOf(tag, 'text');
    if (type.startsWith('text/plain') && text !== '') {
      if (mms.texts.length < MOST_PARTS) mms.texts.push(text);
      return;
    }
    if (mms.attachments.length >= MOST_PARTS) return;
    // Base64: four characters for three bytes. It is never decoded; only its length is looked at.
    const base64 = tag.valueBytes('data');
    mms.attachments.push({
      name: [valueOf(tag, 'name'), valueOf(tag, 'cl'), valueOf(tag, 'fn')].find((candidate) => candidate !== '') ?? '',
      ...(type === '' ? {} : { contentType: type }),
      ...(base64 > 4 ? { sizeBytes: Math.floor((base64 * 3) / 4) } : {})
    });
  }

  #keepMms(mms: Mms): void {
    const body = mms.texts.join('\n');
    const { place } = mms;
    // Two MMS of one moment differ in their parts; the sizes of these stand for them.
    const parts = mms.attachments.map((part) => `${part.name}/${part.sizeBytes ?? 0}`).join(' ');
    if (this.#begin('message', place, `mms ${mms.date} ${mms.address} ${mms.box} ${body} ${parts}`)) return;
    const own = this.#owner();
    const known = mms.addresses.filter(({ address }) => address !== '' && address !== ADDRESS_TOKEN);
    // The list address joins the numbers of a group with '~'; single names belong to single numbers only.
    const listed = mms.address === '' || mms.address === ADDRESS_TOKEN ? [] : mms.address.split('~');
    const name = listed.length === 1 ? mms.name : '';
    const direction = mmsDirection(mms.box);
    let from: AccountRef | null = null;
    const to: AccountRef[] = [];
    for (const { address, type } of known) {
      const ref = this.#account('sms', address, listed.length === 1 && address === listed[0] ? name : '');
      if (ref === null) continue;
      if (type === MMS_FROM) from ??= ref;
      else if (!to.some((held) => held.identifier === ref.identifier)) to.push(ref);
    }
    const outside = listed.map((address) => this.#account('sms', address, name)).filter((ref): ref is AccountRef => ref !== null);
    if (direction === 'outgoing') {
      from ??= own;
      if (to.length === 0) to.push(...outside);
    } else if (from === null && outside.length === 1) from = outside[0] ?? null;
    const others =
      outside.length > 0
        ? outside
        : [from, ...to].filter((ref): ref is AccountRef => ref !== null && ref.identifier !== own?.identifier);
    this.#sink.message({
      thread: this.#thread(others, mms.name),
      from,
      to: to.length === 0 && direction === 'incoming' && own !== null ? [own] : to,
      body: mms.subject === '' ? body : body === '' ? mms.subject : `${mms.subject}\n\n${body}`,
      time: this.#time(mms.date, place),
      direction,
      state: mmsState(mms.box, mms.read),
      confidence: 'unstated',
      attachments: mms.attachments.length === 0 ? NO_ATTACHMENTS : mms.attachments,
      place,
      itemId: mms.id,
      fold: 'identical'
    });
  }

  #call(tag: XmlTag, place: SourcePlace): void {
    const date = valueOf(tag, 'date');
    const number = valueOf(tag, 'number');
    const type = valueOf(tag, 'type');
    const duration = valueOf(tag, 'duration');
    if (this.#begin('call', place, `${date} ${number} ${type} ${duration}`)) return;
    if (date === '' && number === '') {
      this.#sink.refuse('call', { code: 'item-unreadable', ...told(sentence('backup-call-bare')), place });
      return;
    }
    const [direction, outcome] = CALL_TYPES[type] ?? ['unknown', 'unknown'];
    const duration_s = /^\d{1,9}$/.test(duration) ? Number(duration) : null;
    // A withheld number is written as -1, -2 or nothing.
    const other = this.#account('phone', /^-\d$/.test(number) ? '' : number, valueOf(tag, 'contact_name'));
    const owner = this.#options.owner;
    const own = owner === null || owner.identifier === '' ? null : this.#book.of('phone', owner.identifier, owner.name);
    this.#sink.call({
      service: 'phone',
      from: direction === 'incoming' ? other : direction === 'outgoing' ? own : null,
      to: direction === 'incoming' ? (own === null ? NOBODY : [own]) : other === null ? NOBODY : [other],
      time: this.#time(date, place),
      duration_s,
      direction,
      outcome: outcome === 'unknown' && (duration_s ?? 0) > 0 ? 'answered' : outcome,
      isVideo: false,
      state: 0,
      confidence: 'unstated',
      place,
      itemId: ''
    });
  }
}
