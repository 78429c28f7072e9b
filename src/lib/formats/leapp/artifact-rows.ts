/** Rows of one artifact of ALEAPP or iLEAPP as records: the same whether they come from a TSV or from the LAVA database. */
import { MessageState, type AccountRef, type Direction, type EvidenceTime, type SourcePlace } from '../../evidence/records.ts';
import { told } from '../../evidence/findings.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { ReadOptions } from '../contract.ts';
import type { FindingTally } from '../finding-tally.ts';
import { degreesOf, secondsOf } from '../phone-csv/cells.ts';
import { isGroupId } from '../phone-number.ts';
import { NO_TIME } from '../time/evidence-time.ts';
import { ItemTimes } from '../time/item-times.ts';
import { columnsOf, kindOf, serviceOf, type ArtifactKind, type LeappColumns, type LeappRole } from './columns.ts';
import { LeappPeople } from './people.ts';
import { NO_VIEW, type ChatView } from './view.ts';

export interface ArtifactSetting {
  readonly sink: EvidenceSink;
  readonly options: ReadOptions;
  readonly tally: FindingTally;
  /** Name of the source. */
  readonly file: string;
}

/** One table of a tool's output. */
export interface Artifact {
  readonly name: string;
  readonly headers: readonly string[];
  /** How the tool itself shows it as a conversation, where it says so. */
  readonly view: ChatView;
}

const OUTGOING = /^(?:outgoing|sent|out|1|true|yes|from me|me|originated)$/i;
const INCOMING = /^(?:incoming|received|in|0|false|no|to me|missed)$/i;
/** Group conversations of apps whose ids say so. */
const GROUP_THREAD = /@g\.us$|@thread\.(?:v2|skype|tacv2)$|^-100\d+/i;

export class ArtifactRows {
  readonly kind: ArtifactKind;
  readonly #artifact: Artifact;
  readonly #sink: EvidenceSink;
  readonly #columns: LeappColumns;
  readonly #people: LeappPeople;
  readonly #service: string;
  readonly #times: ItemTimes;
  #cells: readonly string[] = [];

  constructor(artifact: Artifact, setting: ArtifactSetting, people: LeappPeople, times: ItemTimes) {
    this.#artifact = artifact;
    this.#sink = setting.sink;
    this.#people = people;
    this.#times = times;
    const columns = new Map(columnsOf(artifact.headers));
    for (const [role, at] of artifact.view.columns)
      if (role !== 'from' || !(columns.has('from') || columns.has('party'))) columns.set(role, at);
    this.#columns = columns;
    this.kind = artifact.view === NO_VIEW ? kindOf(artifact.name, columns) : 'message';
    this.#service = serviceOf(artifact.name);
  }

  /** @param cells one text a header, '' where the row has nothing. @param state bits of a row that is not whole. */
  add(cells: readonly string[], place: SourcePlace, state = 0): void {
    if (cells.every((cell) => cell.trim() === '')) return;
    this.#cells = cells;
    if (this.kind === 'message') this.#message(place, state);
    else if (this.kind === 'call') this.#call(place, state);
    else if (this.kind === 'contact') this.#contact(place, state);
    else if (this.kind === 'location') this.#location(place, state);
    else this.#generic(this.#artifact.name, [], place, state);
  }

  #of(role: LeappRole): string {
    const at = this.#columns.get(role);
    return at === undefined ? '' : (this.#cells[at] ?? '').trim();
  }

  #time(place: SourcePlace): EvidenceTime {
    const raw = this.#of('time');
    if (raw === '') return NO_TIME;
    return /^\d{9,13}$/.test(raw) ? this.#times.unix(raw, place) : this.#times.stamp(raw, place);
  }

  #direction(): Direction {
    const cell = this.#of('direction');
    const { sentValue } = this.#artifact.view;
    if (sentValue !== null) return cell.toLowerCase() === sentValue.toLowerCase() ? 'outgoing' : 'incoming';
    const word = cell.split(/[ ,(/-]/, 1)[0] ?? '';
    return OUTGOING.test(word) ? 'outgoing' : INCOMING.test(word) ? 'incoming' : 'unknown';
  }

  /** Service of a row that states one ("SMS", "iMessage"), else the artifact's. */
  #serviceOfRow(fallback: string): string {
    const stated = this.#of('service').toLowerCase();
    return /^[a-z][a-z ]{1,20}$/.test(stated) ? stated : this.#service === '' ? fallback : this.#service;
  }

  /** Who wrote or rang, to whom, and the conversation where one of the two ids is a group's. */
  #ends(service: string, direction: Direction): { from: AccountRef | null; to: AccountRef[]; group: string | null } {
    const people = this.#people;
    const own = people.own(service, this.#of('own'));
    const side = (role: 'from' | 'to' | 'party', name: LeappRole): AccountRef | null => {
      const raw = this.#of(role);
      const shown = this.#of(name);
      if (people.isLocal(raw)) return own;
      return people.isLocal(shown) ? people.local(service, raw) : people.account(service, raw, shown);
    };
    const ids = [this.#of('from'), this.#of('to'), this.#of('party')];
    const group = ids.find((id) => isGroupId(id)) ?? null;
    const other = group !== null && isGroupId(this.#of('party')) ? null : side('party', 'partyName');
    const isLabelled = this.#artifact.view.sentIsOther && direction === 'outgoing';
    const from = isGroupId(this.#of('from')) ? null : side('from', 'fromName');
    const to = isGroupId(this.#of('to')) ? null : side('to', 'toName');
    if (isLabelled && !this.#columns.has('to')) {
      const sentTo = from ?? other;
      return { from: own, to: sentTo === null ? [] : [sentTo], group };
    }
    if (this.#columns.has('from') || this.#columns.has('to')) {
      const sender = from ?? (direction === 'outgoing' ? own : direction === 'incoming' ? other : null);
      const receiver = to ?? (direction === 'outgoing' ? other : direction === 'incoming' && group === null ? own : null);
      return { from: sender, to: receiver === null || receiver === sender ? [] : [receiver], group };
    }
    if (direction === 'outgoing') return { from: own, to: other === null ? [] : [other], group };
    return { from: other, to: own === null || direction === 'unknown' ? [] : [own], group };
  }

  #message(place: SourcePlace, given: number): void {
    const service = this.#serviceOfRow('unknown');
    const stated = this.#direction();
    const time = this.#time(place);
    const { from, to, group } = this.#ends(service, stated);
    const direction = this.#people.directionOf(stated, from, to);
    const key = this.#of('thread');
    const label = this.#of('threadName') || (group !== null && isGroupId(this.#of('from')) ? this.#of('fromName') : '');
    const others = [from, ...to].filter((ref): ref is AccountRef => ref !== null && !this.#people.isOwn(ref));
    const threadKey =
      group ??
      (key === ''
        ? others
            .map((ref) => ref.identifier)
            .sort()
            .join('|')
        : key);
    const members = [from, ...to].filter((ref): ref is AccountRef => ref !== null);
    this.#sink.seen('message');
    this.#sink.message({
      thread: {
        service,
        key: threadKey === '' ? `leapp:${this.#artifact.name}` : threadKey,
        ...(label === '' ? {} : { name: label }),
        isGroup: group !== null || GROUP_THREAD.test(key),
        members
      },
      from,
      to: group === null ? to : [],
      body: this.#of('text').replace(/\r\n?/g, '\n'),
      time,
      direction,
      state: given | (time.ambiguous === true ? MessageState.timeAmbiguous : 0),
      confidence: 'unstated',
      attachments: this.#of('attachment')
        .split(/[\n;|]/)
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .map((name) => ({ name: name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1) || name, path: name })),
      place,
      itemId: this.#of('itemId'),
      fold: 'identical'
    });
    this.#generic('message details', MESSAGE_ROLES, place, given);
  }

  #call(place: SourcePlace, given: number): void {
    const service = this.#serviceOfRow('phone');
    const stated = this.#direction();
    const time = this.#time(place);
    const { from, to } = this.#ends(service, stated);
    const direction = this.#people.directionOf(stated, from, to);
    const duration_s = secondsOf(this.#of('duration').replace(/\.0+$/, ''));
    const outcome = this.#of('outcome').toLowerCase();
    const isMissed = /miss|no answer|unanswered|^no$/.test(`${outcome} ${this.#of('direction').toLowerCase()}`);
    const isRejected = /reject|declin|busy/.test(outcome);
    this.#sink.seen('call');
    this.#sink.call({
      service,
      from,
      to,
      time,
      duration_s,
      direction,
      outcome: isMissed
        ? 'missed'
        : isRejected
          ? 'rejected'
          : /accept|answer|ended|yes/.test(outcome) || (duration_s ?? 0) > 0
            ? 'answered'
            : /voice ?mail/.test(outcome)
              ? 'voicemail'
              : 'unknown',
      isVideo: /video/i.test(`${this.#of('callType')} ${this.#of('outcome')}`),
      state: given,
      confidence: 'unstated',
      place,
      itemId: this.#of('itemId')
    });
    this.#generic('call details', CALL_ROLES, place, given);
  }

  #contact(place: SourcePlace, state: number): void {
    const service = this.#service === '' ? 'phone' : this.#service;
    const parts = [this.#of('firstName'), this.#of('lastName')].filter((part) => part !== '');
    const name = parts.length > 0 ? parts.join(' ') : this.#of('name');
    const accounts: AccountRef[] = [];
    const add = (kind: string, cell: string): void => {
      // "Mobile: (919) 555-0100", one a line or parted by commas.
      for (const part of cell.split(/[\n;,|]/)) {
        const id = part.replace(/^[^:@\d+]{1,30}:\s*/, '').trim();
        if (id !== '') accounts.push(this.#people.account(kind, id, name) as AccountRef);
      }
    };
    const bare = this.#artifact.headers[this.#columns.get('numbers') ?? -1] ?? '';
    add(/whatsapp/i.test(bare) ? 'whatsapp' : service === 'whatsapp' ? 'whatsapp' : 'phone', this.#of('numbers'));
    add('email', this.#of('emails'));
    const known = new Set(CONTACT_ROLES.map((role) => this.#columns.get(role)));
    const notes = this.#artifact.headers
      .flatMap((header, at) => (known.has(at) || (this.#cells[at] ?? '').trim() === '' ? [] : [`${header}: ${this.#cells[at]}`]))
      .join('\n');
    this.#sink.seen('contact');
    this.#sink.contact({
      name,
      accounts,
      ...(this.#of('organisation') === '' ? {} : { organisation: this.#of('organisation') }),
      ...(notes === '' ? {} : { notes }),
      service,
      state,
      confidence: 'unstated',
      place,
      itemId: this.#of('itemId')
    });
  }

  #location(place: SourcePlace, state: number): void {
    const latitude_deg = degreesOf(this.#of('latitude'), 90);
    const longitude_deg = degreesOf(this.#of('longitude'), 180);
    if (latitude_deg === null || longitude_deg === null) return this.#generic(this.#artifact.name, [], place, state);
    this.#sink.seen('location');
    this.#sink.location({
      latitude_deg,
      longitude_deg,
      precision_m: null,
      kind: 'point',
      label: this.#artifact.name,
      time: this.#time(place),
      state,
      confidence: 'unstated',
      place,
      itemId: ''
    });
    this.#generic(this.#artifact.name, ['latitude', 'longitude', 'time'], place, state);
  }

  /** Every cell that no other record of the row has; nothing where there is none. */
  #generic(type: string, known: readonly LeappRole[], place: SourcePlace, state: number): void {
    const taken = new Set(known.map((role) => this.#columns.get(role)));
    const fields = this.#artifact.headers.flatMap((header, at) => {
      const cell = this.#cells[at] ?? '';
      return taken.has(at) || cell.trim() === '' ? [] : [[header || `column ${at + 1}`, cell] as const];
    });
    if (fields.length === 0) return;
    // Details of two rows may be equal; the row keeps them with their own.
    const ids = known.length > 0 ? [['row', String(place.offset)] as const] : [];
    this.#sink.seen('generic');
    this.#sink.generic({
      type,
      fields: [...ids, ...fields],
      time: known.length > 0 ? null : this.#time(place),
      state,
      place,
      itemId: this.#of('itemId')
    });
  }
}

const ENDS: readonly LeappRole[] = ['from', 'fromName', 'to', 'toName', 'party', 'partyName'];
const MESSAGE_ROLES: readonly LeappRole[] = [
  ...ENDS,
  'time',
  'text',
  'direction',
  'thread',
  'threadName',
  'attachment',
  'itemId'
];
const CALL_ROLES: readonly LeappRole[] = [...ENDS, 'time', 'direction', 'duration', 'itemId'];
const CONTACT_ROLES: readonly LeappRole[] = ['name', 'firstName', 'lastName', 'numbers', 'emails', 'organisation', 'itemId'];

/** A row whose cells do not fit the header: counted, and listed with its text. */
export function refuseRow(sink: EvidenceSink, file: string, cells: number, width: number, place: SourcePlace, raw: string): void {
  sink.seen('generic');
  const said = sentence('table-row-uneven', { file, row: place.offset, cells, width });
  sink.refuse('generic', { code: 'damaged-csv', ...told(said), place, raw: raw.slice(0, 500) });
}
