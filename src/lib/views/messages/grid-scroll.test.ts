import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barHeight, clampTop, rowsHeight, rowsInView, scrollTopAt, topAt, topToShow, type GridExtent } from './grid-scroll.ts';
import { gridMove } from './grid-keys.ts';

/** Chromium's cap on the height of an element. */
const CHROMIUM_MOST_PX = 33_554_428;
const extents = fc.record({
  rows: fc.integer({ min: 1, max: 5_000_000 }),
  rowPx: fc.constant(32),
  viewPx: fc.integer({ min: 40, max: 1400 })
});

describe('scrolling of a tall grid', () => {
  it('never asks for an element taller than the browser makes', () => {
    fc.assert(
      fc.property(extents, (extent) => {
        expect(barHeight(extent)).toBeLessThan(CHROMIUM_MOST_PX);
      })
    );
  });

  it('reaches the first and the last row by the bar', () => {
    fc.assert(
      fc.property(extents, (extent) => {
        expect(rowsInView(extent, topAt(extent, 0))[0]).toBe(0);
        const end = Math.max(0, barHeight(extent) - extent.viewPx);
        expect(rowsInView(extent, topAt(extent, end))[1]).toBe(extent.rows);
      })
    );
  });

  it('is the plain scroll position where all rows fit', () => {
    const extent: GridExtent = { rows: 6000, rowPx: 32, viewPx: 700 };
    expect(barHeight(extent)).toBe(rowsHeight(extent));
    expect(topAt(extent, 1234)).toBeCloseTo(1234);
  });

  it('takes a position to the bar and back', () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, share) => {
        const top = clampTop(extent, share * rowsHeight(extent));
        expect(topAt(extent, scrollTopAt(extent, top))).toBeCloseTo(top, 3);
      })
    );
  });

  it('brings any row wholly into view and moves no further than needed', () => {
    fc.assert(
      fc.property(extents, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (extent, seed, share) => {
        const row = seed % extent.rows;
        const before = clampTop(extent, share * rowsHeight(extent));
        const top = topToShow(extent, before, row);
        expect(row * extent.rowPx).toBeGreaterThanOrEqual(top - 1e-6);
        expect((row + 1) * extent.rowPx).toBeLessThanOrEqual(top + extent.viewPx + 1e-6);
        expect(topToShow(extent, top, row)).toBe(top);
      })
    );
  });
});

describe('keys of the cell cursor', () => {
  const place = { row: 5, column: 1, rows: 10, columns: 4, perPage: 3 };
  const key = (name: string, ctrlKey = false) => gridMove({ key: name, ctrlKey, metaKey: false, altKey: false }, place);

  it.each([
    ['ArrowDown', false, 6, 1],
    ['ArrowUp', false, 4, 1],
    ['ArrowDown', true, 9, 1],
    ['ArrowUp', true, 0, 1],
    ['ArrowLeft', true, 5, 0],
    ['ArrowRight', true, 5, 3],
    ['PageDown', false, 8, 1],
    ['PageUp', false, 2, 1],
    ['Home', false, 5, 0],
    ['End', false, 5, 3],
    ['Home', true, 0, 0],
    ['End', true, 9, 3]
  ])('%s, Ctrl %s', (name, ctrl, row, column) => expect(key(name, ctrl)).toEqual({ row, column }));

  it('leaves other keys alone and an empty grid unmoved', () => {
    expect(key('j')).toBeNull();
    expect(gridMove({ key: 'ArrowDown', ctrlKey: false, metaKey: false, altKey: false }, { ...place, rows: 0 })).toBeNull();
  });
});
