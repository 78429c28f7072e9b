/** msgstore.db before 2022: a table messages with the ids of chat and sender in each row. */
import { MessageState, type AttachmentRecord } from '../../evidence/records.ts';
import type { DetailFields } from '../json/details.ts';
import type { SourceDatabase, SqlRow } from '../sqlite/database.ts';
import { rowPlace } from '../sqlite/row-place.ts';
import { groupChanges } from './group-changes.ts';
import { ANDROID_TYPES, androidState, isMediaType, mediaRecord } from './item-writer.ts';
import type { WhatsAppParts } from './whatsapp-reader.ts';

const COLUMNS = [
  'key_remote_jid',
  'key_from_me',
  'key_id',
  'status',
  'data',
  'timestamp',
  'media_mime_type',
  'media_wa_type',
  'media_size',
  'media_name',
  'media_caption',
  'media_hash',
  'origin',
  'latitude',
  'longitude',
  'remote_resource',
  'quoted_row_id',
  'forwarded',
  'edit_version',
  'starred'
];
/** Lines of the app itself. */
const SYSTEM_STATUS = 6;
/** Actions that are about who acts: came, left, was removed (this phone), created, came by a link. */
const ALONE: ReadonlySet<number> = new Set([4, 5, 7, 11, 20]);
/** Every database begins with a row that belongs to no chat. */
const NO_CHAT = '-1';

export async function readOldMessages(parts: WhatsAppParts, database: SourceDatabase): Promise<void> {
  const { people, setting } = parts;
  const { signal } = setting;
  for await (const rows of database.rows('group_participants', ['gjid', 'jid'], signal))
    for (const row of rows) people.addMember(row.text('gjid'), row.text('jid'));
  for await (const rows of database.rows('chat_list', ['key_remote_jid', 'subject'], signal))
    for (const row of rows) people.title(row.text('key_remote_jid'), row.text('subject'));
  const quotes = new Map<string, readonly [id: string, text: string]>();
  for await (const rows of database.rows('messages_quotes', ['_id', 'key_id', 'data'], signal))
    for (const row of rows) quotes.set(row.text('_id'), [row.text('key_id'), row.text('data')]);
  for await (const rows of database.rows('messages', COLUMNS, signal))
    for (const row of rows) if (row.text('key_remote_jid') !== NO_CHAT) readOld(parts, database, row, quotes);
}

function readOld(
  { times, writer }: WhatsAppParts,
  database: SourceDatabase,
  row: SqlRow,
  quotes: ReadonlyMap<string, readonly [id: string, text: string]>
): void {
  const place = rowPlace(database, 'messages', row);
  const type = row.number('media_wa_type') ?? 0;
  const isFromMe = row.flag('key_from_me');
  const isRevoked = type === ANDROID_TYPES.revoked;
  const attachments = attachmentsOf(row, type);
  const details: DetailFields = [];
  const quoted = quotes.get(row.text('quoted_row_id'));
  if (quoted !== undefined) {
    details.push(['in reply to', quoted[0]]);
    if (quoted[1] !== '') details.push(['text replied to', quoted[1]]);
  }
  if (row.flag('starred')) details.push(['starred', '1']);
  const [latitude_deg, longitude_deg] = [row.number('latitude'), row.number('longitude')];
  const isPlace =
    (type === ANDROID_TYPES.location || type === ANDROID_TYPES.live) && latitude_deg !== null && longitude_deg !== null;
  writer.message({
    row,
    place,
    id: row.text('key_id'),
    chat: row.text('key_remote_jid'),
    isFromMe,
    sender: isFromMe ? '' : row.text('remote_resource'),
    time: times.unix(row.text('timestamp') === '0' ? '' : row.text('timestamp'), place),
    body: row.text('data') || row.text('media_caption'),
    state:
      androidState(isFromMe, row.number('status') ?? 0) |
      (isRevoked ? MessageState.tombstone | MessageState.deletedByUser : 0) |
      (row.flag('forwarded') ? MessageState.forwarded : 0) |
      (type === ANDROID_TYPES.voice && row.text('origin') === '1' ? MessageState.voiceNote : 0),
    attachments,
    details,
    // Of its own lines the app keeps the number of the action where a file has its size, and whom it is about in a
    // serialised object of Java: only who acts can be dated.
    ...(row.number('status') === SYSTEM_STATUS
      ? {
          changes: groupChanges(
            {
              action: ALONE.has(row.number('media_size') ?? 0) ? (row.number('media_size') ?? 0) : 0,
              isMeJoined: false,
              about: []
            },
            row.text('remote_resource')
          )
        }
      : {}),
    location: isPlace ? { latitude_deg, longitude_deg, label: row.text('media_name') } : null
  });
}

/** Where the file lay stands in a serialised object of Java, which is not taken apart. */
function attachmentsOf(row: SqlRow, type: number): readonly AttachmentRecord[] {
  if (type === ANDROID_TYPES.contact || type === ANDROID_TYPES.contacts)
    return [{ name: row.text('media_name'), contentType: 'text/vcard' }];
  if (!isMediaType(type)) return [];
  return [mediaRecord('', row.text('media_name'), row.text('media_mime_type'), row.number('media_size'), row.text('media_hash'))];
}
