/**
 * The address books that Viber takes from the phone. Android: phonebookcontact with phonebookdata of viber_data (Autopsy's
 * and ALEAPP's Viber modules). iOS: ZABCONTACT with ZABCONTACTNUMBER of Contacts.data (iLEAPP's Viber artifact), before with
 * ZPHONENUMBERINDEX.
 */
import { MessageState, type SourcePlace } from '../../evidence/records.ts';
import type { SourceDatabase, SqlRow } from '../sqlite/database.ts';
import { refuseRow, rowConfidence, rowPlace, rowState } from '../sqlite/row-place.ts';
import { VIBER } from './people.ts';
import type { ViberParts } from './viber-reader.ts';

interface Entry {
  readonly row: SqlRow;
  readonly place: SourcePlace;
  readonly name: string;
  readonly numbers: readonly string[];
  readonly notes: string;
  readonly state: number;
}

export async function readPhoneBook(database: SourceDatabase, parts: ViberParts): Promise<void> {
  const { signal } = parts.setting;
  const android = await numbersOf(database, parts, 'phonebookdata', 'contact_id', ['data2', 'data3', 'data1']);
  for await (const rows of database.rows('phonebookcontact', ['display_name', 'viber', 'deleted'], signal))
    for (const row of rows)
      keep(parts, {
        row,
        place: rowPlace(database, 'phonebookcontact', row),
        name: row.text('display_name'),
        numbers: android.get(String(row.rowId)) ?? [],
        notes: row.flag('viber') ? 'viber: 1' : '',
        state: row.flag('deleted') ? MessageState.deletedByUser : 0
      });
  const ios = await numbersOf(database, parts, 'ZABCONTACTNUMBER', 'ZCONTACT', ['ZCANONIZEDPHONENUM', 'ZPHONE']);
  const before = await numbersOf(database, parts, 'ZPHONENUMBERINDEX', 'ZCONTACT', ['ZPHONENUM']);
  for await (const rows of database.rows('ZABCONTACT', ['ZMAINNAME', 'ZPREFIXNAME', 'ZSUFFIXNAME'], signal))
    for (const row of rows) {
      const id = String(row.rowId);
      keep(parts, {
        row,
        place: rowPlace(database, 'ZABCONTACT', row),
        name: ['ZMAINNAME', 'ZPREFIXNAME', 'ZSUFFIXNAME']
          .map((column) => row.text(column))
          .filter((text) => text !== '')
          .join(' '),
        numbers: ios.get(id) ?? before.get(id) ?? [],
        notes: '',
        state: 0
      });
    }
}

/** Numbers by the row of their contact; of several columns the first that holds one. */
async function numbersOf(
  database: SourceDatabase,
  { setting }: ViberParts,
  table: string,
  contact: string,
  columns: readonly string[]
): Promise<ReadonlyMap<string, readonly string[]>> {
  const numbers = new Map<string, string[]>();
  for await (const rows of database.rows(table, [contact, ...columns], setting.signal))
    for (const row of rows) {
      const number = columns.map((column) => row.text(column)).find((text) => text !== '');
      if (number === undefined) continue;
      const held = numbers.get(row.text(contact));
      if (held === undefined) numbers.set(row.text(contact), [number]);
      else held.push(number);
    }
  return numbers;
}

function keep({ setting, people }: ViberParts, entry: Entry): void {
  const { row, place, name, numbers, notes } = entry;
  if (name === '' && numbers.length === 0) return refuseRow(setting.sink, 'contact', place, '');
  for (const number of numbers) people.learn(number, name);
  setting.sink.seen('contact');
  setting.sink.contact({
    name,
    accounts: numbers.map((number) => people.byNumber(number, name)),
    ...(notes === '' ? {} : { notes }),
    service: VIBER,
    state: rowState(row) | entry.state,
    confidence: rowConfidence(row),
    place,
    itemId: String(row.rowId)
  });
}
