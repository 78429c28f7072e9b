/**
 * Times in the words of the reader's language. Evidence is shown in one zone everywhere, that of
 * the courts it goes to; the zone's name stands beside exact times and the raw characters of the source in Detail.
 */
import { getLocale } from '$lib/paraglide/runtime.js';

/** Skein serves England and Wales. */
export const DISPLAY_ZONE = 'Europe/London';

const DAY_MS = 86_400_000;

const made = new Map<string, Intl.DateTimeFormat>();

function tag(): string {
  return getLocale() === 'fr' ? 'fr-FR' : 'en-GB';
}

function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${tag()} ${name}`;
  let found = made.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(tag(), { timeZone: DISPLAY_ZONE, ...options });
    made.set(key, found);
  }
  return found;
}

/** `14:02` */
export function clockTime(utcMs: number): string {
  return format('clock', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(utcMs);
}

/** `03/05/2025, 14:02:31` for tables: every cell has the same width. */
export function stamp(utcMs: number): string {
  return format('stamp', {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23'
  }).format(utcMs);
}

/** `Saturday 3 May 2025 at 14:02:31 BST`: with the zone's own name. */
export function exactTime(utcMs: number): string {
  return format('exact', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short'
  }).format(utcMs);
}

/** `Saturday 3 May 2025` */
export function longDay(utcMs: number): string {
  return format('long-day', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(utcMs);
}

/** `3 May 2025` */
export function shortDay(utcMs: number): string {
  return format('short-day', { day: 'numeric', month: 'short', year: 'numeric' }).format(utcMs);
}

/** `May 2025` */
export function month(utcMs: number): string {
  return format('month', { month: 'short', year: 'numeric' }).format(utcMs);
}

/** Equal for two times on one day of the display zone. */
export function dayKey(utcMs: number): string {
  return format('day-key', { day: '2-digit', month: '2-digit', year: 'numeric' }).format(utcMs);
}

/** `3-9 May 2025`; `toMs` is exclusive, so that a whole day reads as that day. */
export function dayRange(fromMs: number, toMs: number): string {
  return format('short-day', { day: 'numeric', month: 'short', year: 'numeric' }).formatRange(fromMs, Math.max(fromMs, toMs - 1));
}

/** Reads the wall clock as numbers; always in one language, because some write `00 h`. */
const wall = new Intl.DateTimeFormat('en-GB', {
  timeZone: DISPLAY_ZONE,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23'
});

/** Milliseconds of the wall clock since its midnight. */
function sinceMidnight(utcMs: number): number {
  const parts = wall.formatToParts(utcMs);
  const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const seconds = (value('hour') * 60 + value('minute')) * 60 + value('second');
  return seconds * 1000 + (((utcMs % 1000) + 1000) % 1000);
}

/** Midnight of the display zone at or before the time. */
export function dayStart(utcMs: number): number {
  const guess = utcMs - sinceMidnight(utcMs);
  // On the day that the clocks change, wall hours since midnight differ from elapsed hours by one.
  const rest = sinceMidnight(guess);
  if (rest === 0) return guess;
  return rest > DAY_MS / 2 ? guess + DAY_MS - rest : guess - rest;
}

/** `1 Sept, 00:00 – 3 Sept, 22:00`: a stretch that does not begin or end with a day. */
export function exactRange(fromMs: number, toMs: number): string {
  const options = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return format('exact-range', options).formatRange(fromMs, toMs);
}

/** Midnight that ends the day of the time. */
export function dayEnd(utcMs: number): number {
  // 26 hours after midnight is in the next day also on the two days of the year that have 23 or 25 hours.
  return dayStart(dayStart(utcMs) + DAY_MS + 2 * 3_600_000);
}

/** `2 min 13 s`, `1 h 4 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `Amina, Karim and Leo` in the reader's language, or with "or". */
export function list(items: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return new Intl.ListFormat(tag(), { type, style: 'long' }).format(items);
}
