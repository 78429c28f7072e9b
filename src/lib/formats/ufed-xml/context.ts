/** What every part of the reader of one report shares. */
import type { AccountRef, EvidenceTime, ItemKind, SourcePlace, ThreadRef } from '../../evidence/records.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import type { ReadOptions } from '../contract.ts';
import { FindingTally } from '../finding-tally.ts';
import { HashSet64 } from '../hash-set.ts';
import { AccountBook } from '../phone-number.ts';
import { NO_TIME, placeStamp } from '../time/evidence-time.ts';
import { dateOrderOf, parseStamp, type DateOrder } from '../time/stamp.ts';
import { chosenClock, type ZoneClock } from '../time/zone-clock.ts';
import type { Model } from './model.ts';
import { TaggedFiles } from './tagged-files.ts';
import { serviceOf } from './values.ts';
import { Field, FieldNames } from './vocabulary.ts';

export class ReportContext {
  readonly sink: EvidenceSink;
  readonly path: string;
  readonly book: AccountBook;
  readonly names = new FieldNames();
  readonly tally = new FindingTally();
  readonly tagged = new TaggedFiles();
  /** Threads of messages that stand outside of any chat, by service and parties. */
  readonly threads = new Map<string, ThreadRef>();
  /** Numbers of the device itself, in the order in which the report names them. */
  readonly ownNumbers: string[] = [];
  /** For the survey: how often each order of day and month was certain or open. */
  readonly orders = { dmy: 0, mdy: 0, open: 0, examples: [] as string[] };
  timesWithoutZone = 0;
  readonly #owner: ReadOptions['owner'];
  readonly #clock: ZoneClock | null;
  readonly #order: DateOrder | undefined;
  readonly #copies = new HashSet64();
  readonly #services = new Map<string, string>();
  readonly #marked = new Set<string>();
  #lastMarked: AccountRef | null = null;
  readonly #judged = new Map<AccountRef, boolean>();
  #lastSource = '';
  #lastFallback = '';
  #lastService = '';
  readonly #named = new Map<string, AccountRef>();

  constructor(sink: EvidenceSink, path: string, options: ReadOptions, order: DateOrder | undefined) {
    this.sink = sink;
    this.path = path;
    this.book = new AccountBook(options.region);
    this.#owner = options.owner;
    this.#clock = chosenClock(options.zone);
    this.#order = options.dateOrder ?? order;
  }

  place(model: Model): SourcePlace {
    return { path: this.path, offset: model.offset, unit: 'byte' };
  }

  service(source: string, fallback: string): string {
    if (this.#lastService !== '' && source === this.#lastSource && fallback === this.#lastFallback) return this.#lastService;
    const key = `${fallback} ${source}`;
    let service = this.#services.get(key);
    if (service === undefined) this.#services.set(key, (service = serviceOf(source, fallback)));
    this.#lastSource = source;
    this.#lastFallback = fallback;
    this.#lastService = service;
    return service;
  }

  /** Time of a field: the text, else the report's own ISO form of it where the text alone is open. */
  time(model: Model, field: number): EvidenceTime {
    const raw = model.text(field);
    return raw === '' ? NO_TIME : this.timeOf(raw, model);
  }

  timeOf(raw: string, model: Model): EvidenceTime {
    let stamp = parseStamp(raw, this.#order);
    if (stamp === null) {
      const iso = model.formattedOf(raw);
      if (iso !== '') stamp = parseStamp(iso);
      const order = dateOrderOf(raw);
      if (stamp === null && order === 'open') {
        this.orders.open++;
        if (this.orders.examples.length < 2) this.orders.examples.push(raw);
        this.tally.add('date-order-undecided', 'warning', 'report-order-open', this.place(model));
      } else if (stamp === null) {
        this.tally.add('time-unreadable', 'warning', 'times-unreadable', this.place(model));
      }
    } else if (raw.charCodeAt(2) === 47 || raw.charCodeAt(1) === 47) {
      const order = dateOrderOf(raw);
      if (order === 'dmy' || order === 'mdy') this.orders[order]++;
    }
    const time = placeStamp(raw, stamp, this.#clock);
    if (stamp !== null && stamp.offset_min === null) {
      this.timesWithoutZone++;
      if (time.utcMs === null) this.tally.add('time-without-zone', 'warning', 'report-no-zone', this.place(model));
    }
    if (time.ambiguous === true) this.tally.add('time-ambiguous', 'note', 'times-repeated', this.place(model));
    return time;
  }

  /** The account that a Party names; null where it names none. `name:` accounts stand for parties without identifier. */
  party(service: string, party: Model): AccountRef | null {
    const identifier = party.text(Field.Identifier);
    const name = party.text(Field.Name);
    return this.account(service, identifier, name);
  }

  account(service: string, identifier: string, name: string): AccountRef | null {
    if (identifier !== '') return this.book.of(service, identifier, name);
    if (name === '') return null;
    const key = `${service} ${name}`;
    let ref = this.#named.get(key);
    if (ref === undefined) this.#named.set(key, (ref = { service, identifier: `name:${name}`, rawIdentifier: name, name }));
    return ref;
  }

  /** The device's own account in a service: what the officer said, else a number that the report states, else null. */
  owner(service: string): AccountRef | null {
    if (this.#owner !== null && this.#owner.identifier !== '')
      return this.book.of(service, this.#owner.identifier, this.#owner.name);
    const number = this.ownNumbers[0];
    return number === undefined ? null : this.book.of(service, number, this.#owner?.name ?? '');
  }

  /** The report marks this party as the owner of the phone. */
  markOwner(ref: AccountRef): void {
    if (ref === this.#lastMarked) return;
    this.#lastMarked = ref;
    if (this.#marked.has(`${ref.service} ${ref.identifier}`)) return;
    this.#marked.add(`${ref.service} ${ref.identifier}`);
    this.#judged.clear();
  }

  get ownerIsMarked(): boolean {
    return this.#marked.size > 0;
  }

  addOwnNumber(number: string, lastUsed: boolean): void {
    if (this.ownNumbers.includes(number) || this.ownNumbers.length >= 64) return;
    // The number that was used last stands first: it is the one that unmarked messages belong to.
    if (lastUsed) this.ownNumbers.unshift(number);
    else this.ownNumbers.push(number);
    this.#judged.clear();
  }

  isOwner(ref: AccountRef): boolean {
    let own = this.#judged.get(ref);
    if (own === undefined) {
      own =
        this.#marked.has(`${ref.service} ${ref.identifier}`) ||
        this.owner(ref.service)?.identifier === ref.identifier ||
        this.ownNumbers.some((number) => this.book.of(ref.service, number).identifier === ref.identifier);
      this.#judged.set(ref, own);
    }
    return own;
  }

  /**
   * Starts an item in the sum. True where it is a copy of one seen before (the same id, time and content, as
   * when a report lists a message both in its chat and on its own): it is then folded and must not be kept.
   */
  begin(kind: ItemKind, model: Model, time: string, content: string): boolean {
    this.sink.seen(kind);
    if (model.id === '') return false;
    if (this.#copies.add(kind + model.id, time, content)) return false;
    this.sink.fold(kind, this.place(model));
    this.tally.add('duplicate-folded', 'note', 'report-items-folded', this.place(model));
    return true;
  }
}
