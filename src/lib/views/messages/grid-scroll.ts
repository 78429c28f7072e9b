/**
 * Scrolling of a grid with more rows than an element can be tall. Chromium caps an element at 33,554,428 px; past that
 * rows would silently be out of reach. The grid keeps its own position in row pixels and shows it on a shorter bar.
 */
export const TALLEST_PX = 8_000_000;

export interface GridExtent {
  readonly rows: number;
  readonly rowPx: number;
  /** Height of the part of the grid in which rows are seen. */
  readonly viewPx: number;
}

/** Height of all rows. */
export function rowsHeight(extent: GridExtent): number {
  return extent.rows * extent.rowPx;
}

/** Height of the element that scrolls. */
export function barHeight(extent: GridExtent): number {
  return Math.min(rowsHeight(extent), TALLEST_PX);
}

/** Row pixels above the view for a position of the bar. */
export function topAt(extent: GridExtent, scrollTop: number): number {
  const room = barHeight(extent) - extent.viewPx;
  if (room <= 0) return 0;
  return clampTop(extent, (scrollTop / room) * (rowsHeight(extent) - extent.viewPx));
}

/** Position of the bar for row pixels above the view. */
export function scrollTopAt(extent: GridExtent, topPx: number): number {
  const room = rowsHeight(extent) - extent.viewPx;
  if (room <= 0) return 0;
  return (clampTop(extent, topPx) / room) * Math.max(0, barHeight(extent) - extent.viewPx);
}

export function clampTop(extent: GridExtent, topPx: number): number {
  return Math.min(Math.max(0, rowsHeight(extent) - extent.viewPx), Math.max(0, topPx));
}

/** Rows to draw, half-open, a few more than are seen. */
export function rowsInView(extent: GridExtent, topPx: number): readonly [number, number] {
  const spare = 4;
  const first = Math.max(0, Math.floor(topPx / extent.rowPx) - spare);
  return [first, Math.min(extent.rows, Math.ceil((topPx + extent.viewPx) / extent.rowPx) + spare)];
}

/** Row pixels above the view that bring a row wholly into it by the shortest way. */
export function topToShow(extent: GridExtent, topPx: number, row: number): number {
  const start = row * extent.rowPx;
  if (start < topPx) return clampTop(extent, start);
  if (start + extent.rowPx > topPx + extent.viewPx) return clampTop(extent, start + extent.rowPx - extent.viewPx);
  return topPx;
}
