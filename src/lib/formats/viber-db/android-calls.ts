/** calls of viber_data, as Autopsy's and ALEAPP's Viber modules read it. */
import type { SourceDatabase } from '../sqlite/database.ts';
import { rowPlace } from '../sqlite/row-place.ts';
import type { ViberParts } from './viber-reader.ts';

/** type: 1 came in, 2 went out, 3 was missed, as Android's own call log counts. */
const INCOMING = '1';
const OUTGOING = '2';
const MISSED = '3';
/** viber_call_type: 4 with a picture. */
const VIDEO = '4';

export async function readCalls(database: SourceDatabase, { setting, people, times, writer }: ViberParts): Promise<void> {
  const columns = ['number', 'canonized_number', 'date', 'duration', 'type', 'viber_call_type', 'end_reason', 'viber_call'];
  for await (const rows of database.rows('calls', columns, setting.signal))
    for (const row of rows) {
      const place = rowPlace(database, 'calls', row);
      const number = row.text('canonized_number') || row.text('number');
      if (number === '' && row.text('date') === '') {
        writer.refuse('call', place, '');
        continue;
      }
      const type = row.text('type');
      const duration_s = row.number('duration');
      writer.call({
        row,
        place,
        id: '',
        other: number === '' ? null : people.byNumber(number),
        direction: type === OUTGOING ? 'outgoing' : type === INCOMING || type === MISSED ? 'incoming' : 'unknown',
        time: times.unix(row.text('date'), place),
        duration_s,
        outcome: type === MISSED ? 'missed' : (duration_s ?? 0) > 0 ? 'answered' : 'unknown',
        isVideo: row.text('viber_call_type') === VIDEO,
        details: ['viber_call', 'viber_call_type', 'end_reason'].flatMap((column): [string, string][] =>
          row.text(column) === '' ? [] : [[column, row.text(column)]]
        ),
        isFromConversation: false
      });
    }
}
