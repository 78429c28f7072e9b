/** How fast each model runs on this device, as it was measured here. Counts and dates only; belongs to no case. */
import type { ModelUse } from '../language/contract.ts';

const KEY = 'skein-model-rates';
/** Fewer segments say little: one batch of long lines would be taken for the rule. */
const LEAST_SEGMENTS = { run: 64, trial: 8 } as const;

/** 'run': translating a case. 'trial': a few everyday lines. 'pack-trial': the probe line of a pack when it was taken in. */
export type RateSource = 'run' | 'trial' | 'pack-trial';

/** Of one worker; distinct text alone, since what the memory answers costs nothing. */
export interface ModelRate {
  readonly charactersPerSecond: number;
  readonly from: RateSource;
  /** This device's clock, milliseconds since 1970. */
  readonly measuredAtMs: number;
}

export class ModelRates {
  readonly #clock: () => number;
  #rates = $state.raw<Readonly<Record<string, ModelRate>>>(stored());

  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  /** Null where the model never ran here. */
  of(modelSha256Hex: string): ModelRate | null {
    return this.#rates[modelSha256Hex] ?? null;
  }

  /** Begins a measurement; each call of the answer adds to it. A trial never takes the place of a run. */
  measure(from: 'run' | 'trial'): (uses: readonly ModelUse[]) => void {
    const sums = new Map<string, ModelUse>();
    return (uses) => {
      for (const use of uses) {
        const { segments = 0, characters = 0, spent_ms = 0 } = sums.get(use.modelSha256Hex) ?? {};
        const sum: ModelUse = {
          modelSha256Hex: use.modelSha256Hex,
          segments: segments + use.segments,
          characters: characters + use.characters,
          spent_ms: spent_ms + use.spent_ms
        };
        sums.set(use.modelSha256Hex, sum);
        if (sum.segments >= LEAST_SEGMENTS[from] && sum.spent_ms > 0) this.#keep(sum, from);
      }
    };
  }

  #keep({ modelSha256Hex, characters, spent_ms }: ModelUse, from: 'run' | 'trial'): void {
    if (from === 'trial' && this.#rates[modelSha256Hex]?.from === 'run') return;
    const rate: ModelRate = { charactersPerSecond: (1000 * characters) / spent_ms, from, measuredAtMs: this.#clock() };
    this.#rates = { ...this.#rates, [modelSha256Hex]: rate };
    localStorage.setItem(KEY, JSON.stringify(this.#rates));
  }
}

/** Anything that is no map of rates is as if nothing had been measured. */
function stored(): Readonly<Record<string, ModelRate>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, ModelRate] => isRate(entry[1])));
  } catch {
    return {};
  }
}

function isRate(value: unknown): value is ModelRate {
  if (typeof value !== 'object' || value === null) return false;
  const { charactersPerSecond, measuredAtMs, from } = value as Partial<Record<keyof ModelRate, unknown>>;
  return (
    typeof charactersPerSecond === 'number' &&
    charactersPerSecond > 0 &&
    typeof measuredAtMs === 'number' &&
    (from === 'run' || from === 'trial')
  );
}
