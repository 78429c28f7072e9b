import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rms, tone } from '../../../tests/fixtures/audio/wav.ts';
import { filterAt, Resampler } from './resample.ts';

/** The same sum written out for each output over the whole input, in double precision, without table or stream. */
function slowly(input: Float32Array, from_hz: number, to_hz: number): Float64Array {
  const cutoff = 0.95 * Math.min(1, to_hz / from_hz);
  return Float64Array.from({ length: Math.ceil((input.length * to_hz) / from_hz) }, (_, n) => {
    const place = (n * from_hz) / to_hz;
    return input.reduce((sum, x, i) => sum + x * filterAt(i - place, cutoff), 0);
  });
}

function resampled(input: Float32Array, from_hz: number, to_hz: number, cuts: readonly number[] = []): Float32Array {
  const resampler = new Resampler(from_hz, to_hz);
  const out: number[] = [];
  let at = 0;
  for (const cut of [...cuts, input.length]) {
    const end = Math.min(input.length, Math.max(at, cut));
    out.push(...resampler.push(input.subarray(at, end)));
    at = end;
  }
  out.push(...resampler.end());
  return Float32Array.from(out);
}

describe('resampling', () => {
  it.each([8000, 11_025, 16_000, 22_050, 44_100, 48_000, 44_056])('agrees with the plain sum from %i Hz', (rate) => {
    const input = Float32Array.from({ length: 700 }, (_, i) => Math.sin(i * 0.37) * 0.6 + Math.sin(i * 1.9) * 0.3);
    const expected = slowly(input, rate, 16_000);
    const found = resampled(input, rate, 16_000);
    expect(found.length).toBe(expected.length);
    for (const [i, x] of expected.entries()) expect(found[i]).toBeCloseTo(x, 5);
  });

  it('gives the same however the input is cut', () => {
    const input = tone(440, 44_100, 0.1);
    const whole = resampled(input, 44_100, 16_000);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: input.length }), { maxLength: 12 }), (cuts) => {
        const sorted = [...cuts].sort((a, b) => a - b);
        expect(resampled(input, 44_100, 16_000, sorted)).toEqual(whole);
      }),
      { numRuns: 40 }
    );
  });

  it('lets speech through and takes out what would come back as another tone', () => {
    const inner = (samples: Float32Array): Float32Array => samples.subarray(400, -400);
    expect(rms(inner(resampled(tone(3000, 48_000, 1), 48_000, 16_000)))).toBeCloseTo(0.5 / Math.SQRT2, 3);
    expect(rms(inner(resampled(tone(15_000, 48_000, 1), 48_000, 16_000)))).toBeLessThan(1e-4);
  });

  it('refuses rates that no recording has', () => {
    for (const rate of [0, 1, -8000, 8000.5, Number.NaN, 1e9]) expect(() => new Resampler(rate, 16_000)).toThrow(RangeError);
  });
});
