/** The address book of iOS: ABPerson with its numbers and addresses in ABMultiValue (property 3 and 4). */
import type { AccountRef } from '../../evidence/records.ts';
import type { SourceDatabase } from '../sqlite/database.ts';
import type { DatabaseSetting } from '../sqlite/database-format.ts';
import { refuseRow, rowConfidence, rowPlace, rowState } from '../sqlite/row-place.ts';
import type { IosPeople } from './people.ts';

const PHONE = '3';
const EMAIL = '4';
const MOST_VALUES = 1000;

export async function readAddressBook(database: SourceDatabase, setting: DatabaseSetting, people: IosPeople): Promise<void> {
  if (!database.has('ABPerson')) return;
  const { sink, signal } = setting;
  const values = new Map<string, (readonly [property: string, value: string])[]>();
  for await (const rows of database.rows('ABMultiValue', ['record_id', 'property', 'value'], signal))
    for (const row of rows) {
      const property = row.text('property');
      if ((property !== PHONE && property !== EMAIL) || row.text('value') === '') continue;
      let held = values.get(row.text('record_id'));
      if (held === undefined) values.set(row.text('record_id'), (held = []));
      if (held.length < MOST_VALUES) held.push([property, row.text('value')]);
    }
  const columns = ['ROWID', 'First', 'Middle', 'Last', 'Nickname', 'Organization', 'Note'];
  for await (const rows of database.rows('ABPerson', columns, signal))
    for (const row of rows) {
      const place = rowPlace(database, 'ABPerson', row);
      const organisation = row.text('Organization');
      const parts = [row.text('First'), row.text('Middle'), row.text('Last')].filter((part) => part !== '');
      const name = parts.join(' ') || row.text('Nickname') || organisation;
      const held = values.get(row.text('ROWID')) ?? [];
      if (name === '' && held.length === 0) {
        refuseRow(sink, 'contact', place, '');
        continue;
      }
      const accounts: AccountRef[] = held.map(([property, value]) =>
        property === PHONE ? people.learn('phone', value, name) : people.learn('email', value, name)
      );
      sink.seen('contact');
      sink.contact({
        name,
        accounts,
        ...(organisation === '' ? {} : { organisation }),
        ...(row.text('Note') === '' ? {} : { notes: row.text('Note') }),
        service: 'phone',
        state: rowState(row),
        confidence: rowConfidence(row),
        place,
        itemId: row.text('ROWID')
      });
    }
}
