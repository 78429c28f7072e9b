import { describe, expect, it } from 'vitest';
import { barAt, barsOf, drawnLane, inside, nextBar } from './lanes.ts';

const DAY = 86_400_000;
/** Four days from Saturday 3 January 1970. */
const view = { fromMs: Float64Array.from([2, 3, 4, 5, 6], (day) => day * DAY), firstDay: 2, binDays: 1 };
const lane = { id: 0, label: 'a', sources: [], messages: 10, set: 0, counts: Uint32Array.of(1, 0, 3, 6) };

describe('lanes', () => {
  it('put days together into weeks from Monday, and leave long bins as they are', () => {
    const weeks = barsOf(view, 'week');
    expect([...weeks.fromMs].map((ms) => ms / DAY)).toEqual([2, 4, 6]);
    expect([...weeks.of(lane.counts)]).toEqual([1, 9]);
    expect(barsOf({ ...view, binDays: 3 }, 'week').fromMs).toBe(view.fromMs);
  });

  it('draw every bar that holds a message, on the lane’s own scale', () => {
    const drawn = drawnLane(lane, barsOf(view, 'day'));
    expect(drawn.most).toBe(6);
    expect(drawn.path.split('z').slice(0, -1)).toEqual(['M0 1V0.833h1V1', 'M2 1V0.500h1V1', 'M3 1V0.000h1V1']);
    expect(drawnLane({ ...lane, counts: Uint32Array.of(1, 0, 0, 1000) }, barsOf(view, 'day')).path).toContain('M0 1V0.940');
  });

  it('step from message to message and find the bar of a time', () => {
    expect(nextBar(lane.counts, 0, 1)).toBe(2);
    expect(nextBar(lane.counts, 3, 1)).toBe(3);
    expect(nextBar(lane.counts, 2, -1)).toBe(0);
    expect([1, 2, 2.5, 5.9, 9].map((day) => barAt(view.fromMs, day * DAY))).toEqual([0, 0, 0, 3, 3]);
  });

  it('never open more than the filter’s own time', () => {
    const span = { fromMs: 10, toMs: 20 };
    expect(inside({ fromMs: 15, toMs: null }, span)).toEqual({ time: { fromMs: 15, toMs: 20 } });
    expect(inside(undefined, span)).toEqual({ time: span });
    expect(inside({ fromMs: 15, toMs: null }, null)).toEqual({});
  });
});
