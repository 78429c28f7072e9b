/**
 * Viber's database of calls and people on Android (viber_data). Messages stand in another file (viber_messages), of which
 * no sample was at hand: it is not read.
 */
import type { AccountRef, CallOutcome } from '../../evidence/records.ts';
import { MessageState } from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { SourceQuestion } from '../contract.ts';
import { writeDetails } from '../json/details.ts';
import { ServiceAccounts } from '../service-accounts.ts';
import { databaseFormat, type DatabaseReader, type DatabaseSetting } from '../sqlite/database-format.ts';
import type { SourceDatabase } from '../sqlite/database.ts';
import { refuseRow, rowConfidence, rowPlace, rowState } from '../sqlite/row-place.ts';
import { ItemTimes } from '../time/item-times.ts';

/** calls.type: 1 came in, 2 went out, 3 was missed, as Android's own call log counts. */
const INCOMING = '1';
const OUTGOING = '2';
const MISSED = '3';
/** calls.viber_call_type: 4 with a picture. */
const VIDEO = '4';

class ViberReader implements DatabaseReader {
  readonly #setting: DatabaseSetting;
  readonly #people: ServiceAccounts;
  readonly #times: ItemTimes;
  #calls = 0;

  constructor(setting: DatabaseSetting) {
    this.#setting = setting;
    this.#people = new ServiceAccounts('viber', setting.options, setting.file);
    this.#times = new ItemTimes(setting.options, setting.tally);
  }

  async read(database: SourceDatabase, progress: (share: number) => void): Promise<void> {
    const names = await this.#readContacts(database);
    progress(0.5);
    const { sink, signal } = this.#setting;
    const columns = ['number', 'canonized_number', 'date', 'duration', 'type', 'viber_call_type', 'end_reason', 'viber_call'];
    for await (const rows of database.rows('calls', columns, signal))
      for (const row of rows) {
        const place = rowPlace(database, 'calls', row);
        const number = row.text('canonized_number') || row.text('number');
        if (number === '' && row.text('date') === '') {
          refuseRow(sink, 'call', place, '');
          continue;
        }
        const other = number === '' ? null : this.#people.byNumber(number, names.get(number) ?? '');
        const own = this.#people.own;
        const type = row.text('type');
        const isOut = type === OUTGOING;
        const duration_s = row.number('duration');
        const outcome: CallOutcome = type === MISSED ? 'missed' : (duration_s ?? 0) > 0 ? 'answered' : 'unknown';
        this.#calls++;
        sink.seen('call');
        sink.call({
          service: 'viber',
          from: isOut ? own : other,
          to: (isOut ? [other] : [own]).filter((ref): ref is AccountRef => ref !== null),
          time: this.#times.unix(row.text('date'), place),
          duration_s,
          direction: isOut ? 'outgoing' : type === INCOMING || type === MISSED ? 'incoming' : 'unknown',
          outcome,
          isVideo: row.text('viber_call_type') === VIDEO,
          state: rowState(row),
          confidence: rowConfidence(row),
          place,
          itemId: ''
        });
        const fields = ['viber_call', 'viber_call_type', 'end_reason'].flatMap((column): [string, string][] =>
          row.text(column) === '' ? [] : [[column, row.text(column)]]
        );
        writeDetails(sink, 'call details', [['call', String(row.rowId)]], fields, place, '');
      }
    progress(1);
  }

  questions(): readonly SourceQuestion[] {
    if (this.#people.own !== null || this.#calls === 0) return [];
    return [{ kind: 'owner', reason: sentence('sqlite-ask-owner'), candidates: [] }];
  }

  /** @returns names by full number. */
  async #readContacts(database: SourceDatabase): Promise<ReadonlyMap<string, string>> {
    const { sink, signal } = this.#setting;
    const numbers = new Map<string, string[]>();
    for await (const rows of database.rows('phonebookdata', ['contact_id', 'data2', 'data3', 'data1'], signal))
      for (const row of rows) {
        const number = row.text('data2') || row.text('data3') || row.text('data1');
        if (number !== '') numbers.set(row.text('contact_id'), [...(numbers.get(row.text('contact_id')) ?? []), number]);
      }
    const names = new Map<string, string>();
    for await (const rows of database.rows('phonebookcontact', ['display_name', 'viber', 'deleted'], signal))
      for (const row of rows) {
        const place = rowPlace(database, 'phonebookcontact', row);
        const name = row.text('display_name');
        const held = numbers.get(String(row.rowId)) ?? [];
        if (name === '' && held.length === 0) {
          refuseRow(sink, 'contact', place, '');
          continue;
        }
        for (const number of held) if (name !== '') names.set(number, name);
        sink.seen('contact');
        sink.contact({
          name,
          accounts: held.map((number) => this.#people.byNumber(number, name)),
          ...(row.flag('viber') ? { notes: 'viber: 1' } : {}),
          service: 'viber',
          state: rowState(row) | (row.flag('deleted') ? MessageState.deletedByUser : 0),
          confidence: rowConfidence(row),
          place,
          itemId: String(row.rowId)
        });
      }
    return names;
  }
}

export const viberDb = databaseFormat({
  id: 'viber-db',
  version: 1,
  label: 'Viber calls and contacts (database)',
  entry: /(?:^|[\\/])viber_data(?:\.db)?$/i,
  rank: (tables) => (['calls', 'phonebookcontact', 'phonebookdata'].every((name) => tables.has(name)) ? 0 : null),
  open: (setting) => new ViberReader(setting)
});
