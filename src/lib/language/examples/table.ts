/**
 * A language's table of examples: places in lines that people translated, each with the token that stood there.
 *
 * [Note: Table of examples] models/train/examples.py writes it and says what is in it. Little-endian: 'SKEX', then as
 * uint32 the version, width of a state, dimensions, parts, lists, places; as float32 the mean [width], the directions
 * [width, dimensions], the centres of the lists [lists, dimensions], the books [parts, CENTRES, dimensions / parts]; as
 * uint32 where each list starts [lists + 1]; as uint16 the tokens [places]; as uint8 the codes [places, parts].
 */
export interface ExampleTable {
  readonly width: number;
  readonly dimensions: number;
  readonly parts: number;
  readonly lists: number;
  readonly mean: Float32Array;
  /** Row by row: what each number of a state adds to every dimension. */
  readonly directions: Float32Array;
  readonly centres: Float32Array;
  readonly books: Float32Array;
  readonly starts: Uint32Array;
  readonly tokens: Uint16Array;
  readonly codes: Uint8Array;
}

const MAGIC = 0x58454b53;
const VERSION = 1;
const HEADER_NUMBERS = 7;
/** A search adds up as many parts at once. */
export const PARTS_BY = 4;
/** Centres in a book: a code is one byte. */
export const CENTRES = 256;

/**
 * Reads a table; its arrays are views of `bytes`.
 * @param path the file, for the error
 * @param vocabulary tokens there are
 * @throws Error naming the file when it is no table, is cut short, or names a token or a place that does not exist
 */
export function readExamples(path: string, bytes: Uint8Array<ArrayBuffer>, vocabulary: number): ExampleTable {
  const wrong = (what: string): Error => new Error(`${path} is no table of examples: ${what}`);
  // Arrays of wider numbers begin at multiples of their width.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  if (aligned.length < 4 * HEADER_NUMBERS) throw wrong('it ends within its header');
  const header = new Uint32Array(aligned.buffer, aligned.byteOffset, HEADER_NUMBERS);
  const [magic, version, width = 0, dimensions = 0, parts = 0, lists = 0, places = 0] = header;
  if (magic !== MAGIC || version !== VERSION) throw wrong('its first bytes say something else');
  if (width === 0 || lists === 0 || parts === 0 || parts % PARTS_BY !== 0 || dimensions === 0 || dimensions % parts !== 0)
    throw wrong('its sizes do not fit');
  const floats = width + width * dimensions + lists * dimensions + CENTRES * dimensions;
  const size = 4 * (HEADER_NUMBERS + floats + lists + 1) + places * (2 + parts);
  if (aligned.length !== size) throw wrong(`it has ${bytes.length} bytes and not ${size}`);

  let at = aligned.byteOffset + 4 * HEADER_NUMBERS;
  const next = <T extends ArrayBufferView>(
    kind: new (buffer: ArrayBuffer, at: number, length: number) => T,
    length: number
  ): T => {
    const view = new kind(aligned.buffer, at, length);
    at += view.byteLength;
    return view;
  };
  const table: ExampleTable = {
    width,
    dimensions,
    parts,
    lists,
    mean: next(Float32Array, width),
    directions: next(Float32Array, width * dimensions),
    centres: next(Float32Array, lists * dimensions),
    books: next(Float32Array, CENTRES * dimensions),
    starts: next(Uint32Array, lists + 1),
    tokens: next(Uint16Array, places),
    codes: next(Uint8Array, places * parts)
  };
  const isInOrder = table.starts.every((start, i) => i === 0 || start >= (table.starts[i - 1] as number));
  if (!isInOrder || table.starts[0] !== 0 || table.starts[lists] !== places) throw wrong('its lists do not hold its places');
  if (table.tokens.some((token) => token >= vocabulary)) throw wrong('it holds a token that the model does not have');
  return table;
}
