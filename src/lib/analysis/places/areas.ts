/**
 * Cells and other wide circles: a device was somewhere inside, no more is known. Uses of one cell are one area.
 */
import { metresBetween } from './sphere.ts';

/** A circle wider than this is shown as an area and counts for no place and no meeting, whatever its kind. */
export const PRECISE_M = 500;
/**
 * Drawn where a file names a cell, or a wireless network, without its range: cells reach from some hundred metres in
 * towns to tens of kilometres in the country, networks some hundred metres in the open. Marked as assumed wherever it
 * is shown, and nothing is worked out from it.
 */
export const ASSUMED_CELL_M = 5000;
export const ASSUMED_NETWORK_M = 300;

export interface AreaUse {
  readonly device: number;
  /** NaN where the file gives no time. */
  readonly utcMs: number;
  /** The cell's own name; '' where the file gives none. */
  readonly label: string;
  readonly isCell: boolean;
  /** NaN where the file gives no position. */
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  /** NaN where the file states none. */
  readonly radius_m: number;
}

export interface Area {
  readonly label: string;
  readonly isCell: boolean;
  /** NaN where no use has a position. */
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  /** The widest that any file states, and wide enough for every position that files give for it. */
  readonly radius_m: number;
  readonly isAssumed: boolean;
  /** Places in the list of uses, in order of time, undated ones last. */
  readonly uses: readonly number[];
  readonly devices: readonly number[];
}

/** Areas, most used first. Uses are one area by kind and name, without a name by position. */
export function areasOf(uses: readonly AreaUse[]): Area[] {
  const groups = new Map<string, number[]>();
  for (const [i, { label, isCell, latitude_deg, longitude_deg }] of uses.entries()) {
    const key = JSON.stringify(isCell && label !== '' ? [label] : [isCell, label, latitude_deg, longitude_deg]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [i]);
    else group.push(i);
  }
  return [...groups.entries()]
    .map(([key, group]) => ({ key, area: areaOf(uses, group) }))
    .sort((a, b) => b.area.uses.length - a.area.uses.length || (a.key < b.key ? -1 : 1))
    .map(({ area }) => area);
}

function areaOf(uses: readonly AreaUse[], group: number[]): Area {
  const time = (i: number): number => (Number.isNaN(uses[i]!.utcMs) ? Number.POSITIVE_INFINITY : uses[i]!.utcMs);
  // Equal times, and undated ones, keep the order of the files.
  group.sort((a, b) => (time(a) === time(b) ? a - b : time(a) - time(b)));
  const placed = group.map((i) => uses[i]!).filter((use) => !Number.isNaN(use.latitude_deg));
  const [latitude_deg, longitude_deg] = placed.length === 0 ? [Number.NaN, Number.NaN] : middleOf(placed);
  const stated = placed.map(({ radius_m }) => radius_m).filter((radius) => radius > 0);
  const spread = Math.max(
    0,
    ...placed.map((use) => metresBetween(latitude_deg, longitude_deg, use.latitude_deg, use.longitude_deg))
  );
  const { label, isCell } = uses[group[0]!]!;
  return {
    label,
    isCell,
    latitude_deg,
    longitude_deg,
    radius_m: spread + (stated.length > 0 ? Math.max(...stated) : isCell ? ASSUMED_CELL_M : ASSUMED_NETWORK_M),
    isAssumed: stated.length === 0,
    uses: group,
    devices: [...new Set(group.map((i) => uses[i]!.device))].sort((a, b) => a - b)
  };
}

function middleOf(placed: readonly AreaUse[]): [number, number] {
  const sum = placed.reduce(
    (total, { latitude_deg, longitude_deg }) => ({ y: total.y + latitude_deg, x: total.x + longitude_deg }),
    { y: 0, x: 0 }
  );
  return [sum.y / placed.length, sum.x / placed.length];
}
