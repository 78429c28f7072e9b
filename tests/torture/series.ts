/** A long series of tries against one promise of the vault; what they share. */

/** What a series came to so far: enough to go on from after it was stopped. */
export interface Standing {
  /** Tries that are done. Every try draws from its own numbers, so the next one does not need those before it. */
  readonly tried: number;
  /** One sentence each; empty where all held. */
  readonly failures: readonly string[];
  /** Counts and sums by name, as the series keeps them. */
  readonly seen: Readonly<Record<string, number>>;
  readonly seconds: number;
}

export interface SeriesOptions {
  /** A few of the tries, for `npm test`; all of them otherwise. */
  readonly short: boolean;
  /** Chooses the places; the same seed chooses the same ones. */
  readonly seed: number;
  /** What an earlier run of this series came to before it was stopped; null where there is none. */
  readonly before: Pick<Standing, 'tried' | 'failures' | 'seen'> | null;
  /** Keeps how far it is. @param words what was seen so far, for the table */
  keep(standing: Pick<Standing, 'tried' | 'failures' | 'seen'>, words: string): void;
  /** True once the time that was given is up: the series then ends with the tries that it made. */
  isOver(): boolean;
  /** One line on how far it is. */
  report(words: string): void;
}

export interface SeriesResult {
  readonly tried: number;
  /** One sentence each; empty where all held. */
  readonly failures: readonly string[];
  /** What was seen, for the table. */
  readonly words: string;
}

export interface TortureSeries {
  readonly name: string;
  /** What is promised. */
  readonly figure: string;
  /** How many tries a full run makes. */
  readonly tries: number;
  run(options: SeriesOptions): Promise<SeriesResult>;
}

/** Numbers from 0 to 1 by mulberry32: the same for the same seed on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The numbers of one try: the same whether the tries before it were made by this run or by one that was stopped. */
export const randomOf = (seed: number, tried: number): (() => number) => randomFrom(Math.imul(seed, 1_000_003) + tried);

export const pick = <T>(from: readonly T[], random: () => number): T => from[Math.floor(random() * from.length)] as T;
