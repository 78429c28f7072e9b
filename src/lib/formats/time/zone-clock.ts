/**
 * Wall clocks of an IANA zone to UTC, millions of times a second.
 *
 * [Note: Zone clock] Temporal knows the rules but takes microseconds a call, and a phone holds a million
 * stamps. The changes of one zone's offset from 1970 to 2100 are some 260, so they are asked of Temporal
 * once and kept in typed arrays; a stamp is then a look at the segment of the last one, else a binary
 * search. Asking takes a millisecond a change, and phones hold stamps of few years: those from 2005 to 2035 are
 * asked for at first, all the others when a stamp stands outside. Outside 1970 to 2100 Temporal is asked itself,
 * with the same rules for doubtful hours.
 */
import { Temporal } from 'temporal-polyfill';

/** 'repeated': the hour comes twice (the first one is taken); 'skipped': the clocks jumped over it (moved forward). */
export type LocalFit = 'exact' | 'repeated' | 'skipped';

/** 2005-01-01 and 2035-01-01, 00:00 UTC. */
const NEAR = { fromMs: 1_104_537_600_000, untilMs: 2_051_222_400_000 } as const;
/** 1970-01-01 and 2100-01-01, 00:00 UTC. */
const WHOLE = { fromMs: 0, untilMs: 4_102_444_800_000 } as const;
/** No zone is further than this from UTC. */
const WIDEST_MS = 26 * 3_600_000;

export class ZoneClock {
  readonly zone: string;
  /** Fit of the last `utcMs` call: kept here so that the hot path returns a bare number. */
  fit: LocalFit = 'exact';
  #known: typeof NEAR | typeof WHOLE = NEAR;
  #starts = new Float64Array();
  #offsets = new Float64Array();
  #segment = 0;

  /** @throws RangeError where the zone is not an IANA name that this engine knows. */
  constructor(zone: string) {
    this.zone = zone;
    this.#learn(NEAR);
  }

  #learn(span: typeof NEAR | typeof WHOLE): void {
    let at = Temporal.Instant.fromEpochMilliseconds(span.fromMs).toZonedDateTimeISO(this.zone);
    const starts: number[] = [span.fromMs];
    const offsets = [at.offsetNanoseconds / 1e6];
    for (;;) {
      const next = at.getTimeZoneTransition('next');
      if (next === null || next.epochMilliseconds >= span.untilMs) break;
      at = next;
      starts.push(at.epochMilliseconds);
      offsets.push(at.offsetNanoseconds / 1e6);
    }
    this.#starts = Float64Array.from(starts);
    this.#offsets = Float64Array.from(offsets);
    this.#segment = 0;
    this.#known = span;
  }

  /** Whether the time lies in the years that are kept, `margin_ms` from their ends; asks for all of them where that helps. */
  #keeps(ms: number, margin_ms: number): boolean {
    const lies = ({ fromMs, untilMs }: typeof NEAR | typeof WHOLE): boolean =>
      ms >= fromMs + margin_ms && ms < untilMs - margin_ms;
    if (lies(this.#known)) return true;
    if (!lies(WHOLE)) return false;
    this.#learn(WHOLE);
    return true;
  }

  /** Offset from UTC in milliseconds at a UTC time. */
  offsetMs(utcMs: number): number {
    if (!this.#keeps(utcMs, 0)) {
      return Temporal.Instant.fromEpochMilliseconds(utcMs).toZonedDateTimeISO(this.zone).offsetNanoseconds / 1e6;
    }
    return this.#offsets[this.#find(utcMs)] as number;
  }

  /** UTC milliseconds of local milliseconds (see civil.ts); says in `fit` whether the clock showed that hour once. */
  utcMs(localMs: number): number {
    const { fromMs, untilMs } = this.#known;
    if (localMs < fromMs + WIDEST_MS || localMs >= untilMs - WIDEST_MS)
      return this.#keeps(localMs, WIDEST_MS) ? this.utcMs(localMs) : this.#byTemporal(localMs);
    const starts = this.#starts;
    const offsets = this.#offsets;
    const last = this.#segment;
    const lastOffset = offsets[last] as number;
    const sinceStart = localMs - lastOffset - (starts[last] as number);
    if (sinceStart > WIDEST_MS && localMs - lastOffset < (starts[last + 1] ?? untilMs) - WIDEST_MS) {
      this.fit = 'exact';
      return localMs - lastOffset;
    }
    let first = -1;
    let hits = 0;
    let before = 0;
    const from = this.#find(localMs - WIDEST_MS);
    for (let i = from; i < starts.length && (starts[i] as number) <= localMs + WIDEST_MS; i++) {
      const utc = localMs - (offsets[i] as number);
      if (utc >= (starts[i] as number) && utc < (starts[i + 1] ?? untilMs)) {
        if (hits++ === 0) first = i;
      } else if (utc >= (starts[i + 1] ?? untilMs)) {
        before = i;
      }
    }
    if (hits === 0) {
      // The clocks jumped over this hour: the offset before the jump moves it forward, as Temporal's 'compatible' does.
      this.fit = 'skipped';
      return localMs - (offsets[before] as number);
    }
    this.fit = hits > 1 ? 'repeated' : 'exact';
    this.#segment = first;
    return localMs - (offsets[first] as number);
  }

  #find(utcMs: number): number {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= utcMs) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #byTemporal(localMs: number): number {
    const plain = Temporal.Instant.fromEpochMilliseconds(localMs).toZonedDateTimeISO('UTC').toPlainDateTime();
    const early = plain.toZonedDateTime(this.zone, { disambiguation: 'earlier' }).epochMilliseconds;
    const late = plain.toZonedDateTime(this.zone, { disambiguation: 'later' }).epochMilliseconds;
    if (early === late) {
      this.fit = 'exact';
      return early;
    }
    const shown = early + Temporal.Instant.fromEpochMilliseconds(early).toZonedDateTimeISO(this.zone).offsetNanoseconds / 1e6;
    this.fit = shown === localMs ? 'repeated' : 'skipped';
    return this.fit === 'repeated' ? early : late;
  }
}

const clocks = new Map<string, ZoneClock>();

/** The shared clock of a zone. @throws RangeError where the zone is unknown. */
export function zoneClock(zone: string): ZoneClock {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new ZoneClock(zone);
    clocks.set(zone, clock);
  }
  return clock;
}

/** The clock of the zone an officer chose; null where none was chosen. */
export function chosenClock(zone: string | null): ZoneClock | null {
  return zone === null ? null : zoneClock(zone);
}
