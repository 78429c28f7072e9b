/**
 * Times in the words of the reader's language and in one zone: the case's, chosen on the Overview. Every time, day and
 * month on screen goes through here; the raw characters of the source stand in Detail.
 */
import { getLocale } from '$lib/paraglide/runtime.js';

const DAY_MS = 86_400_000;
/** Looks at offsets of a span at most this often: a week for ten years, more for a span with a wrong clock in it. */
const MOST_LOOKS = 520;

const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const LONG_DAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const EXACT_TIME = { ...TIME, second: '2-digit' } as const;
const PLAIN_DAY = { day: '2-digit', month: '2-digit', year: 'numeric' } as const;

function tag(): string {
  return getLocale() === 'fr' ? 'fr-FR' : 'en-GB';
}

export class Clock {
  /** IANA name. */
  readonly zone: string;
  readonly #tag: string;
  readonly #made = new Map<string, Intl.DateTimeFormat>();
  /** Reads the wall clock as numbers; always in one language, because some write `00 h`. */
  readonly #wall: Intl.DateTimeFormat;

  constructor(zone: string, language: string) {
    this.zone = zone;
    this.#tag = language;
    this.#wall = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      calendar: 'gregory',
      era: 'short',
      ...PLAIN_DAY,
      ...EXACT_TIME
    });
  }

  /** `14:02` */
  time(utcMs: number): string {
    return this.#format(TIME).format(utcMs);
  }

  /** `03/05/2025, 14:02:31` for tables: every cell has the same width. */
  stamp(utcMs: number): string {
    return this.#format({ ...PLAIN_DAY, ...EXACT_TIME }).format(utcMs);
  }

  /** `Saturday 3 May 2025 at 14:02:31 UTC+1`: an exact time always carries its offset. */
  exact(utcMs: number): string {
    return `${this.#format({ ...LONG_DAY, ...EXACT_TIME }).format(utcMs)} ${offsetWords(this.offsetMs(utcMs))}`;
  }

  /** `2025-05-03T14:02:31.000+01:00`, for text that leaves the screen. */
  iso(utcMs: number): string {
    const offset = Math.round(this.offsetMs(utcMs) / 60_000);
    const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
    const local = new Date(utcMs + offset * 60_000).toISOString().slice(0, -1);
    return `${local}${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
  }

  /** `Saturday 3 May 2025` */
  longDay(utcMs: number): string {
    return this.#format(LONG_DAY).format(utcMs);
  }

  /** `3 May 2025` */
  shortDay(utcMs: number): string {
    return this.#format(DAY).format(utcMs);
  }

  /** `May 2025` */
  month(utcMs: number): string {
    return this.#format({ month: 'short', year: 'numeric' }).format(utcMs);
  }

  /** Equal for two times on one day. */
  dayKey(utcMs: number): number {
    return Math.floor((utcMs + this.offsetMs(utcMs)) / DAY_MS);
  }

  /** `3-9 May 2025`; `toMs` is exclusive, so that a whole day reads as that day. */
  dayRange(fromMs: number, toMs: number): string {
    return this.#format(DAY).formatRange(fromMs, Math.max(fromMs, toMs - 1));
  }

  /** `1 Sept 2025, 00:00 – 3 Sept 2025, 22:00`: a stretch that does not begin or end with a day. */
  exactRange(fromMs: number, toMs: number): string {
    return this.#format({ ...DAY, ...TIME }).formatRange(fromMs, toMs);
  }

  /** Whole days as days; anything else, such as days chosen in another zone, to the minute. */
  range(fromMs: number, toMs: number): string {
    const isWhole = this.dayStart(fromMs) === fromMs && this.dayStart(toMs) === toMs;
    return isWhole ? this.dayRange(fromMs, toMs) : this.exactRange(fromMs, toMs);
  }

  /** A day where the time begins one, else the time to the minute. */
  edge(utcMs: number): string {
    return this.dayStart(utcMs) === utcMs ? this.shortDay(utcMs) : this.#format({ ...DAY, ...TIME }).format(utcMs);
  }

  /** First moment of the day that holds the time. */
  dayStart(utcMs: number): number {
    return this.#utcMs(Math.floor((utcMs + this.offsetMs(utcMs)) / DAY_MS) * DAY_MS);
  }

  /** First moment of the next day. */
  dayEnd(utcMs: number): number {
    return this.#utcMs((Math.floor((utcMs + this.offsetMs(utcMs)) / DAY_MS) + 1) * DAY_MS);
  }

  /**
   * UTC of a day and a time of that day as a form gives them, `2025-05-03` and `14:02`; NaN where they are none. A time that
   * the clocks repeat is its first turn, one that they skip is moved forward.
   */
  moment(day: string, time: string): number {
    const localMs = Date.parse(`${day}T${time}Z`);
    // A parser may take less than a day, or the 30th of February for a day of March.
    const isMeant = !Number.isNaN(localMs) && new Date(localMs).toISOString().startsWith(`${day}T${time}`);
    return isMeant ? this.#utcMs(localMs) : Number.NaN;
  }

  /** Milliseconds that the wall clock is ahead of UTC. */
  offsetMs(utcMs: number): number {
    const parts = this.#wall.formatToParts(utcMs);
    const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
    const isBefore = parts.some((part) => part.type === 'era' && part.value.startsWith('B'));
    const local = new Date(0);
    local.setUTCFullYear(isBefore ? 1 - value('year') : value('year'), value('month') - 1, value('day'));
    local.setUTCHours(value('hour'), value('minute'), value('second'));
    return local.getTime() - Math.floor(utcMs / 1000) * 1000;
  }

  /** `UTC+0 and UTC+1`: every offset that the wall clock shows within the span. */
  offsetsBetween(fromMs: number, toMs: number): string {
    const step = Math.max(7 * DAY_MS, (toMs - fromMs) / MOST_LOOKS);
    const found = new Set<number>();
    for (let at = fromMs; at < toMs; at += step) found.add(this.offsetMs(at));
    found.add(this.offsetMs(toMs));
    return list([...found].sort((a, b) => a - b).map(offsetWords));
  }

  /** UTC of a wall clock: its first turn where the clocks repeat it, moved forward where they skip it. */
  #utcMs(localMs: number): number {
    // No zone is further than this from UTC, and none changes twice within these two days.
    const before = this.offsetMs(localMs - DAY_MS);
    const after = this.offsetMs(localMs + DAY_MS);
    for (const offset of before > after ? [before, after] : [after, before]) {
      if (this.offsetMs(localMs - offset) === offset) return localMs - offset;
    }
    return localMs - before;
  }

  #format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = Object.values(options).join(' ');
    let found = this.#made.get(key);
    if (found === undefined) {
      found = new Intl.DateTimeFormat(this.#tag, { timeZone: this.zone, ...options });
      this.#made.set(key, found);
    }
    return found;
  }
}

const clocks = new Map<string, Clock>();

/** The clock of a zone in the language of the page. */
export function clockIn(zone: string): Clock {
  const key = `${tag()} ${zone}`;
  let clock = clocks.get(key);
  if (clock === undefined) {
    clock = new Clock(zone, tag());
    clocks.set(key, clock);
  }
  return clock;
}

/** `UTC+1`, `UTC+5:45`, `UTC−3`. */
export function offsetWords(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const rest = minutes % 60;
  return `UTC${offsetMs < 0 ? '−' : '+'}${Math.floor(minutes / 60)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
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
