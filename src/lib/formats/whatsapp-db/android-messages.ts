/**
 * msgstore.db since 2022: a table message, and what belongs to it in some dozens of tables around it. Those that say who,
 * what and where are read into memory by the message's row; the messages themselves pass by.
 */
import { MessageState, type AttachmentRecord } from '../../evidence/records.ts';
import { writeDetails, type DetailFields } from '../json/details.ts';
import type { SourceDatabase, SqlRow } from '../sqlite/database.ts';
import { rowPlace } from '../sqlite/row-place.ts';
import { groupChanges } from './group-changes.ts';
import { ANDROID_TYPES, androidState, isMediaType, mediaRecord, type WhatsAppMessage } from './item-writer.ts';
import type { WhatsAppParts } from './whatsapp-reader.ts';

const COLUMNS = [
  'chat_row_id',
  'from_me',
  'key_id',
  'sender_jid_row_id',
  'status',
  'origin',
  'timestamp',
  'message_type',
  'text_data',
  'starred'
];
const NO_ATTACHMENTS: readonly AttachmentRecord[] = [];

interface Beside {
  attachments: AttachmentRecord[];
  details: DetailFields;
  state: number;
  caption: string;
  location: WhatsAppMessage['location'];
  /** Of a row of the app's own: what it tells, and of whom. */
  action: number | null;
  isMeJoined: boolean;
  readonly about: string[];
}

export class AndroidMessages {
  readonly #parts: WhatsAppParts;
  readonly #database: SourceDatabase;
  readonly #jids = new Map<string, string>();
  readonly #chats = new Map<string, string>();
  readonly #beside = new Map<string, Beside>();
  readonly #keys = new Map<string, string>();

  constructor(parts: WhatsAppParts, database: SourceDatabase) {
    this.#parts = parts;
    this.#database = database;
  }

  async read(): Promise<void> {
    await this.#people();
    if (!this.#database.has('message', 'chat_row_id')) return;
    await this.#media();
    await this.#words();
    await this.#each('message', COLUMNS, (row) => this.#message(row));
    await this.#reactions();
  }

  async #each(table: string, columns: readonly string[], take: (row: SqlRow) => void): Promise<void> {
    for await (const rows of this.#database.rows(table, columns, this.#parts.setting.signal)) for (const row of rows) take(row);
  }

  async #people(): Promise<void> {
    const { people } = this.#parts;
    await this.#each('jid', ['user', 'server', 'raw_string'], (row) => {
      const user = row.text('user');
      this.#jids.set(
        String(row.rowId),
        row.text('raw_string') || (user === '' ? row.text('server') : `${user}@${row.text('server')}`)
      );
    });
    await this.#each('jid_map', ['lid_row_id', 'jid_row_id'], (row) =>
      people.mapPrivate(this.#jid(row, 'lid_row_id'), this.#jid(row, 'jid_row_id'))
    );
    await this.#each('lid_display_name', ['lid_row_id', 'display_name'], (row) =>
      people.learn(this.#jid(row, 'lid_row_id'), row.text('display_name'))
    );
    await this.#each('group_participant_user', ['group_jid_row_id', 'user_jid_row_id'], (row) =>
      people.addMember(this.#jid(row, 'group_jid_row_id'), this.#jid(row, 'user_jid_row_id'))
    );
    await this.#each('chat', ['jid_row_id', 'subject'], (row) => {
      const jid = this.#jid(row, 'jid_row_id');
      this.#chats.set(String(row.rowId), jid);
      people.title(jid, row.text('subject'));
    });
  }

  #jid(row: SqlRow, column: string): string {
    return this.#jids.get(row.text(column)) ?? '';
  }

  #of(row: SqlRow): Beside {
    const key = row.text('message_row_id');
    let held = this.#beside.get(key);
    if (held === undefined)
      this.#beside.set(
        key,
        (held = {
          attachments: [],
          details: [],
          state: 0,
          caption: '',
          location: null,
          action: null,
          isMeJoined: false,
          about: []
        })
      );
    return held;
  }

  async #media(): Promise<void> {
    const columns = ['message_row_id', 'file_path', 'file_size', 'mime_type', 'media_name', 'file_hash', 'media_caption'];
    await this.#each('message_media', columns, (row) => {
      const held = this.#of(row);
      const [path, name, type, hash] = ['file_path', 'media_name', 'mime_type', 'file_hash'].map((column) => row.text(column));
      held.attachments.push(mediaRecord(path ?? '', name ?? '', type ?? '', row.number('file_size'), hash ?? ''));
      held.caption ||= row.text('media_caption');
    });
    await this.#each('message_vcard', ['message_row_id', 'vcard'], (row) => {
      const held = this.#of(row);
      held.attachments.push({ name: '', contentType: 'text/vcard' });
      if (row.text('vcard') !== '') held.details.push(['vcard', row.text('vcard')]);
    });
    const place = ['message_row_id', 'latitude', 'longitude', 'place_name', 'place_address'];
    await this.#each('message_location', place, (row) => {
      const [latitude_deg, longitude_deg] = [row.number('latitude'), row.number('longitude')];
      if (latitude_deg === null || longitude_deg === null) return;
      const label = [row.text('place_name'), row.text('place_address')].filter((text) => text !== '').join(', ');
      this.#of(row).location = { latitude_deg, longitude_deg, label };
    });
  }

  async #words(): Promise<void> {
    await this.#each('message_quoted', ['message_row_id', 'key_id', 'text_data', 'sender_jid_row_id'], (row) => {
      const { details } = this.#of(row);
      details.push(['in reply to', row.text('key_id')]);
      if (row.text('text_data') !== '') details.push(['text replied to', row.text('text_data')]);
    });
    await this.#each('message_forwarded', ['message_row_id', 'forward_score'], (row) => {
      const held = this.#of(row);
      held.state |= MessageState.forwarded;
      if ((row.number('forward_score') ?? 0) > 1) held.details.push(['forward_score', row.text('forward_score')]);
    });
    await this.#each('message_revoked', ['message_row_id', 'admin_jid_row_id', 'revoke_timestamp'], (row) => {
      const held = this.#of(row);
      held.state |= MessageState.tombstone | MessageState.deletedByUser;
      if (this.#jid(row, 'admin_jid_row_id') !== '')
        held.details.push(['taken back by admin', this.#jid(row, 'admin_jid_row_id')]);
      if (row.flag('revoke_timestamp')) held.details.push(['revoke_timestamp', row.text('revoke_timestamp')]);
    });
    await this.#each('message_edit_info', ['message_row_id', 'edited_timestamp', 'original_key_id'], (row) => {
      const held = this.#of(row);
      held.state |= MessageState.edited;
      held.details.push(['edited_timestamp', row.text('edited_timestamp')]);
    });
    await this.#each('message_system', ['message_row_id', 'action_type'], (row) => {
      const held = this.#of(row);
      held.state |= MessageState.system;
      held.action = row.number('action_type');
      held.details.push(['action_type', row.text('action_type')]);
    });
    await this.#each('message_system_group', ['message_row_id', 'is_me_joined'], (row) => {
      if (row.flag('is_me_joined')) this.#of(row).isMeJoined = true;
    });
    await this.#each('message_system_chat_participant', ['message_row_id', 'user_jid_row_id'], (row) => {
      const jid = this.#jid(row, 'user_jid_row_id');
      if (jid !== '') this.#of(row).about.push(jid);
    });
  }

  #message(row: SqlRow): void {
    const id = String(row.rowId);
    const type = row.number('message_type') ?? 0;
    const beside = this.#beside.get(id);
    this.#beside.delete(id);
    const place = rowPlace(this.#database, 'message', row);
    const chat = this.#chats.get(row.text('chat_row_id')) ?? '';
    const isFromMe = row.flag('from_me');
    const text = row.text('text_data') || (beside?.caption ?? '');
    const isRevoked = type === ANDROID_TYPES.revoked || type === ANDROID_TYPES.byAdmin;
    const media = beside?.attachments ?? NO_ATTACHMENTS;
    this.#keys.set(id, row.text('key_id'));
    this.#parts.writer.message({
      row,
      place,
      id: row.text('key_id'),
      chat,
      isFromMe,
      sender: this.#jid(row, 'sender_jid_row_id'),
      time: this.#parts.times.unix(row.text('timestamp') === '0' ? '' : row.text('timestamp'), place),
      body: text,
      state:
        androidState(isFromMe, row.number('status') ?? 0) |
        (beside?.state ?? 0) |
        (type === ANDROID_TYPES.system ? MessageState.system : 0) |
        (isRevoked ? MessageState.tombstone | MessageState.deletedByUser : 0) |
        // origin 1: recorded here and not picked from the files.
        (type === ANDROID_TYPES.voice && row.text('origin') === '1' ? MessageState.voiceNote : 0) |
        (isMediaType(type) && media.length === 0 ? MessageState.mediaOmitted : 0),
      attachments: media,
      details: [...(beside?.details ?? []), ...(row.flag('starred') ? [['starred', '1'] as [string, string]] : [])],
      location: beside?.location ?? null,
      ...(beside === undefined || beside.action === null
        ? {}
        : { changes: groupChanges({ ...beside, action: beside.action }, this.#jid(row, 'sender_jid_row_id')) })
    });
  }

  /** Reactions stand by themselves and name the row of their message. */
  async #reactions(): Promise<void> {
    const words = new Map<string, string>();
    await this.#each('message_add_on_reaction', ['message_add_on_row_id', 'reaction'], (row) =>
      words.set(row.text('message_add_on_row_id'), row.text('reaction'))
    );
    if (words.size === 0) return;
    const columns = ['from_me', 'sender_jid_row_id', 'parent_message_row_id', 'timestamp'];
    await this.#each('message_add_on', columns, (row) => {
      const reaction = words.get(String(row.rowId));
      if (reaction === undefined || reaction === '') return;
      const parent = row.text('parent_message_row_id');
      const from = row.flag('from_me') ? (this.#parts.people.own?.identifier ?? 'from_me') : this.#jid(row, 'sender_jid_row_id');
      const fields: DetailFields = [
        ['reaction', reaction],
        ['from', from],
        ['timestamp', row.text('timestamp')]
      ];
      const place = rowPlace(this.#database, 'message_add_on', row);
      writeDetails(
        this.#parts.setting.sink,
        'whatsapp reaction',
        [['message', this.#keys.get(parent) ?? parent]],
        fields,
        place,
        ''
      );
    });
  }
}
