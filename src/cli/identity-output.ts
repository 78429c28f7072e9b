/** identity.json: pairs of numbers and handles that may be one person, with what speaks for and against. Nothing is joined. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvidenceStore } from '../lib/evidence/store.ts';
import type { SuggestionRow } from '../lib/pipeline/identity-contract.ts';
import { IdentityDesk } from '../lib/pipeline/identity-desk.ts';
import type { SearchDesk } from '../lib/pipeline/search-desk.ts';
import type { Translations } from '../lib/pipeline/translations.ts';
import { IdentityLog } from '../lib/records/identity-log.ts';

export interface IdentitySummary {
  /** Suggestions listed by default, and those that rest on less. */
  readonly shown: number;
  readonly weaker: number;
}

export async function writeIdentity(
  store: EvidenceStore,
  translations: Translations,
  search: SearchDesk,
  out: string | null
): Promise<IdentitySummary> {
  const desk = new IdentityDesk({
    store,
    search,
    log: new IdentityLog(),
    clock: () => Date.now(),
    isImporting: () => false,
    translated: () => translations.length,
    keep: () => Promise.resolve(),
    changed: () => {}
  });
  const { shown, weaker } = await desk.suggest(() => {});
  const suggestion = ({ a, b, isShown, reasonsFor, reasonsAgainst }: SuggestionRow): object => ({
    a,
    b,
    shown: isShown,
    reasons_for: reasonsFor.map((reason) =>
      'messageId' in reason
        ? { ...reason, body: store.messages.body.at(reason.messageId), translation: translations.textOf(reason.messageId) }
        : reason
    ),
    reasons_against: reasonsAgainst
  });
  if (out !== null) {
    const rows = [...(await desk.rows('shown', 0, shown)), ...(await desk.rows('weaker', 0, weaker))];
    await writeFile(join(out, 'identity.json'), JSON.stringify({ suggestions: rows.map(suggestion) }, null, 2) + '\n');
  }
  return { shown, weaker };
}
