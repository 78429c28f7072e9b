/**
 * How time and memory grow with a case: one process a size, so that no heap or compiled code of one helps or hurts
 * another. The exponent is the slope of log time over log size: 1 is in proportion, 2 four times the time for twice
 * the size.
 */
import type { Figure } from './figure.ts';
import type { GrowthRun, GrowthWork } from './growth-run.ts';
import { inOwnProcess } from './own-process.ts';

/** @param largest the greatest of three sizes, each a tenth of the next. */
export async function growthFigures(work: GrowthWork, largest: number, unit = 'rows'): Promise<Figure[]> {
  return (await growth(work, largest, unit)).figures;
}

/** The figures, and the run at the greatest size. */
export async function growth(
  work: GrowthWork,
  largest: number,
  unit: string
): Promise<{ figures: Figure[]; largest: GrowthRun }> {
  const sizes = [largest / 100, largest / 10, largest];
  const runs: GrowthRun[] = [];
  for (const size of sizes)
    runs.push(await inOwnProcess<GrowthRun>(new URL('./growth-run.ts', import.meta.url), [work, String(size)]));
  const last = runs.at(-1)!;
  const times = runs.map(({ cpu_ms }) => `${Number(cpu_ms.toPrecision(3))} ms`).join(', ');
  const peaks = runs.map(({ peakBytes }) => `${Number((peakBytes / 1e6).toPrecision(3))} MB`).join(', ');
  const named = sizes.map((size) => size.toLocaleString('en')).join(', ');
  const points = runs.map(({ cpu_ms }, i) => [Math.log(sizes[i]!), Math.log(cpu_ms)] as const);
  const figures = [
    { id: `${work}.growth`, value: slope(points), unit: `exponent of CPU time over ${named} ${unit}: ${times}` },
    { id: `${work}.peak`, value: last.peakBytes / 1e6, unit: `MB resident over the start at the last of these; ${peaks}` }
  ];
  return { figures, largest: last };
}

/** Least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1): number => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x0, y0] = [mean(0), mean(1)];
  const together = points.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0);
  return together / points.reduce((sum, [x]) => sum + (x - x0) ** 2, 0);
}
