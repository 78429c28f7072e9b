/** WhatsApp's databases: msgstore.db and wa.db of Android, ChatStorage, ContactsV2 and CallHistory of iOS. */
import { databaseFormat } from '../sqlite/database-format.ts';
import { WhatsAppReader } from './whatsapp-reader.ts';

/** Databases that name people before those that hold messages. */
function rank(tables: ReadonlySet<string>): number | null {
  const all = (...names: string[]): boolean => names.every((name) => tables.has(name));
  if (all('wa_contacts') || all('zwaaddressbookcontact')) return 0;
  if (all('message', 'chat', 'jid') || all('zwamessage', 'zwachatsession')) return 1;
  // Until 2022 all of a message stood in one row of one table.
  if (all('messages', 'chat_list') || all('messages', 'messages_quotes') || all('messages', 'group_participants')) return 1;
  return all('zwacdcallevent') ? 2 : null;
}

export const whatsappDb = databaseFormat({
  id: 'whatsapp-db',
  version: 1,
  label: 'WhatsApp (database)',
  // The long name is ChatStorage.sqlite in an iTunes backup.
  entry:
    /(?:^|[\\/])(?:(?:msgstore|wa)[^\\/]*\.db|(?:ChatStorage|ContactsV2|CallHistory)\.sqlite|7c7fba66680ef796b916b067077cc246adacf01d)$/i,
  rank,
  open: (setting) => new WhatsAppReader(setting)
});
