/** Positions of a case by device, as the filter's files and time leave them: fixes, areas, and those in messages. */
import { PRECISE_M, type AreaUse } from '../analysis/places/areas.ts';
import type { Fixes } from '../analysis/places/fixes.ts';
import type { EvidenceStore, StoredLocation } from '../evidence/store.ts';
import { deviceOfSource, type CaseDevice } from './case-devices.ts';
import type { CaseFilter } from './contract.ts';
import { recordProvenance } from './found-pairs.ts';
import type { PlaceFix } from './place-contract.ts';

/** A position with the device whose file holds it. */
export interface DevicePosition {
  readonly device: number;
  readonly record: StoredLocation;
}

export interface DevicePositions {
  readonly fixes: Fixes;
  /** Position behind each fix, and behind each use of an area. */
  readonly ofFix: readonly DevicePosition[];
  readonly uses: readonly AreaUse[];
  readonly ofUse: readonly DevicePosition[];
  readonly shared: readonly DevicePosition[];
  /** Without coordinates and without the name of a cell. */
  readonly unplaced: readonly DevicePosition[];
}

export const timeOf = ({ record }: DevicePosition): number => record.time.utcMs ?? Number.NaN;

export function devicePositions(store: EvidenceStore, devices: readonly CaseDevice[], filter: CaseFilter): DevicePositions {
  const ofFix: DevicePosition[] = [];
  const uses: AreaUse[] = [];
  const ofUse: DevicePosition[] = [];
  const shared: DevicePosition[] = [];
  const unplaced: DevicePosition[] = [];
  for (const position of chosenPositions(store, devices, filter)) {
    const { record, device } = position;
    const hasPosition = record.latitude_deg !== null && record.longitude_deg !== null;
    const isNamedArea = (record.locationKind === 'cell' || record.locationKind === 'wifi') && record.label !== '';
    if (record.locationKind === 'shared') shared.push(position);
    else if (!hasPosition && !isNamedArea) unplaced.push(position);
    else if (record.locationKind === 'cell' || record.locationKind === 'wifi' || (record.precision_m ?? 0) > PRECISE_M) {
      ofUse.push(position);
      uses.push({
        device,
        utcMs: timeOf(position),
        label: record.label,
        isCell: record.locationKind === 'cell',
        latitude_deg: record.latitude_deg ?? Number.NaN,
        longitude_deg: record.longitude_deg ?? Number.NaN,
        radius_m: record.precision_m ?? Number.NaN
      });
    } else ofFix.push(position);
  }
  return {
    fixes: {
      device: Uint16Array.from(ofFix, ({ device }) => device),
      utcMs: Float64Array.from(ofFix, timeOf),
      latitude_deg: Float64Array.from(ofFix, ({ record }) => record.latitude_deg!),
      longitude_deg: Float64Array.from(ofFix, ({ record }) => record.longitude_deg!)
    },
    ofFix,
    uses,
    ofUse,
    shared,
    unplaced
  };
}

/** The position with its place in the file, for the list beside a figure. */
export function placeFix(store: EvidenceStore, position: DevicePosition): PlaceFix {
  const { record, device } = position;
  return {
    deviceId: device,
    utcMs: record.time.utcMs,
    timeRaw: record.time.raw,
    latitude_deg: record.latitude_deg,
    longitude_deg: record.longitude_deg,
    radius_m: record.precision_m,
    kind: record.locationKind,
    label: record.label,
    provenance: recordProvenance(store, record)
  };
}

function* chosenPositions(
  store: EvidenceStore,
  devices: readonly CaseDevice[],
  { sources, time, not }: CaseFilter
): Generator<DevicePosition> {
  const deviceOf = deviceOfSource(devices);
  const wanted = sources === undefined || sources.length === 0 ? null : new Set(sources);
  const unwanted = new Set(not?.sources ?? []);
  const fromMs = time?.fromMs ?? Number.NEGATIVE_INFINITY;
  const toMs = time?.toMs ?? Number.POSITIVE_INFINITY;
  const isTimed = Number.isFinite(fromMs) || Number.isFinite(toMs);
  // Two files of one device may hold one position each: it is one. Most devices have one file, and nothing to compare.
  const known = new Set<string>();
  for (const record of store.others) {
    if (record.kind !== 'location') continue;
    const device = deviceOf.get(record.source);
    if (device === undefined || unwanted.has(record.source) || wanted?.has(record.source) === false) continue;
    const { utcMs } = record.time;
    if (isTimed && (utcMs === null || utcMs < fromMs || utcMs >= toMs)) continue;
    if (devices[device]!.sources.length > 1) {
      const { latitude_deg, longitude_deg, locationKind, label } = record;
      const key = JSON.stringify([device, utcMs, latitude_deg, longitude_deg, locationKind, label]);
      if (known.has(key)) continue;
      known.add(key);
    }
    yield { device, record };
  }
}
