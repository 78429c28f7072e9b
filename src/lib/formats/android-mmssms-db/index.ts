/** Android's own databases of messages, calls and contacts: mmssms.db, contacts2.db, calllog.db. */
import { databaseFormat } from '../sqlite/database-format.ts';
import { AndroidReader } from './android-reader.ts';

/** Databases that name people before those that hold messages. */
function rank(tables: ReadonlySet<string>): number | null {
  if (tables.has('raw_contacts') && tables.has('mimetypes')) return 0;
  if (tables.has('calls') && (tables.has('android_metadata') || tables.has('voicemail_status'))) return 1;
  // Other apps have tables called sms; the provider's own come together.
  return tables.has('sms') && (tables.has('pdu') || tables.has('canonical_addresses')) ? 2 : null;
}

export const androidMmssmsDb = databaseFormat({
  id: 'android-mmssms-db',
  version: 1,
  label: 'Android messages and calls (database)',
  entry: /(?:^|[\\/])(?:mmssms|telephony|contacts2?|calllog)\.db$/i,
  rank,
  open: (setting) => new AndroidReader(setting)
});
