/** patterns.json: what the rules found, with messages that met each rule and messages of the same people that did not. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvidenceStore } from '../lib/evidence/store.ts';
import { patternsView } from '../lib/pipeline/patterns.ts';
import type { Translations } from '../lib/pipeline/translations.ts';
import { timedFirst } from './time-order.ts';

/** @returns how many findings there are in all. */
export async function writePatterns(
  store: EvidenceStore,
  translations: Translations,
  zone: string,
  out: string | null
): Promise<number> {
  const { view, found } = await patternsView(store, timedFirst(store), zone, {});
  const quote = (id: number): object => ({ id, body: store.messages.body.at(id), translation: translations.textOf(id) });
  const findings = view.findings.map(({ id, fromMs, toMs, quotes, againstQuotes, people, ...rest }) => ({
    ...rest,
    people: people.map(({ id: party, label }) => ({ party, label })),
    from_utc: new Date(fromMs).toISOString(),
    to_utc: new Date(toMs).toISOString(),
    message_ids: [...found[id]!.messages],
    against_ids: [...found[id]!.against],
    quotes: quotes.map(quote),
    against_quotes: againstQuotes.map(quote)
  }));
  const { rules, messages, leftOut } = view;
  if (out !== null)
    await writeFile(
      join(out, 'patterns.json'),
      JSON.stringify({ zone, rules, messages, left_out: leftOut, findings }, null, 2) + '\n'
    );
  return findings.length;
}
