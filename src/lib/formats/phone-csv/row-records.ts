/**
 * Second pass: each row below the header is an item. A row that is also a place (latitude and longitude beside a
 * call or message) is two items. Blank rows and repeated headers are none.
 */
import {
  MessageState,
  type AttachmentRecord,
  type EvidenceTime,
  type ItemKind,
  type LocationKind,
  type LocationRecord,
  type SourcePlace
} from '../../evidence/records.ts';
import { told } from '../../evidence/findings.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import { FindingTally } from '../finding-tally.ts';
import { CELL_LIMIT, cleanCell, degreesOf, isYes, ownText, remembered, secondsOf } from './cells.ts';
import { EndsReader } from './ends.ts';
import { partiesOf } from './party.ts';
import { isDamaged, type CsvPeople } from './people.ts';
import { plainHeader, type Recipe, type Role, type RowKind } from './recipe.ts';
import type { RowTime } from './row-time.ts';
import { isBlank, type Row } from './rows.ts';
import type { CsvThreads } from './survey.ts';
import { RowView, type Table } from './table.ts';
import { isExact, outcomeOf, statusBits } from './status-words.ts';
import { serviceOf } from './vocabulary.ts';

export interface RowRecordsSetting {
  readonly table: Table;
  readonly recipe: Recipe;
  readonly places: ReadonlyMap<Role, readonly number[]>;
  readonly people: CsvPeople;
  readonly threads: CsvThreads;
  readonly time: RowTime;
}

const RAW_LIMIT = 500;
const EVENT_ROLES: readonly Role[] = [
  'time',
  'date',
  'from',
  'to',
  'party',
  'fromName',
  'toName',
  'partyName',
  'body',
  'duration',
  'attachment'
];

export class RowRecords {
  readonly #setting: RowRecordsSetting;
  readonly #sink: EvidenceSink;
  readonly #view: RowView;
  readonly #ends: EndsReader;
  readonly #tally = new FindingTally();
  readonly #kinds = new Map<string, RowKind>();
  readonly #plainHeaders: string;
  #zoneless = 0;
  readonly #plain = remembered((cell) => plainHeader(cleanCell(cell)));
  readonly #bitsOf = remembered(statusBits);
  readonly #service = remembered((cell) => serviceOf(cleanCell(cell)));

  constructor(setting: RowRecordsSetting, sink: EvidenceSink) {
    this.#setting = setting;
    this.#sink = sink;
    this.#view = new RowView(setting.places);
    this.#ends = new EndsReader(setting.people, setting.recipe);
    this.#plainHeaders = setting.table.place.names.map(plainHeader).join('\n');
    for (const kind of ['location', 'contact', 'message', 'call'] as const)
      for (const word of setting.recipe.kind.words[kind]) this.#kinds.set(plainHeader(word), kind);
  }

  add(row: Row): void {
    if (isBlank(row)) return;
    const { table } = this.#setting;
    const width = table.place.headers.length;
    const place: SourcePlace = { path: table.path, offset: row.row, unit: 'row' };
    const cells =
      row.cells.length > width && row.cells.slice(width).every((cell) => cell.trim() === '')
        ? row.cells.slice(0, width)
        : row.cells;
    if (cells.length !== width) {
      const values = { file: table.input.name, row: row.row, cells: row.cells.length, width };
      this.#refuse(
        row,
        place,
        row.isDamaged ? sentence('table-row-uneven-broken', values) : sentence('table-row-uneven', values)
      );
      return;
    }
    if (
      table.place.headerRow > 0 &&
      cells[0] === table.place.names[0] &&
      cells.map(plainHeader).join('\n') === this.#plainHeaders
    ) {
      this.#tally.add('header-guessed', 'note', 'rows-repeat-header', place);
      return;
    }
    this.#view.cells = cells;
    const state = row.isDamaged ? MessageState.partial : 0;
    if (row.isDamaged) this.#tally.add('damaged-csv', 'warning', 'rows-broken-quotes', place);
    let cut = 0;
    for (const cell of cells) if (cell.length >= CELL_LIMIT) cut++;
    this.#tally.add('cell-cut', 'warning', 'cells-cut', place, cut, { most: CELL_LIMIT });
    this.#emit(this.#kindOf(), place, cut > 0 ? state | MessageState.partial : state);
  }

  finish(): void {
    const zoneless = this.#zoneless;
    this.#tally.add('time-without-zone', 'warning', 'rows-no-zone', null, zoneless);
    this.#tally.flush(this.#sink);
  }

  /** What the row is: by its type column, else by the recipe; generic where it holds nothing of an event. */
  #kindOf(): RowKind {
    const { recipe } = this.#setting;
    const view = this.#view;
    const words = this.#plain(view.raw('type'));
    const stated = this.#kinds.get(words) ?? this.#kinds.get(words.split(' ')[0] ?? '') ?? null;
    const kind = stated ?? recipe.kind.fallback;
    if (kind === 'contact')
      return view.raw('name').trim() !== '' || view.raw('party').trim() !== '' || view.raw('partyName').trim() !== ''
        ? 'contact'
        : 'generic';
    if (kind === 'location') return 'location';
    if (kind === 'generic') return 'generic';
    // A row of totals has none of the cells that an event has.
    const isEvent = EVENT_ROLES.some((role) => view.has(role) && view.raw(role).trim() !== '');
    return isEvent ? kind : 'generic';
  }

  #emit(kind: RowKind, place: SourcePlace, state: number): void {
    if (kind === 'generic') this.#generic(place, state);
    else if (kind === 'contact') this.#contact(place, state);
    else if (kind === 'location') this.#location(place, state, this.#time(place), 'point');
    else this.#event(kind, place, state);
  }

  #event(kind: 'message' | 'call', place: SourcePlace, given: number): void {
    const { threads } = this.#setting;
    const view = this.#view;
    this.#sink.seen(kind);
    const time = this.#time(place);
    const service = this.#service(view.raw('service')) || this.#serviceOfKind(kind);
    const ends = this.#ends.read(view, service, place.offset);
    this.#tally.add('number-damaged', 'warning', 'numbers-rounded', place, ends.damaged);
    const words = (['status', 'type', 'direction'] as const).map((role) => this.#plain(view.raw(role))).join(' ');
    let state = given | this.#statusBits() | (time.ambiguous === true ? MessageState.timeAmbiguous : 0);
    const itemId = cleanCell(view.raw('itemId')).trim();
    // Beside a call, or a message whose text the table does not know, stands the network's antenna; beside a text, what
    // somebody shared.
    let placeKind: LocationKind = 'cell';
    if (kind === 'call') {
      const duration = view.raw('duration').trim() === '' ? null : secondsOf(cleanCell(view.raw('duration')));
      const outcome = outcomeOf(words);
      const isVideo = /\b(?:video|facetime video|videollamada|videoanruf)\b/.test(words);
      this.#sink.call({
        service,
        from: ends.from,
        to: ends.to,
        time,
        duration_s: duration,
        direction: ends.direction,
        outcome,
        isVideo,
        state,
        confidence: 'unstated',
        place,
        itemId
      });
    } else {
      const body = cleanCell(view.raw('body'));
      if (body !== '') placeKind = 'shared';
      const attachments = this.#attachments();
      if (body === '' && attachments.length === 0 && (state & MessageState.deletedByUser) !== 0) state |= MessageState.tombstone;
      const thread = threads.of(service, ownText(cleanCell(view.raw('thread')).trim()), ends.from, ends.to);
      this.#sink.message({
        thread,
        from: ends.from,
        to: ends.to,
        body,
        time,
        direction: ends.direction,
        state,
        confidence: 'unstated',
        attachments,
        place,
        itemId,
        fold: isExact(time) ? 'identical' : 'ordinal'
      });
    }
    if (view.has('latitude') && view.has('longitude')) this.#location(place, given, time, placeKind);
  }

  /** Service of a row that states none: calls are telephone calls; "SMS" in a type column names it for messages. */
  #serviceOfKind(kind: 'message' | 'call'): string {
    const { service } = this.#setting.recipe;
    if (kind === 'call') return service === 'unknown' || service === 'sms' ? 'phone' : service;
    if (service !== 'unknown' && service !== 'phone') return service;
    const type = this.#plain(this.#view.raw('type'));
    return /^(?:sms|text|texto|texte)\b/.test(type) ? 'sms' : type.startsWith('mms') ? 'mms' : 'unknown';
  }

  #location(place: SourcePlace, state: number, time: EvidenceTime, kind: LocationKind): void {
    const view = this.#view;
    const isWholeRow = kind === 'point';
    const [latitude, longitude] = [cleanCell(view.raw('latitude')), cleanCell(view.raw('longitude'))];
    if (!isWholeRow && latitude.trim() === '' && longitude.trim() === '') return;
    this.#sink.seen('location');
    const record: LocationRecord = {
      latitude_deg: degreesOf(latitude, 90),
      longitude_deg: degreesOf(longitude, 180),
      precision_m: null,
      kind,
      label: isWholeRow
        ? this.#unread()
            .map(([name, value]) => `${name}: ${value}`)
            .join('; ')
        : '',
      time,
      state,
      confidence: 'unstated',
      place,
      itemId: ''
    };
    if (record.latitude_deg === null || record.longitude_deg === null) {
      this.#sink.refuse('location', {
        code: 'item-unreadable',
        ...told(sentence('table-place-unreadable', { file: this.#setting.table.input.name, row: place.offset })),
        place,
        raw: `${latitude} ${longitude}`.slice(0, RAW_LIMIT)
      });
      return;
    }
    this.#sink.location(record);
  }

  #contact(place: SourcePlace, state: number): void {
    const { people, recipe } = this.#setting;
    const view = this.#view;
    this.#sink.seen('contact');
    const service = this.#service(view.raw('service')) || (recipe.service === 'unknown' ? 'phone' : recipe.service);
    const name = cleanCell(view.raw('name') || view.raw('partyName')).trim();
    const accounts = partiesOf(cleanCell(view.raw('party'))).map((party) => people.of(service, party, place.offset, name));
    for (const ref of accounts) if (isDamaged(ref)) this.#tally.add('number-damaged', 'warning', 'contacts-rounded', place);
    const notes = this.#unread()
      .map(([header, value]) => `${header}: ${value}`)
      .join('; ');
    this.#sink.contact({
      name: name === '' ? (accounts[0]?.name ?? '') : name,
      accounts,
      ...(notes === '' ? {} : { notes }),
      service,
      state: state | this.#statusBits(),
      confidence: 'unstated',
      place,
      itemId: cleanCell(view.raw('itemId')).trim()
    });
  }

  #generic(place: SourcePlace, state: number): void {
    const { table, recipe } = this.#setting;
    this.#sink.seen('generic');
    const { headers } = table.place;
    const fields = this.#view.cells.flatMap((cell, i) =>
      cell === '' ? [] : [[headers[i] || `column ${i + 1}`, cleanCell(cell)] as const]
    );
    const hasTime = this.#view.has('time') || this.#view.has('date');
    this.#sink.generic({
      type: recipe.name,
      fields,
      time: hasTime ? this.#setting.time.read(this.#view) : null,
      state,
      place,
      itemId: ''
    });
  }

  /** Cells of columns without a role, for records that can hold them as text. */
  #unread(): (readonly [string, string])[] {
    const { table, places } = this.#setting;
    const read = new Set([...places.values()].flat());
    return table.place.headers.flatMap((header, i) => {
      const cell = this.#view.cells[i] ?? '';
      return read.has(i) || cell.trim() === '' ? [] : [[header || `column ${i + 1}`, cleanCell(cell)] as const];
    });
  }

  #attachments(): AttachmentRecord[] {
    return this.#view
      .all('attachment')
      .flatMap((cell) => cleanCell(cell).split(/[\n;|]/))
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((path) => {
        const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return name === path ? { name } : { name: name || path, path };
      });
  }

  #statusBits(): number {
    const bits = this.#bitsOf(this.#view.raw('status'));
    return this.#view.has('deleted') && isYes(this.#view.raw('deleted')) ? bits | MessageState.deletedByUser : bits;
  }

  #time(place: SourcePlace): EvidenceTime {
    const { time } = this.#setting;
    const read = time.read(this.#view);
    if (time.problem === 'unreadable') this.#tally.add('time-unreadable', 'warning', 'rows-time-unreadable', place);
    else if (time.problem === 'other-order') this.#tally.add('time-unreadable', 'warning', 'rows-other-order', place);
    else if (time.problem === 'date-only') this.#tally.add('time-unreadable', 'note', 'rows-date-only', place);
    if (time.isZoneless && read.utcMs === null && time.problem === null) this.#zoneless++;
    if (read.ambiguous === true) this.#tally.add('time-ambiguous', 'note', 'rows-times-repeated', place);
    return read;
  }

  #refuse(row: Row, place: SourcePlace, what: Sentence): void {
    const { recipe } = this.#setting;
    const kind: ItemKind = recipe.kind.fallback;
    this.#sink.seen(kind);
    this.#sink.refuse(kind, {
      code: 'damaged-csv',
      ...told(what),
      place,
      raw: row.raw.replace(/[\r\n]+$/, '').slice(0, RAW_LIMIT)
    });
  }
}
