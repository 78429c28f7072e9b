/**
 * The head of a line in a WhatsApp export, in every layout that phones write:
 *
 *   [12/03/2024, 14:05:11] Anna: text        iOS ('bracket')
 *   12/03/2024, 14:05 - Anna: text           Android ('dash')
 *   12/03/16 14:05:11: Anna: text            iOS before 2018 ('colon')
 *
 * with / . or - between day, month and year, a comma, semicolon, a space or a word ("à", "um") before the time,
 * or the time before the date, 24 or 12 hours, half-day marks before or after the time in the phone's language, no-break and narrow spaces,
 * direction marks, and Arabic, Persian or Indian digits. Which part is the day is not decided here.
 */
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import type { DateTriple, WideDateOrder } from '../time/date-order.ts';
import { halfDays } from './languages.ts';

export type HeaderFamily = 'bracket' | 'dash' | 'colon';

export interface ChatHeader extends DateTriple {
  readonly family: HeaderFamily;
  /** Everything that is the same on all headers of one export. */
  readonly signature: string;
  /** 24-hour fields; seconds are 0 where the layout has none. */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly hasSeconds: boolean;
  /** Date and time exactly as they stand in the line. */
  readonly stampRaw: string;
  /** What follows the head: sender and text, or a system line. */
  readonly rest: string;
}

/** Marks that steer the direction of writing: they carry no text. */
export const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

const M = '[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]*';
const S = '[ \\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000]';
const N = '\\p{Nd}';
const BEFORE_NOON = [
  ...halfDays('before'),
  'a\\.?S?m\\.?',
  'vorm\\.',
  'π\\.?μ\\.?',
  'ص',
  'ق\\.?ظ\\.?',
  '上午',
  '午前',
  '오전',
  'öö',
  'sa',
  'de\\.',
  'pd',
  'e paradites'
];
const AFTER_NOON = [
  ...halfDays('after'),
  'p\\.?S?m\\.?',
  'nachm\\.',
  'μ\\.?μ\\.?',
  'م',
  'ب\\.?ظ\\.?',
  '下午',
  '午後',
  '오후',
  'ös',
  'ch',
  'du\\.',
  'md',
  'e pasdites'
];
const HALF = [...BEFORE_NOON, ...AFTER_NOON].map((mark) => mark.replaceAll('S', S)).join('|');
const DATE = `(?<a>${N}{1,4})${M}(?<separator>[./-])${S}?${M}(?<b>${N}{1,2})${M}\\k<separator>${S}?${M}(?<c>${N}{1,4})\\.?(?:${S}?г\\.?)?`;
const JOIN = `(?<join>(?:[,;\\u060c]|${S}(?:à|at|um|às|as|alle|ore|kl\\.?|a las))?)${S}${M}`;
const TIME = `(?:(?<before>${HALF})${S}?)?(?<hour>${N}{1,2})(?:[:.h]|${S}h${S})(?<minute>${N}{2})(?:[:.](?<second>${N}{2}))?(?:${S}?${M}(?<after>${HALF}))?`;
const STAMP = `(?:le${S})?(?<stamp>${DATE}${JOIN}${TIME})`;
/** Vietnamese may put the time first: 14:05, 12/03/2024. */
const TIME_FIRST = `(?<stamp>${TIME}${JOIN}${DATE})`;

const LAYOUTS: readonly (readonly [HeaderFamily, RegExp])[] = [STAMP, TIME_FIRST].flatMap((stamp) => [
  ['bracket', new RegExp(`^${M}\\[${M}${stamp}${M}\\]${S}?(?<rest>[^]*)$`, 'iu')] as const,
  ['dash', new RegExp(`^${M}${stamp}${M}${S}[-\\u2013](?:${S}(?<rest>[^]*))?$`, 'iu')] as const,
  ['colon', new RegExp(`^${M}${stamp}:${S}(?<rest>[^]*)$`, 'iu')] as const
]);
const MORNING = new RegExp(`^(?:${BEFORE_NOON.map((mark) => mark.replaceAll('S', S)).join('|')})$`, 'iu');
/** Cheap first look: a header begins with a bracket or a digit, behind marks or "Le ". */
const BEGINS = /^[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*(?:\[|\p{Nd}|le[ \u00a0\u202f]\p{Nd})/iu;

/** The digits of any script as a number. Digits of a script stand in tens from a multiple of ten (or 0x30). */
function toNumber(text: string): number {
  let n = 0;
  for (const char of text) n = n * 10 + digitOf(char.codePointAt(0) as number);
  return n;
}

const ZEROS = [0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040];

function digitOf(code: number): number {
  const zero = ZEROS.find((from) => code >= from && code < from + 10);
  return zero === undefined ? NaN : code - zero;
}

/** Reads the head of a line; null where the line begins no message in any layout. Never throws. */
export function readHeader(line: string): ChatHeader | null {
  if (!BEGINS.test(line)) return null;
  for (const [family, pattern] of LAYOUTS) {
    const m = pattern.exec(line);
    if (m !== null) return headerFrom(family, m);
  }
  return null;
}

function headerFrom(family: HeaderFamily, m: RegExpExecArray): ChatHeader | null {
  const { stamp = '', a = '', separator = '', b = '', c = '', join = '', before, after, rest = '' } = m.groups ?? {};
  const { hour: hourText = '', minute: minuteText = '', second: secondText } = m.groups ?? {};
  let hour = toNumber(hourText);
  const minute = toNumber(minuteText);
  const second = secondText === undefined ? 0 : toNumber(secondText);
  const half = before ?? after;
  if (half !== undefined) {
    const isMorning = MORNING.test(half);
    // "00:08 a. m." and "14:05 PM" occur: a 24-hour reading stands where the mark agrees with it.
    if (hour >= 1 && hour <= 12) hour = (hour % 12) + (isMorning ? 0 : 12);
    else if (isMorning ? hour !== 0 : hour < 13) return null;
  }
  const triple = { a: toNumber(a), b: toNumber(b), c: toNumber(c), aDigits: a.length, bDigits: b.length, cDigits: c.length };
  if (!(hour <= 23 && minute <= 59 && second <= 60 && triple.a + triple.b + triple.c > 0)) return null;
  const hasSeconds = secondText !== undefined;
  const years = a.length === 4 ? 'year-first' : c.length === 4 ? 'year-last' : 'short-year';
  const order = stamp.indexOf(':') >= 0 && stamp.indexOf(':') < stamp.indexOf(separator) ? ' time-first' : '';
  const signature = `${family}${order} ${separator} ${join.trim().toLowerCase()} ${years} ${hasSeconds ? 's' : ''} ${half === undefined ? '24' : '12'}`;
  return { family, signature, ...triple, hour, minute, second, hasSeconds, stampRaw: stamp.trim(), rest };
}

/** A layout in words for the preview: "iOS layout, day/month/year, 24 hours, with seconds". */
export function layoutInWords(header: ChatHeader, order: WideDateOrder | null): Sentence {
  const family = header.family === 'dash' ? 'layout-android' : header.family === 'bracket' ? 'layout-ios' : 'layout-old-ios';
  return sentence('chat-layout', {
    family: sentence(family),
    order: sentence(`order-${order ?? 'open'}`),
    hours: header.signature.endsWith('12') ? 12 : 24,
    seconds: sentence(header.hasSeconds ? 'with-seconds' : 'without-seconds')
  });
}
