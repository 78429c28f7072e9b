import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WaitingLines } from '../pipeline/language-contract.ts';
import { forecastOf } from './forecast.ts';
import { ModelRates, type ModelRate } from './model-rates.svelte.ts';

const rate = (charactersPerSecond: number, from: ModelRate['from'] = 'run', measuredAtMs = 7): ModelRate => {
  return { charactersPerSecond, from, measuredAtMs };
};
/** Every line of 30 characters; each distinct one is there twice. */
const waiting = (lines: number): WaitingLines => {
  return { lines, characters: 30 * lines, distinctLines: lines / 2, distinctCharacters: 15 * lines };
};

describe('a forecast', () => {
  it('goes by distinct text, the model’s own rate and the number of workers', () => {
    const work = [{ waiting: waiting(4000), rates: [rate(1500)], isLanguageKnown: true }];
    const one = forecastOf(work, 1);
    expect(one).toMatchObject({ lines: 4000, characters: 120_000 });
    expect(one.time).toEqual({ span_s: 40, linesPerSecond: 100, from: 'run', measuredAtMs: 7, isAtMost: false });
    expect(forecastOf(work, 2).time?.span_s).toBe(20);
  });

  it('adds up over models, is as sure as the least sure of them, and takes the slowest where the language is not known', () => {
    const both = forecastOf(
      [
        { waiting: waiting(100), rates: [rate(1500), rate(150, 'pack-trial', 3)], isLanguageKnown: false },
        { waiting: waiting(100), rates: [rate(1500)], isLanguageKnown: true }
      ],
      1
    );
    expect(both.time).toEqual({ span_s: 11, linesPerSecond: 200 / 11, from: 'pack-trial', measuredAtMs: 3, isAtMost: true });
  });

  it('is silent about time where a model was never measured, and about models that nothing waits for', () => {
    expect(forecastOf([{ waiting: waiting(10), rates: [rate(9), null], isLanguageKnown: false }], 1).time).toBeNull();
    expect(forecastOf([{ waiting: waiting(0), rates: [null], isLanguageKnown: true }], 1)).toEqual({
      lines: 0,
      characters: 0,
      time: null
    });
  });
});

describe('rates of this device', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value)
    });
  });
  const use = (segments: number, charactersEach = 30, each_ms = 20) => {
    return { modelSha256Hex: 'aa', segments, characters: segments * charactersEach, spent_ms: segments * each_ms };
  };

  it('come from a run once it says enough, are kept, and are not overwritten by a trial', () => {
    const rates = new ModelRates(() => 42);
    rates.measure('trial')([use(16, 30, 30)]);
    expect(rates.of('aa')).toEqual({ charactersPerSecond: 1000, from: 'trial', measuredAtMs: 42 });
    const run = rates.measure('run');
    run([use(40)]);
    expect(rates.of('aa')?.from).toBe('trial');
    run([use(40)]);
    expect(rates.of('aa')).toEqual({ charactersPerSecond: 1500, from: 'run', measuredAtMs: 42 });
    rates.measure('trial')([use(16, 30, 300)]);
    expect(new ModelRates().of('aa')?.charactersPerSecond).toBe(1500);
    expect(new ModelRates().of('bb')).toBeNull();
  });

  it.each(['[]', 'nonsense', '{"aa":{"charactersPerSecond":-1,"from":"run","measuredAtMs":1}}', '{"aa":7}'])(
    'that are kept as %s count as none',
    (kept) => {
      localStorage.setItem('skein-model-rates', kept);
      expect(new ModelRates().of('aa')).toBeNull();
    }
  );
});
