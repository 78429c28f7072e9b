/** Where a key takes the cell cursor: the habits of spreadsheets. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  /** Rows that Page Up and Page Down move by. */
  readonly perPage: number;
}

/** The new cell, or null for a key that moves nothing. */
export function gridMove(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  place: GridPlace
): { readonly row: number; readonly column: number } | null {
  if (event.altKey || place.rows === 0) return null;
  const toEdge = event.ctrlKey || event.metaKey;
  const to = (row: number, column: number): { row: number; column: number } => ({
    row: Math.min(place.rows - 1, Math.max(0, row)),
    column: Math.min(place.columns - 1, Math.max(0, column))
  });
  const { row, column } = place;
  switch (event.key) {
    case 'ArrowDown':
      return toEdge ? to(place.rows - 1, column) : to(row + 1, column);
    case 'ArrowUp':
      return toEdge ? to(0, column) : to(row - 1, column);
    case 'ArrowRight':
      return toEdge ? to(row, place.columns - 1) : to(row, column + 1);
    case 'ArrowLeft':
      return toEdge ? to(row, 0) : to(row, column - 1);
    case 'PageDown':
      return to(row + place.perPage, column);
    case 'PageUp':
      return to(row - place.perPage, column);
    case 'Home':
      return toEdge ? to(0, 0) : to(row, 0);
    case 'End':
      return toEdge ? to(place.rows - 1, place.columns - 1) : to(row, place.columns - 1);
    default:
      return null;
  }
}
