/** Steps of the audit log that can be taken back, each by the question that takes it back and is logged like any other. */
import { ASSUMED_ZONE } from '../evidence/assumptions.ts';
import type { CaseApi } from '../pipeline/contract.ts';
import type { AuditLine } from '../vault/audit/line.ts';

export type Undo = (api: CaseApi, who: string) => Promise<unknown>;

const ZONE = /^zone of times (.+)$/;
const GLOSSARY = /^glossary version \d+: (.+)$/;
const TAKEN_IN = /^certified translation (\d+) taken in/;
const DECISION = /^persons, decision (\d+): (?:confirm|reject)$/;
const ATTRIBUTION = /^attribution (\d+): attribute$/;
const WORDS = 'Taken back from the audit log.';

/**
 * How a line is taken back; null where it cannot be, or was already.
 * @param lines of the whole log, oldest first
 */
export function undoOf(seq: number, lines: readonly AuditLine[]): Undo | null {
  const what = lines[seq]?.what ?? '';
  const later = lines.slice(seq + 1);
  const isLast = (pattern: RegExp): boolean => !later.some((line) => pattern.test(line.what));
  const isThere = (words: string): boolean => later.some((line) => line.what === words);

  if (ZONE.test(what)) {
    if (!isLast(ZONE)) return null;
    const before = lines.slice(0, seq).findLast((line) => ZONE.test(line.what));
    const zone = ZONE.exec(before?.what ?? '')?.[1] ?? ASSUMED_ZONE;
    return zone === ZONE.exec(what)?.[1] ? null : (api) => api.setZone(zone);
  }
  const glossary = GLOSSARY.exec(what)?.[1];
  if (glossary !== undefined) {
    // The glossary takes back its newest change; which of several undos a line stood for cannot be told afterwards.
    return glossary !== 'undo' && isLast(GLOSSARY) ? (api, who) => api.changeGlossary({ kind: 'undo', who }) : null;
  }
  const intake = TAKEN_IN.exec(what)?.[1];
  if (intake !== undefined) {
    return isThere(`certified translation ${intake} withdrawn`) ? null : (api, who) => api.withdrawIntake(Number(intake), who);
  }
  const number = ATTRIBUTION.exec(what)?.[1];
  if (number !== undefined) {
    if (isThere(`attribution ${number}: withdraw`)) return null;
    return (api, who) => api.changeAttributions({ kind: 'withdraw', number: Number(number), by: who, words: WORDS });
  }
  const decision = DECISION.exec(what)?.[1];
  if (decision === undefined || isThere(`persons, decision ${decision}: undo`)) return null;
  return (api, who) => api.undoIdentity(Number(decision), who, WORDS);
}
