/** Rows of call-data records: each is a call, a text or a session; its cells are areas, its handset and SIM stand beside it. */
import { told } from '../../evidence/findings.ts';
import {
  MessageState,
  type AccountRef,
  type EvidenceTime,
  type LocationRecord,
  type SourcePlace
} from '../../evidence/records.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { FindingTally } from '../finding-tally.ts';
import { cleanCell, degreesOf, secondsOf } from '../phone-csv/cells.ts';
import type { CsvPeople } from '../phone-csv/people.ts';
import { isBlank, type Row } from '../phone-csv/rows.ts';
import type { RowTime } from '../phone-csv/row-time.ts';
import type { CsvThreads } from '../phone-csv/survey.ts';
import { partiesOf } from '../phone-csv/party.ts';
import { RowView, type Table } from '../phone-csv/table.ts';
import type { Role } from '../phone-csv/recipe.ts';
import type { CdrColumns, CdrRole } from './columns.ts';
import { OpenLegs } from './legs.ts';
import { codedType, isMailbox, recordType, type RecordType } from './record-type.ts';

export interface CdrSetting {
  readonly table: Table;
  readonly columns: CdrColumns;
  readonly places: ReadonlyMap<Role, readonly number[]>;
  readonly people: CsvPeople;
  readonly threads: CsvThreads;
  readonly time: RowTime;
  /** The layout without a header: which of its two coordinates is the latitude; null where the file leaves it open. */
  readonly headerless: { readonly latitudeFirst: boolean | null } | null;
}

const RAW_LIMIT = 500;

export class CdrRecords {
  readonly #setting: CdrSetting;
  readonly #sink: EvidenceSink;
  readonly #view: RowView;
  readonly #tally = new FindingTally();
  readonly #legs = new OpenLegs();
  #cells: readonly string[] = [];

  constructor(setting: CdrSetting, sink: EvidenceSink) {
    this.#setting = setting;
    this.#sink = sink;
    this.#view = new RowView(setting.places);
  }

  add(row: Row): void {
    if (isBlank(row)) return;
    const { table, headerless } = this.#setting;
    const place: SourcePlace = { path: table.path, offset: row.row, unit: 'row' };
    const width = table.place.headers.length;
    if (row.cells.length !== width) {
      const values = { file: table.input.name, row: row.row, cells: row.cells.length, width };
      this.#sink.seen('call');
      this.#sink.refuse('call', {
        code: 'damaged-csv',
        ...told(sentence('table-row-uneven', values)),
        place,
        raw: row.raw.replace(/[\r\n]+$/, '').slice(0, RAW_LIMIT)
      });
      return;
    }
    this.#cells = row.cells.map((cell) => cleanCell(cell).trim());
    this.#view.cells = row.cells;
    const state = row.isDamaged ? MessageState.partial : 0;
    const time = this.#time(place);
    const duration_s = this.#duration();
    const type = headerless === null ? recordType(this.#of('type')) : codedType(this.#cells[0] ?? '', this.#cells[1] ?? '');
    this.#event(type, time, duration_s, state, place);
    this.#cellsOf(time, duration_s, state, place);
    this.#details(type, time, state, place);
  }

  finish(): void {
    this.#tally.flush(this.#sink);
  }

  #of(role: CdrRole): string {
    const at = this.#setting.columns.get(role);
    return at === undefined ? '' : (this.#cells[at] ?? '');
  }

  #account(raw: string, service: string, row: number): AccountRef | null {
    const [party] = partiesOf(raw);
    return party === undefined ? null : this.#setting.people.of(service, party, row);
  }

  #time(place: SourcePlace): EvidenceTime {
    const { time } = this.#setting;
    const read = time.read(this.#view);
    if (time.problem === 'unreadable') this.#tally.add('time-unreadable', 'warning', 'rows-time-unreadable', place);
    else if (time.problem === 'other-order') this.#tally.add('time-unreadable', 'warning', 'rows-other-order', place);
    else if (time.problem === 'date-only') this.#tally.add('time-unreadable', 'note', 'rows-date-only', place);
    else if (time.isZoneless && read.utcMs === null) this.#tally.add('time-without-zone', 'warning', 'rows-no-zone', null);
    if (read.ambiguous === true) this.#tally.add('time-ambiguous', 'note', 'rows-times-repeated', place);
    return read;
  }

  #duration(): number | null {
    const cell = this.#of('duration');
    return cell === '' ? null : secondsOf(cell);
  }

  #event(type: RecordType, time: EvidenceTime, duration_s: number | null, given: number, place: SourcePlace): void {
    if (type.kind === 'data') return;
    const { people, threads, headerless } = this.#setting;
    const row = place.offset;
    let a = this.#account(this.#of('a'), type.service, row);
    let b = this.#account(this.#of('b'), type.service, row);
    // Without a header the subscriber stands first, whoever called.
    if (headerless !== null && type.leg === 'received') [a, b] = [b, a];
    const c = this.#account(this.#of('c'), type.service, row);
    const state = given | (time.ambiguous === true ? MessageState.timeAmbiguous : 0);
    const isOwn = (ref: AccountRef | null): boolean => people.isOwner(ref);
    const direction = isOwn(a) && !isOwn(b) ? 'outgoing' : isOwn(b) && !isOwn(a) ? 'incoming' : this.#directionBy(type);
    const side = type.leg === 'made' || type.leg === 'received' ? type.leg : null;
    const isPaired =
      side !== null &&
      headerless === null &&
      a !== null &&
      b !== null &&
      time.utcMs !== null &&
      this.#legs.pairs({ key: `${type.service} ${a.identifier} ${b.identifier}`, side, utcMs: time.utcMs, duration_s });
    const kind = type.kind === 'message' ? 'message' : 'call';
    this.#sink.seen(kind);
    if (isPaired) {
      this.#tally.add('duplicate-folded', 'note', 'cdr-legs-paired', place);
      this.#sink.fold(kind, place);
      return;
    }
    if (kind === 'message') {
      const to = b === null ? [] : [b];
      this.#sink.message({
        thread: threads.of(type.service, '', a, to),
        from: a,
        to,
        body: '',
        time,
        direction,
        state,
        confidence: 'unstated',
        attachments: [],
        place,
        itemId: '',
        fold: 'identical'
      });
      return;
    }
    const isVoicemail = type.isVoicemail || isMailbox(this.#of('b')) || isMailbox(this.#of('c'));
    const to = [b, type.leg === 'forwarded' || c !== null ? c : null].filter((ref): ref is AccountRef => ref !== null);
    this.#sink.call({
      service: 'phone',
      from: a,
      to,
      time,
      duration_s,
      direction,
      outcome: isVoicemail ? 'voicemail' : duration_s === null ? 'unknown' : duration_s > 0 ? 'answered' : 'missed',
      isVideo: false,
      state,
      confidence: 'unstated',
      place,
      itemId: ''
    });
  }

  /** Of the layout without a header the subscriber is the device; else nobody says whose records these are. */
  #directionBy(type: RecordType): 'incoming' | 'outgoing' | 'unknown' {
    if (this.#setting.headerless === null) return 'unknown';
    return type.leg === 'made' ? 'outgoing' : 'incoming';
  }

  /** The first cell at the start, the last at the end where it is another. A cell is an area that the handset was in. */
  #cellsOf(time: EvidenceTime, duration_s: number | null, state: number, place: SourcePlace): void {
    const { headerless } = this.#setting;
    if (headerless !== null) {
      const [first = '', second = ''] = this.#cells.slice(6);
      if (first === '' && second === '') return;
      const { latitudeFirst } = headerless;
      const [latitude, longitude] = latitudeFirst === false ? [second, first] : [first, second];
      const isOpen = latitudeFirst === null;
      this.#cell(`${first} ${second}`, isOpen ? '' : latitude, isOpen ? '' : longitude, time, state, place);
      return;
    }
    const first = this.#label('firstCell', 'firstAzimuth', 'firstAddress');
    const last = this.#label('lastCell', 'lastAzimuth', 'lastAddress');
    this.#cell(first, this.#of('firstLatitude'), this.#of('firstLongitude'), time, state, place);
    if (last === '' && this.#of('lastLatitude') === '') return;
    if (this.#of('lastCell') === this.#of('firstCell') && this.#of('lastLatitude') === this.#of('firstLatitude')) return;
    const ended: EvidenceTime =
      time.utcMs === null || duration_s === null
        ? { raw: this.#of('endTime'), utcMs: null, basis: 'unknown' }
        : { ...time, raw: `${time.raw} + ${duration_s} s`, utcMs: (time.utcMs + duration_s * 1000) as typeof time.utcMs };
    this.#cell(last, this.#of('lastLatitude'), this.#of('lastLongitude'), ended, state, place);
  }

  #label(cell: CdrRole, azimuth: CdrRole, address: CdrRole): string {
    const degrees = this.#of(azimuth);
    return [this.#of(cell), degrees === '' ? '' : `azimuth ${degrees}°`, this.#of(address)]
      .filter((part) => part !== '')
      .join(', ');
  }

  #cell(label: string, latitude: string, longitude: string, time: EvidenceTime, state: number, place: SourcePlace): void {
    if (label === '' && latitude === '' && longitude === '') return;
    const latitude_deg = degreesOf(latitude, 90);
    const longitude_deg = degreesOf(longitude, 180);
    this.#sink.seen('location');
    if ((latitude !== '' || longitude !== '') && (latitude_deg === null || longitude_deg === null) && label === '') {
      this.#sink.refuse('location', {
        code: 'item-unreadable',
        ...told(sentence('table-place-unreadable', { file: this.#setting.table.input.name, row: place.offset })),
        place,
        raw: `${latitude} ${longitude}`.slice(0, RAW_LIMIT)
      });
      return;
    }
    const record: LocationRecord = {
      latitude_deg: longitude_deg === null ? null : latitude_deg,
      longitude_deg: latitude_deg === null ? null : longitude_deg,
      precision_m: null,
      kind: 'cell',
      label,
      time,
      state,
      confidence: 'unstated',
      place,
      itemId: ''
    };
    this.#sink.location(record);
  }

  /** Everything of the row that no other record has, under its own header: handset, SIM, forwards, sessions. */
  #details(type: RecordType, time: EvidenceTime, state: number, place: SourcePlace): void {
    const { table, columns, headerless } = this.#setting;
    if (headerless !== null) return;
    const inRecords: ReadonlySet<CdrRole> = new Set(
      type.kind === 'data'
        ? []
        : [
            'a',
            'b',
            'duration',
            'time',
            'date',
            'clock',
            'firstCell',
            'firstAzimuth',
            'firstAddress',
            'firstLatitude',
            'firstLongitude'
          ]
    );
    const known = new Set([...columns].flatMap(([role, at]) => (inRecords.has(role) ? [at] : [])));
    const fields = this.#cells.flatMap((cell, at) =>
      known.has(at) || cell === '' ? [] : [[table.place.headers[at] || `column ${at + 1}`, cell] as const]
    );
    if (fields.length === 0) return;
    this.#sink.seen('generic');
    this.#sink.generic({
      type: type.kind === 'data' ? 'Data session' : 'Call-data record',
      fields,
      time,
      state,
      place,
      itemId: ''
    });
  }
}
