/** Words of status, type and direction cells, in the languages of vocabulary.ts. */
import { MessageState, type CallOutcome, type EvidenceTime } from '../../evidence/records.ts';
import { cleanCell } from './cells.ts';
import { plainHeader } from './recipe.ts';

/** State bits that a status cell states in words. */
export function statusBits(cell: string): number {
  const status = plainHeader(cleanCell(cell));
  let bits = 0;
  if (/\b(?:sent|envoye|enviad[oa]|gesendet|inviat[oa]|trimis)\b/.test(status)) bits |= MessageState.sent;
  if (/\b(?:delivered|livre|remis|entregad[oa]|zugestellt|consegnato)\b/.test(status))
    bits |= MessageState.sent | MessageState.delivered;
  if (
    /\b(?:read|seen|lu|leido|lido|gelesen|letto|citit)\b/.test(status) &&
    !/\b(?:un|not|non|no|nao|ne) ?(?:read|seen|lu|leido|lido|gelesen|letto|citit)\b/.test(status)
  )
    bits |= MessageState.read;
  if (/\b(?:draft|unsent|brouillon|borrador|entwurf|rascunho|bozza)s?\b/.test(status)) bits |= MessageState.draft;
  return /\b(?:deleted|trash|supprime|eliminado|borrado|geloscht|apagado|cancellato|sters)\b/.test(status)
    ? bits | MessageState.deletedByUser
    : bits;
}

/** Times to the second make two equal rows one item; times by the minute do not. */
export function isExact(time: EvidenceTime): boolean {
  return time.utcMs !== null && (time.basis === 'utc-by-spec' || /\d[:.]\d{2}[:.]\d{2}/.test(time.raw));
}

/** How a call ended, from its status, type and direction in plain words. */
export function outcomeOf(words: string): CallOutcome {
  if (/\b(?:missed|no answer|unanswered|not answered|manque|perdida|verpasst|persa|pierdut|cancel(?:l?ed)?)\b/.test(words))
    return 'missed';
  if (/\b(?:rejected|declined|refused|rejete|rechazada|abgelehnt)\b/.test(words)) return 'rejected';
  if (/\b(?:voicemail|voice mail|messagerie|buzon|mailbox)\b/.test(words)) return 'voicemail';
  if (/\b(?:blocked|bloque|bloqueada|blockiert)\b/.test(words)) return 'blocked';
  return /\b(?:answered|connected|established|accepted|repondu|contestada|angenommen|yes)\b/.test(words) ? 'answered' : 'unknown';
}
