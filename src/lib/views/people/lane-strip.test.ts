import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { boxesOf, lineOf, STRIP } from './lane-strip.ts';

it('every span has a box inside the strip, wide enough to be seen and where its time is', () => {
  const spans = fc.array(fc.tuple(fc.nat(10_000), fc.nat(10_000)), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(spans, (list) => {
      const all = list.map(([from, length]) => ({ fromMs: from, toMs: from + length, uses: 1 }));
      const whole = { fromMs: Math.min(...all.map((s) => s.fromMs)), toMs: Math.max(...all.map((s) => s.toMs)) };
      for (const [i, { x, width }] of boxesOf(all, whole).entries()) {
        expect(x).toBeGreaterThanOrEqual(-1e-6);
        expect(x + width).toBeLessThanOrEqual(STRIP + 1e-6);
        expect(width).toBeGreaterThanOrEqual(4);
        const middle = ((all[i]!.fromMs + all[i]!.toMs) / 2 - whole.fromMs) / Math.max(1, whole.toMs - whole.fromMs);
        expect(Math.abs(x + width / 2 - middle * STRIP)).toBeLessThanOrEqual(whole.toMs === whole.fromMs ? STRIP : 4);
      }
    })
  );
});

it('an attribution is drawn where its time is, open ends to the edge, and not at all outside', () => {
  const whole = { fromMs: 1000, toMs: 2000 };
  expect(lineOf({ fromMs: null, untilMs: null }, whole)).toEqual({ x: 0, width: STRIP });
  expect(lineOf({ fromMs: 1500, untilMs: null }, whole)).toEqual({ x: STRIP / 2, width: STRIP / 2 });
  expect(lineOf({ fromMs: 0, untilMs: 1250 }, whole)).toEqual({ x: 0, width: STRIP / 4 });
  expect(lineOf({ fromMs: 2001, untilMs: null }, whole)).toBeNull();
  expect(lineOf({ fromMs: null, untilMs: 1000 }, whole)).toBeNull();
  expect(lineOf({ fromMs: 2000, untilMs: null }, whole)?.width).toBe(4);
});
