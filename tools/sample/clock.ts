/**
 * Times of the sample case: UTC milliseconds inside, the spellings of each format outside.
 *
 * The phones are in the United Kingdom. The period crosses 26 October 2025, when British Summer
 * Time ends, so local spellings carry the repeated hour that readers must flag.
 */

/** First instant of the period, Monday 1 September 2025, 00:00 UTC. */
export const START_MS = Date.UTC(2025, 8, 1);
/** End of the period, Sunday 1 February 2026, 00:00 UTC (153 days). */
export const END_MS = Date.UTC(2026, 1, 1);

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** British Summer Time ended on 26 October 2025 at 01:00 UTC. */
const SUMMER_ENDS_MS = Date.UTC(2025, 9, 26, 1);

/** Minutes that London is ahead of UTC, for instants inside the period. */
export function londonOffsetMinutes(utcMs: number): number {
  return utcMs < SUMMER_ENDS_MS ? 60 : 0;
}

/**
 * UTC milliseconds of a London wall time given as "2025-12-12 04:31" (seconds optional).
 * In the repeated hour the first pass (summer time) is meant.
 */
export function london(wall: string): number {
  const m = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)(?::(\d\d))?$/.exec(wall);
  if (!m) throw new Error(`not a wall time: ${wall}`);
  const [y, mo, d, h, mi, s] = m.slice(1).map((part) => Number(part ?? 0));
  const naive = Date.UTC(y ?? 0, (mo ?? 1) - 1, d ?? 1, h ?? 0, mi ?? 0, s || 0);
  const asSummer = naive - HOUR_MS;
  return asSummer < SUMMER_ENDS_MS ? asSummer : naive;
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Calendar parts of an instant at a fixed offset. */
function partsAt(utcMs: number, offsetMinutes: number) {
  const d = new Date(utcMs + offsetMinutes * MINUTE_MS);
  return {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
    weekday: d.getUTCDay()
  };
}

/** "2025-09-28T14:59:35.000+00:00": what current UFED reports write. */
export function isoMillis(utcMs: number): string {
  return new Date(utcMs).toISOString().replace('Z', '+00:00');
}

/** "2025-09-28T14:59:35+00:00": the formattedTimestamp attribute. */
export function isoSeconds(utcMs: number): string {
  return `${new Date(utcMs).toISOString().slice(0, 19)}+00:00`;
}

/** The six spellings (0-5) found in UFED reports of different ages; only number 1 carries no offset. */
export function ufedSpelling(utcMs: number, spelling: number): string {
  const offset = londonOffsetMinutes(utcMs);
  const zone = offset === 60 ? '+01:00' : '+00:00';
  const p = partsAt(utcMs, offset);
  const clock = `${two(p.hour)}:${two(p.minute)}:${two(p.second)}`;
  const dmy = `${two(p.day)}-${MONTHS[p.month - 1]}-${two(p.year % 100)}`;
  switch (spelling) {
    case 1:
      return `${p.year}-${two(p.month)}-${two(p.day)}T${clock}.000`;
    case 2:
      return `${p.year}-${two(p.month)}-${two(p.day)}T${clock}${zone}`;
    case 3:
      return `${dmy} ${clock} ${zone}`;
    case 4:
      return `${dmy} ${clock}  ${zone}`;
    case 5:
      return `${two(p.day)}/${two(p.month)}/${p.year} ${clock} ${zone}`;
    default:
      return isoMillis(utcMs);
  }
}

/** "12/03/2025, 14:05:11": the stamp of an iOS WhatsApp export in a British locale. */
export function whatsAppStamp(utcMs: number): string {
  const p = partsAt(utcMs, londonOffsetMinutes(utcMs));
  return `${two(p.day)}/${two(p.month)}/${p.year}, ${two(p.hour)}:${two(p.minute)}:${two(p.second)}`;
}

/** "12/03/2025 14:05:11(UTC+1)": the stamp of a phone download in rows. */
export function csvStamp(utcMs: number): string {
  const offset = londonOffsetMinutes(utcMs);
  const p = partsAt(utcMs, offset);
  return `${two(p.day)}/${two(p.month)}/${p.year} ${two(p.hour)}:${two(p.minute)}:${two(p.second)}(UTC+${offset / 60})`;
}

/** "12 Mar 2025 14:05:11": the readable_date attribute of SMS Backup & Restore. */
export function readableDate(utcMs: number): string {
  const p = partsAt(utcMs, londonOffsetMinutes(utcMs));
  return `${p.day} ${MONTHS[p.month - 1]} ${p.year} ${two(p.hour)}:${two(p.minute)}:${two(p.second)}`;
}

/** "00:01:23" from seconds. */
export function timeSpan(seconds: number): string {
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
