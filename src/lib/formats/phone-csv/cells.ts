/** What spreadsheet programs do to cells, undone as far as it can be, and told where it cannot. */

/** Excel cuts cells at this many characters. */
export const CELL_LIMIT = 32_767;

/** A leading apostrophe or ="..." that keeps a spreadsheet from reading a number or a formula. */
const GUARD = /^'(?=[=+\-@\t\r\d])/;
const FORMULA_TEXT = /^="((?:[^"]|"")*)"$/;
/** `_x000d_`: a control character written by its number, as XLSX does. `_x005F_` guards a literal one. */
const ESCAPED = /_x([0-9a-f]{4})_/gi;

/** A cell as the person or phone wrote it. Carriage returns become line ends; outer spaces stay for texts. */
export function cleanCell(cell: string): string {
  let text = cell;
  if (text.startsWith("'")) text = text.replace(GUARD, '');
  else if (text.startsWith('="')) text = text.replace(FORMULA_TEXT, (_, inner: string) => inner.replaceAll('""', '"'));
  if (text.includes('_x') || text.includes('_X')) {
    text = text.replace(ESCAPED, (whole, hex: string) => {
      const code = Number.parseInt(hex, 16);
      if (code === 0x5f) return '_';
      return code < 32 ? String.fromCharCode(code) : whole;
    });
  }
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Seconds of "125", "00:02:05", "2:05" (minutes and seconds), "2m 5s", "125 sec", "1 h 2 min"; null for anything else. */
export function secondsOf(cell: string): number | null {
  const text = cell.trim().toLowerCase();
  if (/^\d{1,8}(?:[.,]\d+)?$/.test(text)) return Number(text.replace(',', '.'));
  const clock = /^(?:(\d{1,4}):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?$/.exec(text);
  if (clock !== null) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const words =
    /^(?:(\d+) ?(?:h|hours?|hrs?|heures?|horas?|std\.?)[ ,]*)?(?:(\d+) ?(?:m|mins?|minutes?|minutos?|minuten)[ ,]*)?(?:(\d+) ?(?:s|secs?|seconds?|secondes?|segundos?|sekunden|sek\.?))?$/.exec(
      text
    );
  if (words === null || (words[1] ?? words[2] ?? words[3]) === undefined) return null;
  return Number(words[1] ?? 0) * 3600 + Number(words[2] ?? 0) * 60 + Number(words[3] ?? 0);
}

/** Degrees in decimal form, comma or point; null outside ±`limit`. */
export function degreesOf(cell: string, limit: 90 | 180): number | null {
  const text = cell.trim();
  if (!/^[+-]?\d{1,3}(?:[.,]\d+)?$/.test(text)) return null;
  const n = Number(text.replace(',', '.'));
  return Math.abs(n) <= limit ? n : null;
}

/**
 * A copy that stands by itself. A piece cut out of a chunk of text keeps the whole chunk in memory as long as the
 * piece lives, so what is kept for the length of a read (names, numbers) must not be such a piece.
 */
export function ownText(text: string): string {
  return ` ${text}`.slice(1);
}

/** Remembers answers for cells that come again and again (a few words, some hundred numbers); forgets all when full. */
export function remembered<T>(answer: (cell: string) => T, cap = 20_000): (cell: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (cell) => {
    const held = known.get(cell);
    if (held !== undefined) return held.value;
    const own = ownText(cell);
    const value = answer(own);
    if (known.size >= cap) known.clear();
    known.set(own, { value });
    return value;
  };
}

/** Words for yes in a "deleted" column. */
export function isYes(cell: string): boolean {
  return /^(?:yes|y|true|1|x|deleted|oui|sí|si|ja|sim|da|supprimé|eliminado|gelöscht|apagad[oa]|șters)$/i.test(cell.trim());
}
