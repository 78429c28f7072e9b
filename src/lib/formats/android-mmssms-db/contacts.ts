/**
 * The address book of contacts2.db: one raw contact with its rows of data, each of a kind named in mimetypes.
 * Columns as in android.provider.ContactsContract.
 */
import { MessageState, type AccountRef } from '../../evidence/records.ts';
import type { SourceDatabase } from '../sqlite/database.ts';
import type { DatabaseSetting } from '../sqlite/database-format.ts';
import { refuseRow, rowConfidence, rowPlace, rowState } from '../sqlite/row-place.ts';
import { AccountBook } from '../phone-number.ts';
import type { AndroidPeople } from './people.ts';

interface Details {
  name: string;
  organisation: string;
  note: string;
  readonly numbers: string[];
  readonly addresses: string[];
}

const KIND = /^vnd\.android\.cursor\.item\/(name|phone_v2|email_v2|organization|note)$/;
const MOST_NUMBERS = 1000;

export async function readContacts(database: SourceDatabase, setting: DatabaseSetting, people: AndroidPeople): Promise<void> {
  if (!database.has('raw_contacts')) return;
  const { sink, signal } = setting;
  const details = await detailsOf(database, signal);
  const book = new AccountBook(setting.options.region);
  for await (const rows of database.rows('raw_contacts', ['_id', 'display_name', 'deleted', 'account_type'], signal))
    for (const row of rows) {
      const place = rowPlace(database, 'raw_contacts', row);
      const held = details.get(row.text('_id'));
      const name = held?.name || row.text('display_name');
      if (name === '' && (held === undefined || held.numbers.length + held.addresses.length === 0)) {
        refuseRow(sink, 'contact', place, row.text('account_type'));
        continue;
      }
      const accounts: AccountRef[] = [
        ...(held?.numbers ?? []).map((number) => people.learn(number, name)),
        ...(held?.addresses ?? []).map((address) => book.of('email', address))
      ];
      sink.seen('contact');
      sink.contact({
        name,
        accounts,
        ...(held === undefined || held.organisation === '' ? {} : { organisation: held.organisation }),
        ...(held === undefined || held.note === '' ? {} : { notes: held.note }),
        service: 'phone',
        state: rowState(row) | (row.flag('deleted') ? MessageState.deletedByUser : 0),
        confidence: rowConfidence(row),
        place,
        itemId: row.text('_id')
      });
    }
}

async function detailsOf(database: SourceDatabase, signal: AbortSignal): Promise<ReadonlyMap<string, Details>> {
  const kinds = new Map<string, string>();
  for await (const rows of database.rows('mimetypes', ['_id', 'mimetype'], signal))
    for (const row of rows) {
      const kind = KIND.exec(row.text('mimetype'))?.[1];
      if (kind !== undefined) kinds.set(row.text('_id'), kind);
    }
  const details = new Map<string, Details>();
  for await (const rows of database.rows('data', ['raw_contact_id', 'mimetype_id', 'data1'], signal))
    for (const row of rows) {
      const kind = kinds.get(row.text('mimetype_id'));
      const value = row.text('data1');
      if (kind === undefined || value === '') continue;
      let held = details.get(row.text('raw_contact_id'));
      if (held === undefined)
        details.set(row.text('raw_contact_id'), (held = { name: '', organisation: '', note: '', numbers: [], addresses: [] }));
      if (kind === 'name') held.name ||= value;
      else if (kind === 'organization') held.organisation ||= value;
      else if (kind === 'note') held.note ||= value;
      else if (kind === 'phone_v2' && held.numbers.length < MOST_NUMBERS) held.numbers.push(value);
      else if (kind === 'email_v2' && held.addresses.length < MOST_NUMBERS) held.addresses.push(value);
    }
  return details;
}
