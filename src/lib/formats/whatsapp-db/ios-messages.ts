/** ChatStorage.sqlite of iOS: ZWAMESSAGE with its session, group member and media item. Times count from 2001. */
import { MessageState, type AttachmentRecord } from '../../evidence/records.ts';
import type { DetailFields } from '../json/details.ts';
import type { SourceDatabase, SqlRow } from '../sqlite/database.ts';
import { rowPlace } from '../sqlite/row-place.ts';
import { mediaRecord, type WhatsAppMessage } from './item-writer.ts';
import type { WhatsAppParts } from './whatsapp-reader.ts';

/** ZMESSAGETYPE: 6 and 10 are the app's own lines. */
const TYPES = { voice: 3, contact: 4, location: 5, group: 6, system: 10, revoked: 14 } as const;
const MEDIA: ReadonlySet<number> = new Set([1, 2, 3, 8, 11, 15, 38, 39]);
const COLUMNS = [
  'ZCHATSESSION',
  'ZGROUPMEMBER',
  'ZMEDIAITEM',
  'ZPARENTMESSAGE',
  'ZISFROMME',
  'ZMESSAGETYPE',
  'ZGROUPEVENTTYPE',
  'ZMESSAGEDATE',
  'ZFROMJID',
  'ZTOJID',
  'ZSTANZAID',
  'ZTEXT',
  'ZSTARRED',
  'ZSORT'
];

interface Media {
  readonly path: string;
  readonly size: number | null;
  /** The type of a file, or the card of a contact. */
  readonly card: string;
  readonly title: string;
  readonly hash: string;
  readonly latitude_deg: number | null;
  readonly longitude_deg: number | null;
  readonly quoted: string;
}

export class IosMessages {
  readonly #parts: WhatsAppParts;
  readonly #database: SourceDatabase;
  readonly #sessions = new Map<string, string>();
  readonly #members = new Map<string, string>();
  readonly #media = new Map<string, Media>();

  constructor(parts: WhatsAppParts, database: SourceDatabase) {
    this.#parts = parts;
    this.#database = database;
  }

  /** The account that all incoming lines with an address are addressed to; null where they disagree or none has one. */
  async findOwn(): Promise<string | null> {
    const found = new Set<string>();
    await this.#each('ZWAMESSAGE', ['ZISFROMME', 'ZTOJID'], (row) => {
      const to = row.text('ZTOJID').replace(/[:.]\d+@/, '@');
      if (!row.flag('ZISFROMME') && to.endsWith('@s.whatsapp.net')) found.add(to);
    });
    return found.size === 1 ? ([...found][0] ?? null) : null;
  }

  async read(): Promise<void> {
    const { people } = this.#parts;
    await this.#each('ZWAPROFILEPUSHNAME', ['ZJID', 'ZPUSHNAME'], (row) => people.learn(row.text('ZJID'), row.text('ZPUSHNAME')));
    await this.#each('ZWACHATSESSION', ['ZCONTACTJID', 'ZPARTNERNAME'], (row) => {
      const jid = row.text('ZCONTACTJID');
      this.#sessions.set(String(row.rowId), jid);
      people.title(jid, row.text('ZPARTNERNAME'));
      if (jid.endsWith('@s.whatsapp.net')) people.learn(jid, row.text('ZPARTNERNAME'));
    });
    await this.#each('ZWAGROUPMEMBER', ['ZCHATSESSION', 'ZMEMBERJID', 'ZCONTACTNAME'], (row) => {
      const jid = row.text('ZMEMBERJID');
      people.learn(jid, row.text('ZCONTACTNAME'));
      this.#members.set(String(row.rowId), jid);
      people.addMember(this.#sessions.get(row.text('ZCHATSESSION')) ?? '', jid);
    });
    await this.#readMedia();
    await this.#each('ZWAMESSAGE', COLUMNS, (row) => this.#message(row));
  }

  async #each(table: string, columns: readonly string[], take: (row: SqlRow) => void): Promise<void> {
    for await (const rows of this.#database.rows(table, columns, this.#parts.setting.signal)) for (const row of rows) take(row);
  }

  async #readMedia(): Promise<void> {
    const columns = [
      'ZMEDIALOCALPATH',
      'ZFILESIZE',
      'ZVCARDSTRING',
      'ZVCARDNAME',
      'ZTITLE',
      'ZLATITUDE',
      'ZLONGITUDE',
      'ZMETADATA'
    ];
    await this.#each('ZWAMEDIAITEM', columns, (row) =>
      this.#media.set(String(row.rowId), {
        path: row.text('ZMEDIALOCALPATH'),
        size: row.number('ZFILESIZE'),
        card: row.text('ZVCARDSTRING'),
        title: row.text('ZTITLE'),
        hash: row.text('ZVCARDNAME'),
        latitude_deg: row.number('ZLATITUDE'),
        longitude_deg: row.number('ZLONGITUDE'),
        quoted: quotedStanza(row.blob('ZMETADATA'))
      })
    );
  }

  #message(row: SqlRow): void {
    const { times, writer } = this.#parts;
    const place = rowPlace(this.#database, 'ZWAMESSAGE', row);
    const type = row.number('ZMESSAGETYPE') ?? 0;
    const isFromMe = row.flag('ZISFROMME');
    const media = this.#media.get(row.text('ZMEDIAITEM'));
    const chat = this.#sessions.get(row.text('ZCHATSESSION')) ?? (isFromMe ? row.text('ZTOJID') : row.text('ZFROMJID'));
    const details: DetailFields = [];
    if (media !== undefined && media.quoted !== '') details.push(['in reply to', media.quoted]);
    if (row.flag('ZSTARRED')) details.push(['starred', '1']);
    const isSystem = type === TYPES.group || type === TYPES.system;
    if (isSystem) details.push(['ZGROUPEVENTTYPE', row.text('ZGROUPEVENTTYPE')]);
    if (type === TYPES.contact && media !== undefined && media.card !== '') details.push(['vcard', media.card]);
    const from = row.text('ZFROMJID');
    const member = this.#members.get(row.text('ZGROUPMEMBER')) ?? (from === chat ? '' : from);
    writer.message({
      row,
      place,
      id: row.text('ZSTANZAID'),
      chat,
      isFromMe,
      sender: isFromMe ? '' : member,
      time: times.cocoa(row.text('ZMESSAGEDATE'), place),
      body: row.text('ZTEXT') || (type !== TYPES.location ? (media?.title ?? '') : ''),
      state:
        (isFromMe && !isSystem ? MessageState.sent : 0) |
        (isSystem ? MessageState.system : 0) |
        (type === TYPES.revoked ? MessageState.tombstone | MessageState.deletedByUser : 0) |
        // Recordings lie in the app's own folder under a name of their own; shared songs keep theirs.
        (type === TYPES.voice && (media?.path ?? '').endsWith('.opus') ? MessageState.voiceNote : 0) |
        (MEDIA.has(type) && media === undefined ? MessageState.mediaOmitted : 0),
      attachments: attachmentsOf(type, media),
      details,
      location: locationOf(type, media)
    });
  }
}

function attachmentsOf(type: number, media: Media | undefined): readonly AttachmentRecord[] {
  if (media === undefined) return [];
  if (type === TYPES.contact) return [{ name: media.title, contentType: 'text/vcard' }];
  if (!MEDIA.has(type)) return [];
  const contentType = /^[\w.+-]+\/[\w.+-]+/.test(media.card) ? media.card : '';
  return [mediaRecord(media.path, '', contentType, media.size, media.hash)];
}

/** Of a picture the same columns hold its width and height. */
function locationOf(type: number, media: Media | undefined): WhatsAppMessage['location'] {
  if (type !== TYPES.location || media?.latitude_deg == null || media.longitude_deg === null) return null;
  return { latitude_deg: media.latitude_deg, longitude_deg: media.longitude_deg, label: media.title };
}

const LONGEST_STANZA = 64;

/** Field 5 of the media item's packed fields (protobuf): the id of the message that is answered. '' where there is none. */
function quotedStanza(packed: Uint8Array | null): string {
  if (packed === null) return '';
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let i = 0; i < 6; i++) {
      const byte = packed[at++] ?? 0;
      value += (byte & 0x7f) * 128 ** i;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < packed.length) {
    const tag = varint();
    const kind = tag & 7;
    if (kind === 0) varint();
    else if (kind === 1) at += 8;
    else if (kind === 5) at += 4;
    else if (kind === 2) {
      const length = varint();
      if (tag >> 3 === 5 && length <= LONGEST_STANZA) {
        const text = String.fromCharCode(...packed.subarray(at, at + length));
        return /^[0-9A-F.-]+$/i.test(text) ? text : '';
      }
      at += length;
    } else return '';
  }
  return '';
}
