/** Signal as CSV: tables that programs for its backups write, with the database's own names of columns. */
import type { Format } from '../contract.ts';
import { jsonFormat } from '../json/json-format.ts';
import type { JsonShape } from '../json/shape.ts';
import { SignalReader } from '../signal-json/signal-reader.ts';

function fits(shape: JsonShape): number {
  if (!shape.isTable || !shape.has('[].body')) return 0;
  const hasChat = shape.has('[].thread_id') || shape.has('[].conversationId');
  if (!hasChat) return 0;
  // The phone's table, or the desktop app's.
  const isPhone =
    shape.has('[].date_sent') && (shape.has('[].address') || shape.has('[].from_recipient_id')) && shape.has('[].type');
  return isPhone || shape.has('[].sent_at') ? 0.92 : 0;
}

export const signalCsv: Format = jsonFormat({
  id: 'signal-csv',
  version: 1,
  label: 'Signal table (CSV)',
  tables: true,
  fits,
  rank: (shape) => (fits(shape) > 0 ? 0 : null),
  open: (setting) => new SignalReader(setting)
});
