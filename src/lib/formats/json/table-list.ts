/**
 * A CSV with a header as the list of objects that it is: downloads of one kind come now as JSON and now as CSV with the
 * same names of fields, and one reader takes both. Places are rows.
 */
import { decodeText, headText, type NotUtf8 } from '../text/decode.ts';
import { isBlank, RowReader, type Row } from '../phone-csv/rows.ts';
import type { JsonShape } from './shape.ts';
import { JsonObject } from './value.ts';
import type { JsonVisitor } from './walk.ts';

const DELIMITERS = [',', ';', '\t'];
const MOST_COLUMNS = 500;

function delimiterOf(line: string): string {
  const counts = DELIMITERS.map((one) => line.split(one).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] as string;
}

const seen = new WeakMap<Uint8Array, JsonShape | null>();

/** The header's names as paths '[].Name', with the first row's values; null where the bytes are no table. Never throws. */
export function tableShape(head: Uint8Array): JsonShape | null {
  const known = seen.get(head);
  if (known !== undefined) return known;
  const shape = readShape(head);
  seen.set(head, shape);
  return shape;
}

function readShape(head: Uint8Array): JsonShape | null {
  const text = headText(head);
  const line = text.split(/[\r\n]/, 1)[0] as string;
  if (line === '' || /^[\s<{[]/.test(line) || line.includes('\0') || line.length > 20_000) return null;
  const reader = new RowReader({ delimiter: delimiterOf(line) });
  const rows = [...reader.push(text.slice(0, 20_000)), ...(text.length < 20_000 ? reader.finish() : [])];
  const header = rows[0]?.cells ?? [];
  if (header.length < 2 || header.length > MOST_COLUMNS) return null;
  const firsts = new Map(header.map((name, i) => [`[].${name.trim()}`, rows[1]?.cells[i] ?? '']));
  return {
    has: (path) => firsts.has(path),
    first: (path) => firsts.get(path) ?? '',
    topKeys: [],
    isBroken: false,
    isTable: true
  };
}

/** Gives each row as an object under its header's names; cells beyond the header as 'column 12'. */
export async function walkTable(chunks: AsyncIterable<Uint8Array>, visitor: JsonVisitor, notUtf8: NotUtf8): Promise<void> {
  let reader: RowReader | null = null;
  let header: readonly string[] | null = null;
  let index = 0;
  visitor.open([], true);
  const give = (rows: readonly Row[]): void => {
    for (const row of rows) {
      if (isBlank(row)) continue;
      if (header === null) {
        header = row.cells.map((name) => name.trim());
        continue;
      }
      const object = new JsonObject();
      row.cells.forEach((cell, i) => object.set(header?.[i] ?? `column ${i + 1}`, cell));
      visitor.open([index], false);
      visitor.value([index], object, { offset: row.row, flaws: row.isDamaged ? 1 : 0, isCut: false });
      index++;
    }
  };
  for await (const text of decodeText(chunks, notUtf8)) {
    reader ??= new RowReader({ delimiter: delimiterOf(text.split(/[\r\n]/, 1)[0] as string) });
    give(reader.push(text));
  }
  give(reader?.finish() ?? []);
  visitor.close([]);
}
