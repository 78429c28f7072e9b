/**
 * People cells: "447700900123 Mihai (owner)", "From: +447700900123 Mihai", "Mihai <+44...>", several under each
 * other. A number is looked for; what stands beside it is the name.
 */
import { cleanIdentifier, isDamagedNumber } from '../phone-number.ts';

export interface Party {
  /** Number, address or handle as written; the name again where the cell holds nothing else. */
  readonly id: string;
  readonly name: string;
  readonly isOwner: boolean;
  /** From the words before the name ("From:", "To:"). */
  readonly end: 'from' | 'to' | null;
  readonly kind: 'number' | 'damaged' | 'address' | 'word';
}

const LONGEST_PARTY = 160;
const END = /^(?:(from|von|de|da|expéditeur|remitente)|(to|an|à|para|pour|a|către|destinataire|destinatario|cc|bcc)) ?: ?/i;
const OWNER =
  / ?[([](?:owner|phone owner|propriétaire|propietario|proprietario|proprietário|besitzer|proprietar|device owner)[)\]]/i;
const NUMBER = '\\+?\\(?\\d[\\d\\s().\\-\\u2010-\\u2015]{4,}\\d';
const ADDRESS = '[^\\s@<>()]+@[^\\s@<>()]+';
const ID_FIRST = new RegExp(`^(${ADDRESS}|${NUMBER})(?![\\w@])[\\s,;:|-]*(.*)$`, 's');
const ID_LAST = new RegExp(`^(.*?)[\\s,;:|]*[<([]?\\s*(${ADDRESS}|${NUMBER})\\s*[>)\\]]?$`, 's');

/** Decimal degrees and dates are digits with marks between them too. */
const NO_NUMBER = /^(?:-?\d{1,3}[.,]\d+|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))$/;

/** True for text that is a number and nothing else (7 to 15 digits, or a spoilt one). */
export function isNumberCell(text: string): boolean {
  const clean = cleanIdentifier(text);
  if (isDamagedNumber(clean)) return true;
  if (NO_NUMBER.test(clean)) return false;
  const digits = clean.replace(/\D/g, '').length;
  return digits >= 7 && digits <= 15 && /^\+?[\d\s().\-\u2010-\u2015]+$/.test(clean);
}

function partyOf(text: string): Party | null {
  let rest = cleanIdentifier(text).replace(/\s+/g, ' ');
  if (rest === '') return null;
  // No name with a number is this long, and the patterns below take time with the square of it.
  if (rest.length > LONGEST_PARTY) return { id: rest.slice(0, LONGEST_PARTY), name: '', isOwner: false, end: null, kind: 'word' };
  const end = END.exec(rest);
  if (end !== null) rest = rest.slice(end[0].length);
  const isOwner = OWNER.test(rest);
  if (isOwner) rest = rest.replace(OWNER, '').trim();
  const of = (id: string, name: string, kind: Party['kind']): Party => ({
    id,
    name: name.trim(),
    isOwner,
    end: end === null ? null : end[1] !== undefined ? 'from' : 'to',
    kind
  });
  const [first = '', ...others] = rest.split(' ');
  if (isDamagedNumber(first)) return of(first, others.join(' '), 'damaged');
  if (isNumberCell(rest)) return of(rest, '', 'number');
  if (NO_NUMBER.test(rest)) return of(rest, '', 'word');
  const idFirst = ID_FIRST.exec(rest);
  if (idFirst !== null)
    return of((idFirst[1] as string).trim(), idFirst[2] as string, (idFirst[1] as string).includes('@') ? 'address' : 'number');
  const idLast = ID_LAST.exec(rest);
  if (idLast !== null && (idLast[2] as string).replace(/\D/g, '').length >= 7)
    return of(idLast[2] as string, idLast[1] as string, 'number');
  if (idLast !== null && (idLast[2] as string).includes('@')) return of(idLast[2] as string, idLast[1] as string, 'address');
  return rest === '' ? null : of(rest, '', 'word');
}

/** Everyone in a cell, one a line; also parted by ";" and, between bare numbers, by ",". */
export function partiesOf(cell: string): Party[] {
  const parts = cell.split(/[\n;]+/).flatMap((part) => {
    const pieces = part.split(',');
    return pieces.length > 1 && pieces.every((piece) => isNumberCell(piece)) ? pieces : [part];
  });
  return parts.map(partyOf).filter((party) => party !== null);
}
