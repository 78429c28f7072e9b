/** How long a translation will take, from what waits and what was measured on this device. */
import type { WaitingLines } from '../pipeline/language-contract.ts';
import type { ModelRate, RateSource } from './model-rates.svelte.ts';

export interface Forecast {
  /** What waits, repeated lines each time. */
  readonly lines: number;
  readonly characters: number;
  /** Null where a model that is needed was never measured here. */
  readonly time: ForecastTime | null;
}

export interface ForecastTime {
  readonly span_s: number;
  readonly linesPerSecond: number;
  /** The least certain of the measurements that went into it, and the oldest. */
  readonly from: RateSource;
  readonly measuredAtMs: number;
  /** True where languages are not known yet: as if every line needed a model, and the slowest of them. */
  readonly isAtMost: boolean;
}

/** Lines for one model, or of unknown languages for whichever of several. */
export interface Work {
  readonly waiting: WaitingLines;
  /** Of the models that may be needed; null for one that was never measured. */
  readonly rates: readonly (ModelRate | null)[];
  readonly isLanguageKnown: boolean;
}

const CERTAINTY: readonly RateSource[] = ['pack-trial', 'trial', 'run'];

/** @param workers how many work side by side */
export function forecastOf(work: readonly Work[], workers: number): Forecast {
  const parts = work.filter(({ waiting }) => waiting.lines > 0);
  const sum = (of: (waiting: WaitingLines) => number): number => parts.reduce((total, { waiting }) => total + of(waiting), 0);
  const lines = sum((waiting) => waiting.lines);
  const characters = sum((waiting) => waiting.characters);
  let span_s = 0;
  const used: ModelRate[] = [];
  for (const { waiting, rates } of parts) {
    const known = rates.filter((rate) => rate !== null);
    const slowest = known.toSorted((a, b) => a.charactersPerSecond - b.charactersPerSecond)[0];
    if (slowest === undefined || known.length < rates.length) return { lines, characters, time: null };
    span_s += waiting.distinctCharacters / slowest.charactersPerSecond / workers;
    used.push(...known);
  }
  if (used.length === 0) return { lines, characters, time: null };
  const from = used.map((rate) => rate.from).toSorted((a, b) => CERTAINTY.indexOf(a) - CERTAINTY.indexOf(b))[0] ?? 'run';
  const measuredAtMs = Math.min(...used.map((rate) => rate.measuredAtMs));
  const isAtMost = parts.some((part) => !part.isLanguageKnown);
  return { lines, characters, time: { span_s, linesPerSecond: lines / Math.max(span_s, 1e-3), from, measuredAtMs, isAtMost } };
}
