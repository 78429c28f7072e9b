import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { boxesOf, STRIP } from './lane-strip.ts';

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
