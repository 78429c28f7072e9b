/** Where devices were, as far as their files say: places, areas, meetings, each with the messages of its time. */
import type { PaceOptions } from '../analysis/pace.ts';
import { areasOf, type Area } from '../analysis/places/areas.ts';
import { findPlaces, type Place } from '../analysis/places/clusters.ts';
import { DEALS, findMeetings, type MeetingPair } from '../analysis/places/meetings.ts';
import { firstAtOrAfter } from '../analysis/timeline/gaps.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { DAY_MS } from '../formats/time/civil.ts';
import { zoneClock } from '../formats/time/zone-clock.ts';
import { caseDevices, deviceLabel, deviceOfSource, type CaseDevice } from './case-devices.ts';
import type { CaseFilter } from './contract.ts';
import { alternativesOf, isVacant } from './filter-vacancy.ts';
import { devicePositions, placeFix, timeOf, type DevicePosition, type DevicePositions } from './device-positions.ts';
import type { SetOf } from './numbered-sets.ts';
import type {
  AreaRow,
  LoneFixes,
  MeetingPairRow,
  PlaceDevice,
  PlaceFix,
  PlaceRow,
  PlacesView,
  VisitRow
} from './place-contract.ts';
import { sourceSets } from './source-sets.ts';

/** Raised whenever the same evidence may give another result. */
const VERSION = 1;
const SEED = 1;
/** Messages so long before and after a fix belong to it. */
const AROUND_MS = 15 * 60_000;
const EXAMPLES = 6;
/** Single points drawn at most: more would be one blot. */
const MOST_LONE = 5000;
const MEETINGS_FROM = 0.6;

/**
 * @param inOrder all messages of the case, in order of time, undated ones last
 * @throws the signal's reason when aborted
 */
export async function placesView(
  store: EvidenceStore,
  filter: CaseFilter,
  inOrder: Uint32Array,
  zone: string,
  options: PaceOptions
): Promise<{ view: PlacesView; setOf: SetOf }> {
  const started = performance.now();
  const clock = zoneClock(zone);
  const offsetMs = (ms: number): number => clock.offsetMs(ms);
  const devices = caseDevices(store);
  const positions = devicePositions(store, devices, filter);
  const found = await findPlaces(positions.fixes, {
    ...options,
    onProgress: (share) => options.onProgress?.(share * MEETINGS_FROM)
  });
  const pairs = await findMeetings(positions.fixes, offsetMs, SEED, {
    ...options,
    onProgress: (share) => options.onProgress?.(MEETINGS_FROM + share * (1 - MEETINGS_FROM))
  });
  const kept: Uint32Array[] = [];
  const keep = (messages: Uint32Array): { messages: number; set: number } => ({
    messages: messages.length,
    set: kept.push(messages) - 1
  });
  const around = new MessagesAround(store, devices, inOrder);
  const labels = new Map(devices.map((device) => [device.id, deviceLabel(device)]));
  const fixesOf = positionsByPlace(positions, found.placeOf, found.places.length);
  const { lone, leftOut } = loneFixes(positions, found.placeOf, found.moving);
  const view: PlacesView = {
    devices: deviceRows(devices, positions, offsetMs),
    places: found.places.map((place, id) => placeRow(store, place, id, fixesOf[id]!, around, keep)),
    areas: areasOf(positions.uses).map((area, id) => areaRow(store, area, id, positions, around, keep)),
    pairs: pairs.map((pair) => pairRow(pair, labels, around, keep)),
    lone,
    loneLeftOut: leftOut,
    unplaced: positions.unplaced.length,
    shared: positions.shared.length,
    isPartlyApplied: isMoreThanFilesAndTime(filter),
    rule: { id: 'places', version: VERSION },
    elapsed_ms: performance.now() - started
  };
  return { view, setOf: (n) => kept[n] };
}

interface Span {
  readonly device: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What each device's files hold around a time. */
class MessagesAround {
  readonly #rows: readonly Uint32Array[];
  readonly #times: readonly Float64Array[];

  constructor(store: EvidenceStore, devices: readonly CaseDevice[], inOrder: Uint32Array) {
    const utcMs = store.messages.time.utcMs.view(0, store.committed.messages);
    const { values, sets } = sourceSets(store);
    const deviceOf = deviceOfSource(devices);
    const timed = inOrder.filter((row) => !Number.isNaN(utcMs[row]!));
    this.#rows = devices.map(({ id }) => {
      const holds = Uint8Array.from(sets, (set) => Number(set.some((source) => deviceOf.get(source) === id)));
      return timed.filter((row) => holds[values[row]!] === 1);
    });
    this.#times = this.#rows.map((rows) => Float64Array.from(rows, (row) => utcMs[row]!));
  }

  /** Each message once, ascending. */
  of(spans: readonly Span[]): Uint32Array {
    const found = new Set<number>();
    for (const { device, fromMs, toMs } of spans) {
      const [rows, times] = [this.#rows[device]!, this.#times[device]!];
      const end = firstAtOrAfter(times, toMs + AROUND_MS + 1);
      for (let i = firstAtOrAfter(times, fromMs - AROUND_MS); i < end; i++) found.add(rows[i]!);
    }
    return Uint32Array.from(found).sort();
  }
}

type Keep = (messages: Uint32Array) => { messages: number; set: number };

function positionsByPlace({ ofFix }: DevicePositions, placeOf: Int32Array, places: number): DevicePosition[][] {
  const lists: DevicePosition[][] = Array.from({ length: places }, () => []);
  for (const [i, position] of ofFix.entries()) lists[placeOf[i]!]?.push(position);
  for (const list of lists) list.sort(byTime);
  return lists;
}

/** Undated positions last; of equal times the order of the files. */
function byTime(a: DevicePosition, b: DevicePosition): number {
  const [x, y] = [a.record.time.utcMs ?? Infinity, b.record.time.utcMs ?? Infinity];
  return x === y ? 0 : x - y;
}

function placeRow(
  store: EvidenceStore,
  place: Place,
  id: number,
  fixes: readonly DevicePosition[],
  around: MessagesAround,
  keep: Keep
): PlaceRow {
  const visits = place.visits.map((visit): VisitRow => ({
    deviceId: visit.device,
    fromMs: visit.fromMs,
    toMs: visit.toMs,
    fixes: visit.fixes,
    ...keep(around.of([visit]))
  }));
  const stated = fixes.flatMap(({ record }) => (record.precision_m === null ? [] : [record.precision_m]));
  return {
    id,
    label: commonest(fixes.map(({ record }) => record.label)),
    latitude_deg: place.latitude_deg,
    longitude_deg: place.longitude_deg,
    extent_m: place.extent_m,
    radius_m: stated.length === 0 ? null : stated.reduce((most, radius) => Math.max(most, radius), 0),
    fixes: place.fixes,
    untimed: place.untimed,
    deviceIds: place.devices,
    visits,
    ...keep(around.of(place.visits)),
    examples: examples(store, fixes)
  };
}

function areaRow(
  store: EvidenceStore,
  area: Area,
  id: number,
  { ofUse }: DevicePositions,
  around: MessagesAround,
  keep: Keep
): AreaRow {
  const uses = area.uses.map((i) => ofUse[i]!);
  const timed = uses.filter((use) => !Number.isNaN(timeOf(use)));
  return {
    id,
    label: area.label,
    isCell: area.isCell,
    latitude_deg: Number.isNaN(area.latitude_deg) ? null : area.latitude_deg,
    longitude_deg: Number.isNaN(area.longitude_deg) ? null : area.longitude_deg,
    radius_m: area.radius_m,
    isAssumed: area.isAssumed,
    uses: uses.length,
    deviceIds: area.devices,
    fromMs: timed[0]?.record.time.utcMs ?? null,
    toMs: timed.at(-1)?.record.time.utcMs ?? null,
    ...keep(around.of(timed.map((use) => ({ device: use.device, fromMs: timeOf(use), toMs: timeOf(use) })))),
    examples: examples(store, uses)
  };
}

function pairRow(pair: MeetingPair, labels: ReadonlyMap<number, string>, around: MessagesAround, keep: Keep): MeetingPairRow {
  const { a, b, meetings, ...rest } = pair;
  const spans = (meeting: { readonly fromMs: number; readonly toMs: number }): Span[] =>
    [a, b].map((device) => ({ device, fromMs: meeting.fromMs, toMs: meeting.toMs }));
  return {
    ...rest,
    a: { id: a, label: labels.get(a) ?? '' },
    b: { id: b, label: labels.get(b) ?? '' },
    days: meetings.length,
    deals: DEALS,
    meetings: meetings.map((meeting) => {
      const { fromMs, toMs, latitude_deg, longitude_deg } = meeting;
      return { fromMs, toMs, latitude_deg, longitude_deg, ...keep(around.of(spans(meeting))) };
    }),
    ...keep(around.of(meetings.flatMap(spans)))
  };
}

function deviceRows(
  devices: readonly CaseDevice[],
  { ofFix, ofUse, shared }: DevicePositions,
  offsetMs: (utcMs: number) => number
): PlaceDevice[] {
  return devices.map((device) => {
    const own = (list: readonly DevicePosition[]): DevicePosition[] => list.filter((position) => position.device === device.id);
    const [precise, areas, inMessages] = [own(ofFix), own(ofUse), own(shared)];
    const times = [...precise, ...areas].map(timeOf).filter((ms) => !Number.isNaN(ms));
    const days = new Set(times.map((ms) => Math.floor((ms + offsetMs(ms)) / DAY_MS)));
    let [first, last] = [Infinity, -Infinity];
    for (const day of days) [first, last] = [Math.min(first, day), Math.max(last, day)];
    const sorted = Float64Array.from(times).sort();
    return {
      id: device.id,
      label: deviceLabel(device),
      fixes: precise.length + areas.length,
      untimed: precise.length + areas.length - times.length,
      days: days.size,
      span: days.size === 0 ? 0 : last - first + 1,
      fromMs: sorted[0] ?? null,
      toMs: sorted.at(-1) ?? null,
      precise: precise.length,
      areas: areas.length,
      shared: inMessages.length
    };
  });
}

function loneFixes({ fixes }: DevicePositions, placeOf: Int32Array, moving: Uint8Array): { lone: LoneFixes; leftOut: number } {
  const all: number[] = [];
  for (let i = 0; i < placeOf.length; i++) if (placeOf[i]! < 0) all.push(i);
  // Evenly over all, so that a long track keeps its shape.
  const step = Math.max(1, all.length / MOST_LONE);
  const drawn = Array.from({ length: Math.min(MOST_LONE, all.length) }, (_, i) => all[Math.floor(i * step)]!);
  return {
    lone: {
      deviceId: Uint16Array.from(drawn, (i) => fixes.device[i]!),
      latitude_deg: Float64Array.from(drawn, (i) => fixes.latitude_deg[i]!),
      longitude_deg: Float64Array.from(drawn, (i) => fixes.longitude_deg[i]!),
      moving: Uint8Array.from(drawn, (i) => moving[i]!)
    },
    leftOut: all.length - drawn.length
  };
}

function examples(store: EvidenceStore, positions: readonly DevicePosition[]): PlaceFix[] {
  const count = Math.min(EXAMPLES, positions.length);
  return Array.from({ length: count }, (_, i) =>
    placeFix(store, positions[count === 1 ? 0 : Math.round((i * (positions.length - 1)) / (count - 1))]!)
  );
}

/** The label that stands most often; the earlier in the alphabet of equals, '' only where there is no other. */
function commonest(labels: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const label of labels) if (label !== '') counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? '';
}

function isMoreThanFilesAndTime({ sources: _s, time: _t, partySide: _p, not, anyOf, ...rest }: CaseFilter): boolean {
  if (alternativesOf({ anyOf: anyOf ?? [] }).length > 0) return true;
  const { sources: _n, partySide: _q, ...restOfNot } = not ?? {};
  return [...Object.values(rest), ...Object.values(restOfNot)].some((value) => !isVacant(value));
}
