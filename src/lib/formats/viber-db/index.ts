/** Viber's databases: viber_data and viber_messages of Android, Contacts.data of iOS, viber.db of the desktop. */
import { databaseFormat } from '../sqlite/database-format.ts';
import { ViberReader } from './viber-reader.ts';

/** The database that names people before the one that holds messages. */
function rank(tables: ReadonlySet<string>): number | null {
  const all = (...names: string[]): boolean => names.every((name) => tables.has(name));
  if (all('calls', 'phonebookcontact', 'phonebookdata')) return 0;
  if (all('messages', 'conversations', 'participants', 'participants_info')) return 1;
  if (all('zvibermessage', 'zconversation')) return 1;
  return all('events', 'messages', 'contact', 'chatinfo') ? 1 : null;
}

export const viberDb = databaseFormat({
  id: 'viber-db',
  version: 2,
  label: 'Viber (database)',
  // The long name is Contacts.data in an iTunes backup.
  entry:
    /(?:^|[\\/])(?:viber_(?:data|messages)(?:\.db)?|viber(?:-[^\\/]*)?\.db|Contacts\.data|83b9310399a905c7781f95580174f321cd18fd97)$/i,
  rank,
  open: (setting) => new ViberReader(setting)
});
