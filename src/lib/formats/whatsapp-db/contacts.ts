/** The address books: wa_contacts of Android (wa.db) and ZWAADDRESSBOOKCONTACT of iOS (ContactsV2.sqlite). */
import type { AccountRef, SourcePlace } from '../../evidence/records.ts';
import type { SourceDatabase, SqlRow } from '../sqlite/database.ts';
import { refuseRow, rowConfidence, rowPlace, rowState } from '../sqlite/row-place.ts';
import type { WhatsAppParts } from './whatsapp-reader.ts';

interface Entry {
  readonly row: SqlRow;
  readonly place: SourcePlace;
  readonly jid: string;
  readonly number: string;
  readonly name: string;
  readonly notes: string;
  readonly organisation: string;
}

export async function readContacts(database: SourceDatabase, parts: WhatsAppParts): Promise<void> {
  const { signal } = parts.setting;
  const android = ['jid', 'status', 'number', 'display_name', 'wa_name', 'nickname', 'company'];
  for await (const rows of database.rows('wa_contacts', android, signal))
    for (const row of rows) {
      const own = row.text('wa_name');
      const name = row.text('display_name') || row.text('nickname') || own;
      const about = [row.text('status'), own === name ? '' : own].filter((text) => text !== '').join('\n');
      keep(parts, {
        row,
        place: rowPlace(database, 'wa_contacts', row),
        jid: row.text('jid'),
        number: row.text('number'),
        name,
        notes: about,
        organisation: row.text('company')
      });
    }
  const ios = ['ZFULLNAME', 'ZPHONENUMBER', 'ZWHATSAPPID', 'ZABOUTTEXT'];
  for await (const rows of database.rows('ZWAADDRESSBOOKCONTACT', ios, signal))
    for (const row of rows)
      keep(parts, {
        row,
        place: rowPlace(database, 'ZWAADDRESSBOOKCONTACT', row),
        jid: row.text('ZWHATSAPPID'),
        number: row.text('ZPHONENUMBER'),
        name: row.text('ZFULLNAME'),
        notes: row.text('ZABOUTTEXT'),
        organisation: ''
      });
}

function keep({ setting, people }: WhatsAppParts, entry: Entry): void {
  const { sink } = setting;
  const { row, place, jid, number, name } = entry;
  if (name === '' && jid === '' && number === '') return refuseRow(sink, 'contact', place, '');
  people.learn(jid, name);
  const accounts: AccountRef[] = [];
  if (jid !== '') accounts.push(people.account(jid));
  if (number !== '') {
    const phone = people.byNumber(number, name);
    // The id of the service is mostly that very number.
    if (!accounts.some((account) => account.e164 !== undefined && account.e164 === phone.e164)) accounts.push(phone);
  }
  sink.seen('contact');
  sink.contact({
    name,
    accounts,
    ...(entry.organisation === '' ? {} : { organisation: entry.organisation }),
    ...(entry.notes === '' ? {} : { notes: entry.notes }),
    service: 'whatsapp',
    state: rowState(row),
    confidence: rowConfidence(row),
    place,
    itemId: jid
  });
}
