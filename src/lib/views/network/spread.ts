/**
 * Moves drawn people apart where their discs would cover each other. The layout says who is near whom; this only gives
 * each disc its room, in a fixed order, so that the same layout always gives the same picture.
 */
export interface Discs {
  /** In units of the drawing, not of the layout. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly radius: Float64Array;
}

/** Free space between two discs, as a share of their radii. */
const AIR = 0.35;
const ROUNDS = 60;

/** Moves the discs in place; those in `fixed` stay. */
export function spread(discs: Discs, fixed: ReadonlySet<number> = new Set()): void {
  const { x, y, radius } = discs;
  const widest = radius.reduce((a, b) => Math.max(a, b), 0) * 2 * (1 + AIR);
  if (!(widest > 0)) return;
  for (let round = 0; round < ROUNDS; round++) {
    const cells = cellsOf(discs, widest);
    let moved = false;
    for (let a = 0; a < x.length; a++) {
      const [column, row] = [Math.floor((x[a] as number) / widest), Math.floor((y[a] as number) / widest)];
      for (let cell = 0; cell < 9; cell++) {
        for (const b of cells.get(cellKey(column + (cell % 3) - 1, row + Math.floor(cell / 3) - 1)) ?? [])
          if (b > a) moved = part(discs, a, b, fixed) || moved;
      }
    }
    if (!moved) return;
  }
}

function part({ x, y, radius }: Discs, a: number, b: number, fixed: ReadonlySet<number>): boolean {
  const wanted = ((radius[a] as number) + (radius[b] as number)) * (1 + AIR);
  let dx = (x[b] as number) - (x[a] as number);
  let dy = (y[b] as number) - (y[a] as number);
  let distance = Math.hypot(dx, dy);
  if (distance >= wanted * 0.999) return false;
  if (distance === 0) {
    // Two at one point part in a direction that their numbers give, so that a heap opens to all sides.
    const angle = (a * 31 + b * 17) % 360;
    [dx, dy, distance] = [Math.cos(angle), Math.sin(angle), 1];
  }
  const push =
    (wanted - Math.min(wanted, Math.hypot((x[b] as number) - (x[a] as number), (y[b] as number) - (y[a] as number)))) / 2;
  const [stepX, stepY] = [(dx / distance) * push, (dy / distance) * push];
  const shareA = fixed.has(a) ? 0 : fixed.has(b) ? 2 : 1;
  const shareB = fixed.has(b) ? 0 : fixed.has(a) ? 2 : 1;
  x[a] = (x[a] as number) - stepX * shareA;
  y[a] = (y[a] as number) - stepY * shareA;
  x[b] = (x[b] as number) + stepX * shareB;
  y[b] = (y[b] as number) + stepY * shareB;
  return shareA + shareB > 0;
}

function cellsOf({ x, y }: Discs, size: number): Map<string, number[]> {
  const cells = new Map<string, number[]>();
  for (let i = 0; i < x.length; i++) {
    const key = cellKey(Math.floor((x[i] as number) / size), Math.floor((y[i] as number) / size));
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [i]);
    else cell.push(i);
  }
  return cells;
}

function cellKey(column: number, row: number): string {
  return `${column} ${row}`;
}
