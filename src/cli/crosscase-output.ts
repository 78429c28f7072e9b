/** crosscase.json: identifiers that these files and those of another case both hold, each with both sides of it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readKey } from '../lib/analysis/crosscase/identifier.ts';
import type { EvidenceStore } from '../lib/evidence/store.ts';
import { caseIdentifiers, type CaseIdentifier } from '../lib/pipeline/case-identifiers.ts';
import type { Arguments } from './arguments.ts';

/** @returns how many identifiers both hold; null where there is no other case. */
export async function writeCrossCase(
  store: EvidenceStore,
  other: EvidenceStore,
  { against, purpose, out }: Pick<Arguments, 'against' | 'purpose' | 'out'>
): Promise<number | null> {
  if (against.length === 0) return null;
  const here = caseIdentifiers(store);
  const there = caseIdentifiers(other);
  const byKey = new Map(there.map((one) => [one.key, one]));
  const links = here.flatMap((one) => {
    const twin = byKey.get(one.key);
    return twin === undefined ? [] : [{ ...readKey(one.key), here: useOf(one), there: useOf(twin) }];
  });
  if (out !== null) {
    const result = { purpose, identifiers_here: here.length, identifiers_there: there.length, links };
    await writeFile(join(out, 'crosscase.json'), JSON.stringify(result, null, 2) + '\n');
  }
  return links.length;
}

function useOf({ messages, calls, contacts, isOwn, firstMs, lastMs, files }: CaseIdentifier): object {
  const utc = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  return { messages, calls, contacts, is_own: isOwn, first_utc: utc(firstMs), last_utc: utc(lastMs), files };
}
