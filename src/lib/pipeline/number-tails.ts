/** Telephone numbers in any spelling, by the digits that all spellings share. */
import type { EvidenceStore } from '../evidence/store.ts';

/** A national number without its leading 0 has so many digits in nearly every country of Europe. */
const TAIL_DIGITS = 9;

/** Runs that may be a telephone number, with the marks that people put between digits. */
export const NUMBER_LIKE = /\+?\d[\d\s().-]{6,20}\d/gu;

export const tailOf = (number: string): string => number.replace(/\D/gu, '').slice(-TAIL_DIGITS);

/** Party of each full number of the case by its tail; a tail that two parties share names neither. */
export function tailsOf(
  { directory }: EvidenceStore,
  partyOf: (account: number) => number = (account) => directory.partyOf(account)
): Map<string, number> {
  const byTail = new Map<string, number>();
  const shared = new Set<string>();
  for (const [account, { e164 }] of directory.accounts.entries()) {
    if (e164 === null) continue;
    const tail = tailOf(e164);
    const party = partyOf(account);
    if ((byTail.get(tail) ?? party) !== party) shared.add(tail);
    byTail.set(tail, party);
  }
  for (const tail of shared) byTail.delete(tail);
  return byTail;
}
