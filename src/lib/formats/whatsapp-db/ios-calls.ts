/** CallHistory.sqlite of WhatsApp on iOS: single events under the entry that the app shows for them. */
import { ownTable } from '../../evidence/own-table.ts';
import type { CallOutcome } from '../../evidence/records.ts';
import type { SourceDatabase } from '../sqlite/database.ts';
import { rowPlace } from '../sqlite/row-place.ts';
import type { WhatsAppParts } from './whatsapp-reader.ts';

/** ZOUTCOME: 0 ended, 1 missed, 3 rejected; others are kept as their number. */
const OUTCOMES: Readonly<Record<string, CallOutcome>> = ownTable({ '0': 'answered', '1': 'missed', '3': 'rejected' });

export class IosCalls {
  readonly #parts: WhatsAppParts;
  readonly #database: SourceDatabase;

  constructor(parts: WhatsAppParts, database: SourceDatabase) {
    this.#parts = parts;
    this.#database = database;
  }

  async read(): Promise<void> {
    const { signal } = this.#parts.setting;
    const shown = new Map<string, { readonly isIncoming: boolean; readonly isVideo: boolean; readonly isMissed: boolean }>();
    for await (const rows of this.#database.rows('ZWAAGGREGATECALLEVENT', ['ZINCOMING', 'ZVIDEO', 'ZMISSED'], signal))
      for (const row of rows)
        shown.set(String(row.rowId), {
          isIncoming: row.flag('ZINCOMING'),
          isVideo: row.flag('ZVIDEO'),
          isMissed: row.flag('ZMISSED')
        });
    const people = new Map<string, string[]>();
    for await (const rows of this.#database.rows('ZWACDCALLEVENTPARTICIPANT', ['Z1PARTICIPANTS', 'ZJIDSTRING'], signal))
      for (const row of rows) {
        const held = people.get(row.text('Z1PARTICIPANTS'));
        if (held === undefined) people.set(row.text('Z1PARTICIPANTS'), [row.text('ZJIDSTRING')]);
        else held.push(row.text('ZJIDSTRING'));
      }
    const columns = ['ZOUTCOME', 'Z1CALLEVENTS', 'ZDATE', 'ZDURATION', 'ZGROUPJIDSTRING', 'ZGROUPCALLCREATORUSERJIDSTRING'];
    for await (const rows of this.#database.rows('ZWACDCALLEVENT', columns, signal))
      for (const row of rows) {
        const place = rowPlace(this.#database, 'ZWACDCALLEVENT', row);
        const entry = shown.get(row.text('Z1CALLEVENTS'));
        const outcome = row.text('ZOUTCOME');
        const group = row.text('ZGROUPJIDSTRING');
        const creator = row.text('ZGROUPCALLCREATORUSERJIDSTRING');
        const isFromMe = entry?.isIncoming === false;
        // Who rang out is the device itself.
        if (isFromMe && creator !== '') this.#parts.people.takeOwn(creator);
        const all = [...(isFromMe ? [] : [creator]), ...(people.get(String(row.rowId)) ?? [])];
        const duration = row.number('ZDURATION');
        this.#parts.writer.call({
          row,
          place,
          id: '',
          isFromMe,
          others: [...new Set(all)].filter((jid) => jid !== '' && !(isFromMe && jid === creator)),
          time: this.#parts.times.cocoa(row.text('ZDATE'), place),
          duration_s: duration === null ? null : Math.floor(duration),
          outcome: entry?.isMissed === true ? 'missed' : (OUTCOMES[outcome] ?? 'unknown'),
          isVideo: entry?.isVideo === true,
          details: [
            ...(outcome === '' || outcome === '0' ? [] : [['ZOUTCOME', outcome] as [string, string]]),
            ...(group === '' ? [] : [['group', group] as [string, string]])
          ]
        });
      }
  }
}
