/**
 * Date-time spellings of phone exports, read into wall-clock fields and, where the text has one, an
 * offset. Nothing is guessed here: 03/04/2024 without an order stays `null` and is 'open' to `datePartsOf`.
 *
 * Read: ISO 8601 with or without offset and fraction; d/m/y, m/d/y and y/m/d with / . or -, 24 and 12 hours
 * ("3:05:09 PM", "p. m."), "05-Mar-24 10:11:12 +01:00"; offsets as Z, +01:00, +0100, +1, UTC, (UTC+1),
 * GMT+05:30; decimal point or comma before the fraction.
 */
import { fullYear, localMsOf } from './civil.ts';

export type DateOrder = 'dmy' | 'mdy' | 'ymd';

export interface Stamp {
  /** Wall-clock fields as local milliseconds (see civil.ts). */
  readonly localMs: number;
  /** Minutes east of UTC that the text itself states; null where it states none. */
  readonly offset_min: number | null;
  /** False for a bare date (midnight is then a filler, not a reading). */
  readonly hasTime: boolean;
}

const MONTHS: ReadonlyMap<string, number> = new Map([
  ...['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map(
    (name, i) => [name, i + 1] as const
  ),
  ['sept', 9]
]);

// Spaces that exports put between the parts: NBSP, narrow NBSP (U+202F), thin space; and marks that carry no time.
const ODD_SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const GENERAL =
  /^(\d{1,4})([./-])(\d{1,2}|[a-z]{3,9})\.?\2(\d{1,4})(?:[ ,t]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,:](\d{1,9}))?)?(?: ?([ap])\.? ?m\.?)?)?[ ]*(.*)$/;
const ZONE = /^\(?(?:z|(?:utc|gmt)?(?:([+\-\u2212])(\d{1,2})(?::?(\d{2}))?)?)\)?$/;

function digits(text: string, from: number, count: number): number {
  let n = 0;
  for (let i = from; i < from + count; i++) {
    const c = text.charCodeAt(i) - 48;
    if (!(c >= 0 && c <= 9)) return NaN;
    n = n * 10 + c;
  }
  return n;
}

/** The commonest spelling, by character codes: `2024-09-28T14:59:35.230+00:00`. Null for anything else. */
function readIso(text: string): Stamp | null {
  if (text.length < 19 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
  const gap = text.charCodeAt(10);
  if ((gap !== 84 && gap !== 32) || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
  let at = 19;
  let ms = 0;
  const mark = text.charCodeAt(19);
  if (mark === 46 || mark === 44) {
    at = 20;
    let scale = 100;
    let c = text.charCodeAt(at) - 48;
    if (!(c >= 0 && c <= 9)) return null;
    for (; c >= 0 && c <= 9; c = text.charCodeAt(++at) - 48) {
      ms += c * scale;
      scale /= 10;
    }
    ms = Math.floor(ms + 1e-6);
  }
  let offset: number | null = null;
  if (at < text.length) {
    const sign = text.charCodeAt(at);
    if (sign === 90 && at + 1 === text.length) offset = 0;
    else if ((sign === 43 || sign === 45) && text.length === at + 6 && text.charCodeAt(at + 3) === 58) {
      const minutes = digits(text, at + 1, 2) * 60 + digits(text, at + 4, 2);
      if (!(minutes <= 1080)) return null;
      offset = sign === 45 && minutes > 0 ? -minutes : minutes;
    } else return null;
  }
  const localMs = localMsOf(
    digits(text, 0, 4),
    digits(text, 5, 2),
    digits(text, 8, 2),
    digits(text, 11, 2),
    digits(text, 14, 2),
    digits(text, 17, 2),
    ms
  );
  return Number.isNaN(localMs) ? null : { localMs, offset_min: offset, hasTime: true };
}

/** Minutes east of UTC, null for no zone text, undefined for text that is no zone. */
function readZone(text: string): number | null | undefined {
  if (text === '') return null;
  const m = ZONE.exec(text);
  if (m === null) return undefined;
  const minutes = m[2] === undefined ? 0 : Number(m[2]) * 60 + Number(m[3] ?? 0);
  if (minutes > 18 * 60 || Number(m[3] ?? 0) > 59) return undefined;
  return m[1] === '+' || m[1] === undefined ? minutes : -minutes;
}

interface DateParts {
  readonly first: number;
  readonly second: number;
  readonly third: number;
  /** Order that the text itself settles (a name of a month, a year in front, a part over 12); null if it fits both. */
  readonly order: DateOrder | null;
}

function partsOf(m: RegExpExecArray): DateParts | null {
  const [a, b, c] = [m[1] as string, m[3] as string, m[4] as string];
  const named = MONTHS.get(b.length > 4 ? b.slice(0, 3) : b);
  const first = Number(a);
  const second = named ?? Number(b);
  if (Number.isNaN(second)) return null;
  const third = Number(c);
  if (a.length >= 3) return a.length === 4 ? { first, second, third, order: 'ymd' } : null;
  if (c.length !== 4 && c.length !== 2) return null;
  const year = fullYear(third, c.length);
  let order: DateOrder | null = null;
  // Dots stand between day and month first wherever they are used at all.
  if (named !== undefined || m[2] === '.') order = 'dmy';
  else if (first > 12 && second <= 12) order = 'dmy';
  else if (second > 12 && first <= 12) order = 'mdy';
  else if (first === second) order = 'dmy';
  return { first, second, third: year, order };
}

function normalise(text: string): string {
  return text.replace(ODD_SPACES, ' ').replace(INVISIBLE, '').trim().toLowerCase();
}

/**
 * What the text says about the order of day and month: an order, 'open' where both fit, null where it is no date.
 * For deciding the order over a whole file.
 */
export function dateOrderOf(text: string): DateOrder | 'open' | null {
  const m = GENERAL.exec(normalise(text));
  if (m === null) return null;
  const parts = partsOf(m);
  return parts === null ? null : (parts.order ?? 'open');
}

/**
 * Reads one stamp. `order` is used only where the text fits both orders; without it such a text gives null.
 * Returns null for text that is no moment: the caller keeps the raw text and says so.
 */
export function parseStamp(text: string, order?: DateOrder): Stamp | null {
  const iso = readIso(text);
  if (iso !== null) return iso;
  if (text.length > 80) return null;
  const m = GENERAL.exec(normalise(text));
  if (m === null) return null;
  const parts = partsOf(m);
  if (parts === null) return null;
  const used = parts.order ?? (order === 'ymd' ? undefined : order);
  if (used === undefined) return null;
  const year = used === 'ymd' ? parts.first : parts.third;
  const month = used === 'dmy' ? parts.second : used === 'mdy' ? parts.first : parts.second;
  const day = used === 'dmy' ? parts.first : used === 'mdy' ? parts.second : parts.third;
  const offset = readZone((m[10] ?? '').trim());
  if (offset === undefined) return null;
  let hour = Number(m[5] ?? 0);
  const half = m[9];
  if (half !== undefined) {
    if (hour < 1 || hour > 12) {
      // "14:05 PM" occurs: the 24-hour reading is kept where the mark agrees with it.
      if (!(half === 'p' && hour >= 13 && hour <= 23) && !(half === 'a' && hour === 0)) return null;
    } else hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  const ms = m[8] === undefined ? 0 : Math.floor(Number(m[8].padEnd(3, '0').slice(0, 3)));
  const localMs = localMsOf(year, month, day, hour, Number(m[6] ?? 0), Number(m[7] ?? 0), ms);
  return Number.isNaN(localMs) ? null : { localMs, offset_min: offset, hasTime: m[5] !== undefined };
}
