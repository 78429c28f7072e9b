/**
 * [Note: Places]
 * A fix is a position that a device's file gives, with or without a time. Fixes that lie within 150 m of each other, in
 * however many steps, are one place; a fix between two others of the same half hours that both lie further off is on
 * the move and in no place. Positions are compared on a grid of about 20 m, so what is one place never depends on the
 * order of the fixes. Only fixes that are precise enough come here: cells and wide circles are areas (areas.ts).
 */
import { metresBetween } from './sphere.ts';

/** Columns by fix. Every fix has a position. */
export interface Fixes {
  readonly device: Uint16Array;
  /** NaN where the file gives no time. */
  readonly utcMs: Float64Array;
  readonly latitude_deg: Float64Array;
  readonly longitude_deg: Float64Array;
}

/** Fixes of one place lie at most so far from the next of it. */
export const LINK_M = 150;
const NEAR_IN_TIME_MS = 30 * 60_000;

/** Timed fixes by device and time, then by position, so that the order of the input says nothing. */
export function byDeviceAndTime({ device, utcMs, latitude_deg, longitude_deg }: Fixes): Uint32Array {
  const timed: number[] = [];
  for (let i = 0; i < utcMs.length; i++) if (!Number.isNaN(utcMs[i]!)) timed.push(i);
  return Uint32Array.from(timed).sort(
    (a, b) =>
      device[a]! - device[b]! ||
      utcMs[a]! - utcMs[b]! ||
      latitude_deg[a]! - latitude_deg[b]! ||
      longitude_deg[a]! - longitude_deg[b]!
  );
}

/** 1 for fixes on the move. */
export function movingFixes(fixes: Fixes, order: Uint32Array): Uint8Array {
  const { device, utcMs, latitude_deg, longitude_deg } = fixes;
  const moving = new Uint8Array(utcMs.length);
  const isLeap = (a: number | undefined, b: number | undefined): boolean =>
    a !== undefined &&
    b !== undefined &&
    device[a] === device[b] &&
    utcMs[b]! - utcMs[a]! <= NEAR_IN_TIME_MS &&
    metresBetween(latitude_deg[a]!, longitude_deg[a]!, latitude_deg[b]!, longitude_deg[b]!) > LINK_M;
  for (let i = 0; i < order.length; i++)
    if (isLeap(order[i - 1], order[i]) && isLeap(order[i], order[i + 1])) moving[order[i]!] = 1;
  return moving;
}
