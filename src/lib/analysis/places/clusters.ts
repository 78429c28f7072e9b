/** Places and the visits to them. See [Note: Places]. */
import { Pace, type PaceOptions } from '../pace.ts';
import { byDeviceAndTime, LINK_M, movingFixes, type Fixes } from './fixes.ts';
import { METRES_A_DEGREE, metresALongitude, metresBetween } from './sphere.ts';

const GRID_M = 20;
/** Rows of the grid that a link reaches. */
const REACH = Math.ceil(LINK_M / GRID_M);
/** More columns than any row has: row and column together stay below 2^53. */
const ROW_KEYS = 2 ** 22;
/** Two fixes make a place; one alone stays a fix. */
const LEAST_FIXES = 2;
/** A longer time without a fix ends a visit: where the phone was meanwhile is not known. */
const MOST_PAUSE_MS = 12 * 3_600_000;
const FIXES_A_TURN = 1 << 12;

export interface Visit {
  readonly device: number;
  readonly fromMs: number;
  /** Last fix of the visit; the same as `fromMs` where there is one. */
  readonly toMs: number;
  readonly fixes: number;
}

export interface Place {
  /** Median of its fixes. */
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  /** Furthest fix from there. */
  readonly extent_m: number;
  readonly fixes: number;
  readonly untimed: number;
  readonly devices: readonly number[];
  /** In order of time, then by device. */
  readonly visits: readonly Visit[];
}

export interface Places {
  /** Most fixes first. */
  readonly places: readonly Place[];
  /** Place of each fix; -1 for one that is alone or on the move. */
  readonly placeOf: Int32Array;
  readonly moving: Uint8Array;
  readonly alone: number;
}

/** @throws the signal's reason when aborted */
export async function findPlaces(fixes: Fixes, options: PaceOptions = {}): Promise<Places> {
  const pace = new Pace(options);
  const order = byDeviceAndTime(fixes);
  const moving = movingFixes(fixes, order);
  const cells = gridCells(fixes, moving);
  const groupOf = await linkedCells(cells, pace);
  const fixesOf: number[][] = [];
  for (let i = 0; i < fixes.utcMs.length; i++) {
    const cell = cells.cellOf[i]!;
    if (cell >= 0) (fixesOf[groupOf[cell]!] ??= []).push(i);
  }
  const groups = fixesOf.filter((group) => group !== undefined);
  const found = groups.filter((group) => group.length >= LEAST_FIXES).map((group) => ({ group, ...middleOf(fixes, group) }));
  found.sort((a, b) => b.group.length - a.group.length || a.latitude_deg - b.latitude_deg || a.longitude_deg - b.longitude_deg);
  const placeOf = new Int32Array(fixes.utcMs.length).fill(-1);
  for (const [place, { group }] of found.entries()) for (const fix of group) placeOf[fix] = place;
  const visits = visitsOf(fixes, order, placeOf, found.length);
  return {
    places: found.map(({ group, ...middle }, place) => ({
      ...middle,
      fixes: group.length,
      untimed: group.filter((fix) => Number.isNaN(fixes.utcMs[fix]!)).length,
      devices: [...new Set(group.map((fix) => fixes.device[fix]!))].sort((a, b) => a - b),
      visits: visits[place]!
    })),
    placeOf,
    moving,
    alone: groups.length - found.length
  };
}

interface GridCells {
  /** Cell of each fix, -1 for those on the move. */
  readonly cellOf: Int32Array;
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly numberOf: ReadonlyMap<number, number>;
}

const latitudeOf = (row: number): number => ((row + 0.5) * GRID_M) / METRES_A_DEGREE;
/** Degrees of longitude of one column in a row; at the very poles a degree is as good as the circle. */
const widthOf = (row: number): number => Math.min(1, GRID_M / Math.max(1, metresALongitude(latitudeOf(row))));
const keyOf = (row: number, column: number): number => row * ROW_KEYS + column;

function gridCells({ latitude_deg, longitude_deg }: Fixes, moving: Uint8Array): GridCells {
  const numberOf = new Map<number, number>();
  const row: number[] = [];
  const column: number[] = [];
  const cellOf = new Int32Array(latitude_deg.length).fill(-1);
  for (let i = 0; i < cellOf.length; i++) {
    if (moving[i] === 1) continue;
    const r = Math.floor((latitude_deg[i]! * METRES_A_DEGREE) / GRID_M);
    const c = columnAt(r, longitude_deg[i]!);
    const key = keyOf(r, c);
    let number = numberOf.get(key);
    if (number === undefined) {
      number = row.length;
      numberOf.set(key, number);
      row.push(r);
      column.push(c);
    }
    cellOf[i] = number;
  }
  return { cellOf, row: Int32Array.from(row), column: Int32Array.from(column), numberOf };
}

/** Column of a longitude in a row, counted from the meridian of -180 degrees around to it again. */
function columnAt(row: number, longitude: number): number {
  return Math.floor(((((longitude + 180) % 360) + 360) % 360) / widthOf(row));
}

/** Joins cells whose middles lie within LINK_M: the lowest cell stands for its group. */
async function linkedCells({ row, column, numberOf }: GridCells, pace: Pace): Promise<Int32Array> {
  const parent = Int32Array.from(row, (_, i) => i);
  const find = (cell: number): number => {
    let root = cell;
    while (parent[root] !== root) root = parent[root]!;
    for (let at = cell; parent[at] !== root;) [at, parent[at]] = [parent[at]!, root];
    return root;
  };
  for (let cell = 0; cell < row.length; cell++) {
    if (cell % FIXES_A_TURN === 0 && pace.due()) await pace.breathe(cell / row.length);
    const r = row[cell]!;
    const longitude = (column[cell]! + 0.5) * widthOf(r) - 180;
    // Rows above only, and the own: every pair is met once.
    for (let up = 0; up <= REACH; up++) {
      const width = widthOf(r + up);
      const columns = Math.ceil(360 / width);
      const middle = columnAt(r + up, longitude);
      const reach = Math.min(
        Math.ceil(columns / 2),
        Math.ceil(LINK_M / Math.max(1, metresALongitude(latitudeOf(r + up))) / width) + 1
      );
      for (let step = up === 0 ? 1 : -reach; step <= reach; step++) {
        const c = (middle + step + columns) % columns;
        const other = numberOf.get(keyOf(r + up, c));
        if (other === undefined || other === cell) continue;
        const far = metresBetween(latitudeOf(r), longitude, latitudeOf(r + up), (c + 0.5) * width - 180);
        if (far > LINK_M) continue;
        const [a, b] = [find(cell), find(other)];
        if (a < b) parent[b] = a;
        else parent[a] = b;
      }
    }
  }
  return parent.map((_, cell) => find(cell));
}

function middleOf(
  { latitude_deg, longitude_deg }: Fixes,
  group: readonly number[]
): Pick<Place, 'latitude_deg' | 'longitude_deg' | 'extent_m'> {
  const first = longitude_deg[group[0]!]!;
  // Beside the meridian of 180 degrees a place has longitudes of both signs.
  const near = (longitude: number): number =>
    longitude - first > 180 ? longitude - 360 : longitude - first < -180 ? longitude + 360 : longitude;
  const latitude = median(group.map((fix) => latitude_deg[fix]!));
  const turned = median(group.map((fix) => near(longitude_deg[fix]!)));
  const longitude = turned >= 180 ? turned - 360 : turned < -180 ? turned + 360 : turned;
  let extent_m = 0;
  for (const fix of group)
    extent_m = Math.max(extent_m, metresBetween(latitude, longitude, latitude_deg[fix]!, longitude_deg[fix]!));
  return { latitude_deg: latitude, longitude_deg: longitude, extent_m };
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[(values.length - 1) >> 1]!;
}

/** Runs of one device's fixes at one place, with none elsewhere between. */
function visitsOf({ device, utcMs }: Fixes, order: Uint32Array, placeOf: Int32Array, places: number): Visit[][] {
  const visits: Visit[][] = Array.from({ length: places }, () => []);
  for (let i = 0; i < order.length;) {
    const first = order[i]!;
    const place = placeOf[first]!;
    let last = first;
    let count = 0;
    for (; i < order.length; i++) {
      const fix = order[i]!;
      const goesOn = device[fix] === device[first] && placeOf[fix] === place && utcMs[fix]! - utcMs[last]! <= MOST_PAUSE_MS;
      if (!goesOn) break;
      last = fix;
      count++;
    }
    if (place >= 0) visits[place]!.push({ device: device[first]!, fromMs: utcMs[first]!, toMs: utcMs[last]!, fixes: count });
  }
  for (const list of visits) list.sort((a, b) => a.fromMs - b.fromMs || a.device - b.device);
  return visits;
}
