import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areByTurns, REST_MS, useSpans } from './lanes.ts';

const DAY = 86_400_000;

describe('lanes of use', () => {
  it('are spans that end where nothing is known for a fortnight; undated uses are counted apart', async () => {
    const [card, handset, none] = await useSpans(3, {
      lane: [0, 1, 0, 0, 0, 1],
      utcMs: [20 * DAY, Number.NaN, 0, 13 * DAY, 34 * DAY, 5 * DAY]
    });
    expect(card).toEqual({
      dated: 4,
      undated: 0,
      spans: [
        { fromMs: 0, toMs: 20 * DAY, uses: 3 },
        { fromMs: 34 * DAY, toMs: 34 * DAY, uses: 1 }
      ]
    });
    expect(handset).toEqual({ dated: 1, undated: 1, spans: [{ fromMs: 5 * DAY, toMs: 5 * DAY, uses: 1 }] });
    expect(none).toEqual({ dated: 0, undated: 0, spans: [] });
  });

  it('lose no use, keep spans apart, and do not depend on order', async () => {
    const uses = fc.array(fc.tuple(fc.nat(3), fc.oneof(fc.integer({ min: 0, max: 200 }), fc.constant(Number.NaN))), {
      maxLength: 60
    });
    await fc.assert(
      fc.asyncProperty(uses, fc.nat(59), async (list, turn) => {
        const columns = (from: typeof list): Parameters<typeof useSpans>[1] => ({
          lane: from.map(([lane]) => lane),
          utcMs: from.map(([, day]) => day * DAY)
        });
        const found = await useSpans(4, columns(list));
        for (const [lane, { dated, undated, spans }] of found.entries()) {
          const own = list.filter(([l]) => l === lane);
          expect(dated + undated).toBe(own.length);
          expect(spans.reduce((sum, span) => sum + span.uses, 0)).toBe(dated);
          for (const [i, span] of spans.entries())
            if (i > 0) expect(span.fromMs - spans[i - 1]!.toMs).toBeGreaterThanOrEqual(REST_MS);
          for (const [, day] of own.filter(([, d]) => !Number.isNaN(d)))
            expect(spans.filter(({ fromMs, toMs }) => fromMs <= day * DAY && day * DAY <= toMs)).toHaveLength(1);
        }
        const cut = list.length === 0 ? 0 : turn % list.length;
        expect(await useSpans(4, columns([...list.slice(cut), ...list.slice(0, cut)].reverse()))).toEqual(found);
      })
    );
  });

  it('say of two cards whether one came after the other or both were used by turns', async () => {
    const [first, second, third] = await useSpans(3, {
      lane: [0, 0, 1, 1, 2, 2],
      utcMs: [0, 40 * DAY, 41 * DAY, 60 * DAY, 10 * DAY, 50 * DAY]
    });
    expect(areByTurns(first!, second!)).toBe(false);
    expect(areByTurns(first!, third!)).toBe(true);
    expect(areByTurns(third!, second!)).toBe(true);
    const [none] = await useSpans(1, { lane: [], utcMs: [] });
    expect(areByTurns(first!, none!)).toBe(false);
  });

  it('stop when they are told to', async () => {
    const signal = AbortSignal.abort(new DOMException('stopped', 'AbortError'));
    await expect(useSpans(1, { lane: [0], utcMs: [0] }, { signal })).rejects.toThrow('stopped');
  });
});
