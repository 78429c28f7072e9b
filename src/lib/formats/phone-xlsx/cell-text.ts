/**
 * What a typed cell of a workbook says, as text. A table of a phone is read as text, and a number in a workbook has
 * lost how it was written: 4.47700900123E11 stands for 447700900123, 45413.5869 under a date's format for a moment.
 *
 * [Note: Typed cells] Whole numbers are written out as far as a workbook keeps them exactly (15 digits); beyond that the
 * digits are already lost in the file, and the cell stays in its short form, which is counted as spoilt like
 * "4.47E+11" in a CSV. A format of zeros ("00000000000") gives back the zeros that a number cannot hold. Dates are
 * written year first, with seconds and, where there are any, milliseconds: a serial has no offset.
 */

/** Days between 1899-12-30 and 1904-01-01, where old workbooks of the Mac count from. */
const DAYS_TO_1904 = 1462;
const EPOCH_DAYS = 25_569;
const DAY_MS = 86_400_000;
/** The first day after 29 February 1900, which Excel counts and which never was; before it no date is told. */
const FIRST_SURE_DAY = 61;
const LAST_DAY = 2_958_465;
const EXACT_DIGITS = 15;

/** How the number of a cell is to be read. */
export type NumberStyle =
  | { readonly kind: 'plain' }
  | { readonly kind: 'date'; readonly hasDay: boolean }
  | { readonly kind: 'span' }
  | { readonly kind: 'zeros'; readonly digits: number };

export const PLAIN: NumberStyle = { kind: 'plain' };

/** Formats that a workbook names by number alone (ECMA-376 part 1, 18.8.30). */
function builtIn(id: number): NumberStyle {
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58))
    return { kind: 'date', hasDay: true };
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47) return { kind: 'date', hasDay: false };
  return id === 46 ? { kind: 'span' } : PLAIN;
}

/** @param code of a format that the workbook defines; undefined for a built-in one. */
export function numberStyle(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) return builtIn(id);
  const [first = ''] = code.split(';');
  if (/\[(?:h+|m+|s+)\]/i.test(first)) return { kind: 'span' };
  // Quoted words, escaped characters, colours and currencies are no parts of a date.
  const bare = first.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').toLowerCase();
  if (/^0{4,}$/.test(bare)) return { kind: 'zeros', digits: bare.length };
  if (/general|[0#?]/.test(bare.replace(/[.,]0+/g, ''))) return PLAIN;
  const hasDay = /[dy]/.test(bare) || /m/.test(bare.replace(/h+[^hs]*m+|m+[^hms]*s+/g, ''));
  return hasDay || /[hs]/.test(bare) ? { kind: 'date', hasDay } : PLAIN;
}

const two = (n: number): string => String(n).padStart(2, '0');

function clockOf(ms: number): string {
  const s = Math.floor(ms / 1000);
  const fraction = ms % 1000 === 0 ? '' : `.${String(ms % 1000).padStart(3, '0')}`;
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}${fraction}`;
}

/** A serial to the nearest millisecond; a double keeps days of our time to about a hundredth of one. */
function dateText(days: number, hasDay: boolean, is1904: boolean): string | null {
  const serial = is1904 ? days + DAYS_TO_1904 : days;
  const ms = Math.round(days * DAY_MS);
  if (days >= 0 && days < 1 && !hasDay) return clockOf(ms);
  if (serial < FIRST_SURE_DAY || serial > LAST_DAY) return null;
  const at = Math.round((serial - EPOCH_DAYS) * DAY_MS);
  const iso = new Date(at).toISOString();
  const inDay = ((at % DAY_MS) + DAY_MS) % DAY_MS;
  return inDay === 0 && hasDay ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${clockOf(inDay)}`;
}

/** @param value as the file writes it. */
export function numberText(value: string, style: NumberStyle, is1904: boolean): string {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return value;
  if (style.kind === 'date') return dateText(number, style.hasDay, is1904) ?? value;
  if (style.kind === 'span') {
    const s = Math.round(number * 86_400);
    return number < 0 ? value : `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  }
  if (!Number.isInteger(number)) return /e/i.test(value) ? String(number) : value;
  const digits = String(Math.abs(number));
  if (digits.length > EXACT_DIGITS) return number.toExponential().replace('e', 'E');
  if (style.kind === 'zeros' && number >= 0) return digits.padStart(style.digits, '0');
  return String(number);
}
