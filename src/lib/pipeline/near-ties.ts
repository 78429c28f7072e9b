/** Ties from positions: devices of different people near each other on more days than none. See [Note: Meetings]. */
import type { PaceOptions } from '../analysis/pace.ts';
import { findMeetings, type Meeting } from '../analysis/places/meetings.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { zoneClock } from '../formats/time/zone-clock.ts';
import { caseDevices } from './case-devices.ts';
import { devicePositions, placeFix, timeOf, type DevicePositions } from './device-positions.ts';
import type { NearTie, TieRow } from './tie-contract.ts';

const SEED = 1;
/** Days together whose positions are named, one of each device. */
const NAMED_DAYS = 3;

/**
 * @returns the ties, and devices with positions of which no file says whose they are
 * @throws the signal's reason when aborted
 */
export async function nearTies(
  store: EvidenceStore,
  zone: string,
  options: PaceOptions
): Promise<{ ties: NearTie[]; unowned: number }> {
  const clock = zoneClock(zone);
  const devices = caseDevices(store);
  const positions = devicePositions(store, devices, {});
  const pairs = await findMeetings(positions.fixes, (ms) => clock.offsetMs(ms), SEED, options);
  const ownersOf = new Map(devices.map(({ id, owners }) => [id, owners]));
  const ties: NearTie[] = [];
  for (const { a, b, meetings, daysOfBoth, byChance, upTo, isMoreThanHabit } of pairs) {
    if (meetings.length === 0) continue;
    const named = meetings.slice(0, NAMED_DAYS).flatMap((meeting) => fixesOf(store, positions, meeting, [a, b]));
    for (const one of ownersOf.get(a) ?? [])
      for (const other of ownersOf.get(b) ?? []) {
        if (one.id === other.id) continue;
        const ends = one.id < other.id ? { a: one, b: other } : { a: other, b: one };
        const counts = { days: meetings.length, daysOfBoth, byChance, upTo, isMoreThanHabit };
        ties.push({ kind: 'near', ...ends, ...counts, rows: named, rowCount: meetings.length * 2 });
      }
  }
  const silent = new Set(positions.fixes.device);
  return { ties, unowned: devices.filter(({ id, owners }) => silent.has(id) && owners.length === 0).length };
}

/** The first position of each device in the time of a meeting. */
function fixesOf(
  store: EvidenceStore,
  { ofFix }: DevicePositions,
  { fromMs, toMs }: Meeting,
  devices: readonly number[]
): TieRow[] {
  return devices.flatMap((device) => {
    const inside = ofFix.filter((position) => position.device === device && isWithin(timeOf(position), fromMs, toMs));
    const [first] = inside.sort((x, y) => timeOf(x) - timeOf(y));
    if (first === undefined) return [];
    const { utcMs, timeRaw, latitude_deg, longitude_deg, provenance } = placeFix(store, first);
    return [{ words: `${latitude_deg}, ${longitude_deg}`, utcMs, timeRaw, provenance }];
  });
}

const isWithin = (ms: number, fromMs: number, toMs: number): boolean => ms >= fromMs && ms <= toMs;
