/** Messages of an iPhone or a Mac (sms.db, chat.db) and the address book of an iPhone (AddressBook.sqlitedb). */
import { databaseFormat } from '../sqlite/database-format.ts';
import { IosReader } from './ios-reader.ts';

function rank(tables: ReadonlySet<string>): number | null {
  if (tables.has('abperson') && tables.has('abmultivalue')) return 0;
  return tables.has('message') && tables.has('handle') && tables.has('chat_message_join') ? 1 : null;
}

export const iosSmsDb = databaseFormat({
  id: 'ios-sms-db',
  version: 1,
  label: 'iPhone messages (sms.db)',
  // The long names are those of an iTunes backup: SHA-1 of domain and path of sms.db and of the address book.
  entry:
    /(?:^|[\\/])(?:(?:sms|chat)\.db|AddressBook\.sqlitedb|3d0d7e5fb2ce288813306e4d4636395e047a3d28|31bb7ba8914766d4ba40d6dfb6113c8b614be442)$/i,
  rank,
  open: (setting) => new IosReader(setting)
});
