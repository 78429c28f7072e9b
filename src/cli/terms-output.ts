/** terms.json: words that each community of the network uses more than the rest of the case, with quoted messages. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NONE } from '../lib/evidence/ids.ts';
import type { EvidenceStore } from '../lib/evidence/store.ts';
import { keynessView } from '../lib/pipeline/keyness.ts';
import type { SearchDesk } from '../lib/pipeline/search-desk.ts';
import type { Translations } from '../lib/pipeline/translations.ts';

/** The largest communities: each is one pass over the case. */
const COMMUNITIES = 12;

/**
 * @param communityOf community of each party, 0 the largest, -1 for none
 * @returns how many terms there are in all.
 */
export async function writeTerms(
  store: EvidenceStore,
  translations: Translations,
  search: SearchDesk,
  communityOf: Int32Array,
  out: string | null
): Promise<number> {
  const sent: number[][] = Array.from({ length: COMMUNITIES }, () => []);
  for (let id = 0; id < store.committed.messages; id++) {
    const party = store.directory.partyOf(store.messages.from.at(id));
    if (party !== NONE) sent[communityOf[party] ?? -1]?.push(id);
  }
  const communities = [];
  for (const [community, ids] of sent.entries()) {
    if (ids.length === 0) continue;
    const {
      terms,
      elapsed_ms: _,
      ...rest
    } = await keynessView(store, translations, search, Uint32Array.from(ids), 'english', {});
    const quoted = terms.map((term) => ({
      ...term,
      quotes: term.quotes.map((id) => ({ id, body: store.messages.body.at(id), translation: translations.textOf(id) }))
    }));
    communities.push({ community, messages: ids.length, ...rest, terms: quoted });
  }
  if (out !== null) await writeFile(join(out, 'terms.json'), JSON.stringify({ communities }, null, 2) + '\n');
  return communities.reduce((sum, { terms }) => sum + terms.length, 0);
}
