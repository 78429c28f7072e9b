/** Places of a table of examples whose states are most like a given one: see [Note: Table of examples]. */
import { CENTRES, PARTS_BY, type ExampleTable } from './table.ts';

export interface Nearest {
  /** Number of each place, nearest first; `found` of them count. */
  readonly places: Uint32Array;
  /** Squared distances. */
  readonly distances: Float64Array;
  found: number;
}

/**
 * Searches one table again and again with the same working memory.
 *
 * [Note: Searching by lists] States are sorted into lists around centres, and only the `probes` lists whose centres are nearest
 * are gone through. A place is known by the number of the nearest centre in each of its parts, so the distances from
 * the state to all the centres are taken once, and a place costs one look-up and one addition a part. What comes out
 * depends on the state alone: equal distances go by the number of the place.
 */
export class ExampleSearch {
  readonly #point: Float64Array;
  readonly #toCentres: Float64Array;
  readonly #probed: Int32Array;
  /** Distances to the centres of `#probed`. */
  readonly #apart: Float64Array;
  readonly #nearest: Nearest;

  constructor(
    private readonly table: ExampleTable,
    private readonly count: number,
    probes: number
  ) {
    this.#point = new Float64Array(table.dimensions);
    this.#toCentres = new Float64Array(table.parts * CENTRES);
    this.#probed = new Int32Array(Math.min(probes, table.lists));
    this.#apart = new Float64Array(this.#probed.length);
    this.#nearest = { places: new Uint32Array(count), distances: new Float64Array(count), found: 0 };
  }

  /**
   * @param states states one after another; that of `row` is looked for
   * @returns what the next call overwrites
   */
  find(states: Float32Array, row: number): Nearest {
    this.#project(states, row);
    this.#probe();
    this.#measureParts();
    const { table, count } = this;
    const { codes, starts, parts } = table;
    const toCentres = this.#toCentres;
    const { places, distances } = this.#nearest;
    let found = 0;
    for (const list of this.#probed) {
      const end = starts[list + 1] as number;
      let at = (starts[list] as number) * parts;
      for (let place = starts[list] as number; place < end; place++) {
        const worst = found < count ? Number.POSITIVE_INFINITY : (distances[count - 1] as number);
        let distance = 0;
        // By fours: most places are known to be too far away long before their last part.
        const stop = at + parts;
        for (let from = 0; at < stop && distance <= worst; from += PARTS_BY * CENTRES, at += PARTS_BY) {
          distance +=
            (toCentres[from + (codes[at] as number)] as number) +
            (toCentres[from + CENTRES + (codes[at + 1] as number)] as number) +
            ((toCentres[from + 2 * CENTRES + (codes[at + 2] as number)] as number) +
              (toCentres[from + 3 * CENTRES + (codes[at + 3] as number)] as number));
        }
        at = stop;
        if (distance > worst || (distance === worst && found === count && place > (places[count - 1] as number))) continue;
        let to = found < count ? found++ : count - 1;
        while (to > 0 && isBehind(distances[to - 1] as number, places[to - 1] as number, distance, place)) {
          distances[to] = distances[to - 1] as number;
          places[to] = places[to - 1] as number;
          to--;
        }
        distances[to] = distance;
        places[to] = place;
      }
    }
    this.#nearest.found = found;
    return this.#nearest;
  }

  #project(states: Float32Array, row: number): void {
    const { width, dimensions, mean, directions } = this.table;
    const point = this.#point.fill(0);
    for (let i = 0; i < width; i++) {
      const value = (states[row * width + i] as number) - (mean[i] as number);
      const from = i * dimensions;
      for (let d = 0; d < dimensions; d++) point[d] = (point[d] as number) + value * (directions[from + d] as number);
    }
  }

  /** The lists to go through, nearest first. */
  #probe(): void {
    const { lists, dimensions, centres } = this.table;
    const probed = this.#probed;
    const length = probed.length;
    const best = this.#apart;
    let found = 0;
    for (let list = 0; list < lists; list++) {
      const distance = this.#distance(centres, list * dimensions, 0, dimensions);
      if (found === length && distance >= (best[length - 1] as number)) continue;
      let to = found < length ? found++ : length - 1;
      while (to > 0 && (best[to - 1] as number) > distance) {
        best[to] = best[to - 1] as number;
        probed[to] = probed[to - 1] as number;
        to--;
      }
      best[to] = distance;
      probed[to] = list;
    }
  }

  #measureParts(): void {
    const { parts, dimensions, books } = this.table;
    const wide = dimensions / parts;
    for (let part = 0; part < parts; part++) {
      for (let centre = 0; centre < CENTRES; centre++) {
        const number = part * CENTRES + centre;
        this.#toCentres[number] = this.#distance(books, number * wide, part * wide, wide);
      }
    }
  }

  /** Squared, between `length` dimensions of the point from `from` on and as many numbers at `at`. */
  #distance(numbers: Float32Array, at: number, from: number, length: number): number {
    let sum = 0;
    for (let d = 0; d < length; d++) {
      const apart = (this.#point[from + d] as number) - (numbers[at + d] as number);
      sum += apart * apart;
    }
    return sum;
  }
}

/** Whether a place stands behind another in the answer. */
function isBehind(distance: number, place: number, otherDistance: number, otherPlace: number): boolean {
  return distance > otherDistance || (distance === otherDistance && place > otherPlace);
}
