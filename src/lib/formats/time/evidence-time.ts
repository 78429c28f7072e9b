/** From a stamp to the time of a record: raw text kept, UTC where it can be had, and how it was got. */
import { utcMs } from '../../evidence/ids.ts';
import type { EvidenceTime } from '../../evidence/records.ts';
import type { Stamp } from './stamp.ts';
import type { ZoneClock } from './zone-clock.ts';

/** No time at all. */
export const NO_TIME: EvidenceTime = { raw: '', utcMs: null, basis: 'unknown' };

/**
 * Places a stamp in time. An offset in the data decides; else the officer's zone (`clock`); else UTC stays
 * unknown. `ambiguous` is set in the repeated autumn hour (the first is taken) and in the skipped spring hour.
 */
export function placeStamp(raw: string, stamp: Stamp | null, clock: ZoneClock | null): EvidenceTime {
  if (stamp === null) return { raw, utcMs: null, basis: 'unknown' };
  if (stamp.offset_min !== null) {
    return { raw, utcMs: utcMs(stamp.localMs - stamp.offset_min * 60_000), basis: 'offset-in-data' };
  }
  if (clock === null) return { raw, utcMs: null, basis: 'unknown' };
  const utc = utcMs(clock.utcMs(stamp.localMs));
  return clock.fit === 'exact'
    ? { raw, utcMs: utc, basis: 'zone-chosen-by-officer' }
    : { raw, utcMs: utc, basis: 'zone-chosen-by-officer', ambiguous: true };
}

/** Range within which a count of seconds or milliseconds is believed to be a date: 1990-01-01 to 2100-01-01. */
const EARLIEST_MS = 631_152_000_000;
const LATEST_MS = 4_102_444_800_000;

/**
 * Unix time by the format's specification, in milliseconds or (seen in the wild) seconds; told apart by
 * size, because the two ranges do not touch between 1990 and 2100. Null where it is neither.
 */
export function placeUnix(raw: string): EvidenceTime {
  if (!/^\d{9,13}$/.test(raw)) return { raw, utcMs: null, basis: 'unknown' };
  const n = Number(raw);
  if (n >= EARLIEST_MS && n < LATEST_MS) return { raw, utcMs: utcMs(n), basis: 'utc-by-spec' };
  if (n * 1000 >= EARLIEST_MS && n * 1000 < LATEST_MS) return { raw, utcMs: utcMs(n * 1000), basis: 'utc-by-spec' };
  return { raw, utcMs: null, basis: 'unknown' };
}

/** 2001-01-01, from which Apple's systems count. */
const COCOA_EPOCH_MS = 978_307_200_000;

/**
 * Time since 2001 by the specification of Apple's systems: in seconds, with a fraction or without, or (since iOS 11, in
 * messages) in nanoseconds; told apart by size. Null where it is neither.
 */
export function placeCocoa(raw: string): EvidenceTime {
  if (!/^-?\d{1,19}(?:\.\d{1,18})?(?:e[+-]?\d{1,3})?$/.test(raw)) return { raw, utcMs: null, basis: 'unknown' };
  const n = Number(raw);
  const ms = Math.round(Math.abs(n) > 1e12 ? n / 1e6 : n * 1000) + COCOA_EPOCH_MS;
  return ms >= EARLIEST_MS && ms < LATEST_MS
    ? { raw, utcMs: utcMs(ms), basis: 'utc-by-spec' }
    : { raw, utcMs: null, basis: 'unknown' };
}
