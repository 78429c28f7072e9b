/** Calls of Android: call_log, with the people of a call of several in call_log_participant_v2. */
import type { CallOutcome } from '../../evidence/records.ts';
import type { SourceDatabase } from '../sqlite/database.ts';
import { rowPlace } from '../sqlite/row-place.ts';
import type { WhatsAppParts } from './whatsapp-reader.ts';

/** call_result 5 is a call that was taken; the others differ between versions and are kept as their number. */
const TAKEN = '5';

export class AndroidCalls {
  readonly #parts: WhatsAppParts;
  readonly #database: SourceDatabase;

  constructor(parts: WhatsAppParts, database: SourceDatabase) {
    this.#parts = parts;
    this.#database = database;
  }

  async read(): Promise<void> {
    const { signal } = this.#parts.setting;
    const jids = new Map<string, string>();
    for await (const rows of this.#database.rows('jid', ['raw_string'], signal))
      for (const row of rows) jids.set(String(row.rowId), row.text('raw_string'));
    const more = new Map<string, string[]>();
    for await (const rows of this.#database.rows('call_log_participant_v2', ['call_log_row_id', 'jid_row_id'], signal))
      for (const row of rows) {
        const jid = jids.get(row.text('jid_row_id')) ?? '';
        const held = more.get(row.text('call_log_row_id'));
        if (held === undefined) more.set(row.text('call_log_row_id'), [jid]);
        else held.push(jid);
      }
    const columns = [
      'jid_row_id',
      'from_me',
      'call_id',
      'timestamp',
      'video_call',
      'duration',
      'call_result',
      'group_jid_row_id'
    ];
    for await (const rows of this.#database.rows('call_log', columns, signal))
      for (const row of rows) {
        const place = rowPlace(this.#database, 'call_log', row);
        const duration_s = row.number('duration');
        const result = row.text('call_result');
        const isFromMe = row.flag('from_me');
        const group = jids.get(row.text('group_jid_row_id')) ?? '';
        const first = jids.get(row.text('jid_row_id')) ?? '';
        const others = [...new Set([first, ...(more.get(String(row.rowId)) ?? [])])].filter((jid) => jid !== '' && jid !== group);
        this.#parts.writer.call({
          row,
          place,
          id: row.text('call_id'),
          isFromMe,
          others,
          time: this.#parts.times.unix(row.text('timestamp'), place),
          duration_s,
          outcome: outcomeOf(result, duration_s ?? 0, isFromMe),
          isVideo: row.flag('video_call'),
          details: [
            ...(result === '' || result === TAKEN ? [] : [['call_result', result] as [string, string]]),
            ...(group === '' ? [] : [['group', group] as [string, string]])
          ]
        });
      }
  }
}

function outcomeOf(result: string, duration_s: number, isFromMe: boolean): CallOutcome {
  if (result === TAKEN || duration_s > 0) return 'answered';
  return isFromMe || result === '' ? 'unknown' : 'missed';
}
