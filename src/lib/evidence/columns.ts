/**
 * [Note: Columns]
 * A case of a million messages as one object each would take over a gigabyte and stall the collector. Here each
 * field is one growable typed array, and text is UTF-8 in shared chunks. A row is only made for a row on screen.
 */

type TypedArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;
type TypedArrayOf<A extends TypedArray> = { new (length: number): A; readonly BYTES_PER_ELEMENT: number };

/** A typed array that grows by doubling. `view()` is valid until the next `push`. */
export class Column<A extends TypedArray> {
  readonly #make: TypedArrayOf<A>;
  #values: A;
  #length = 0;

  constructor(make: TypedArrayOf<A>, capacity = 1024) {
    this.#make = make;
    this.#values = new make(capacity);
  }

  get length(): number {
    return this.#length;
  }

  get sizeBytes(): number {
    return this.#values.byteLength;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#grow(this.#length + 1);
    this.#values[this.#length++] = value;
  }

  /** Appends all of `values`, which must fit the element type. */
  append(values: ArrayLike<number>): void {
    if (this.#length + values.length > this.#values.length) this.#grow(this.#length + values.length);
    this.#values.set(values, this.#length);
    this.#length += values.length;
  }

  /** `count` new rows to fill in place; the view is valid until the next `push`. */
  extend(count: number): A {
    const from = this.#length;
    if (from + count > this.#values.length) this.#grow(from + count);
    this.#length += count;
    return this.view(from);
  }

  /** Room for `rows` in all, so that rows known to come are not copied from one array to the next. */
  reserve(rows: number): void {
    if (rows > this.#values.length) this.#grow(rows);
  }

  at(row: number): number {
    return this.#values[row] as number;
  }

  set(row: number, value: number): void {
    this.#values[row] = value;
  }

  /** Drops rows from `length` on. */
  truncate(length: number): void {
    if (length < this.#length) this.#length = length;
  }

  /** The filled part, without a copy. */
  view(from = 0, to = this.#length): A {
    return this.#values.subarray(from, to) as A;
  }

  #grow(needed: number): void {
    const next = new this.#make(Math.max(needed, this.#values.length * 2));
    next.set(this.#values as ArrayLike<number>);
    this.#values = next;
  }
}

/** Chunks double from the first size to the last: a case has many columns of text, and most hold little. */
const FIRST_CHUNK_BYTES = 1 << 16;
const CHUNK_BYTES = 1 << 22;
/** Up to here a loop over the characters is faster than a call of the encoder (measured at 10 to 200 characters). */
const SHORT_TEXT = 128;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * One text a row, UTF-8. Lone surrogates, which UTF-8 cannot hold, become U+FFFD as TextEncoder does;
 * readers that meet them say so in a finding.
 */
export class TextColumn {
  readonly #chunks: Uint8Array[] = [new Uint8Array(FIRST_CHUNK_BYTES)];
  #used = 0;
  readonly #chunk = new Column(Uint16Array);
  readonly #start = new Column(Uint32Array);
  readonly #bytes = new Column(Uint32Array);

  get length(): number {
    return this.#bytes.length;
  }

  get sizeBytes(): number {
    let sum = this.#chunk.sizeBytes + this.#start.sizeBytes + this.#bytes.sizeBytes;
    for (const chunk of this.#chunks) sum += chunk.byteLength;
    return sum;
  }

  push(text: string): void {
    const { length } = text;
    // A UTF-16 unit takes at most three bytes of UTF-8.
    const chunk = this.#room(length * 3);
    const start = this.#used;
    if (length <= SHORT_TEXT) {
      let i = 0;
      for (; i < length; i++) {
        const unit = text.charCodeAt(i);
        if (unit >= 128) break;
        chunk[start + i] = unit;
      }
      if (i === length) return this.#seal(length);
    }
    this.#seal(encoder.encodeInto(text, chunk.subarray(start)).written);
  }

  /** Appends text that is UTF-8 already. */
  pushBytes(bytes: Uint8Array): void {
    this.#room(bytes.length).set(bytes, this.#used);
    this.#seal(bytes.length);
  }

  at(row: number): string {
    const bytes = this.#bytes.at(row);
    if (bytes === 0) return '';
    return decoder.decode(this.bytesAt(row));
  }

  /** The row's UTF-8 without a copy. */
  bytesAt(row: number): Uint8Array {
    const start = this.#start.at(row);
    return (this.#chunks[this.#chunk.at(row)] as Uint8Array).subarray(start, start + this.#bytes.at(row));
  }

  reserve(rows: number): void {
    this.#chunk.reserve(rows);
    this.#start.reserve(rows);
    this.#bytes.reserve(rows);
  }

  truncate(length: number): void {
    // Bytes of dropped rows stay unused until the column goes: rolling back an import is rare.
    this.#chunk.truncate(length);
    this.#start.truncate(length);
    this.#bytes.truncate(length);
  }

  /** Lengths and bytes of rows from..to, for a block on disk. */
  pack(from: number, to: number): { lengths: Uint32Array; bytes: Uint8Array } {
    const lengths = this.#bytes.view(from, to).slice();
    let total = 0;
    for (const length of lengths) total += length;
    const bytes = new Uint8Array(total);
    let at = 0;
    for (let row = from; row < to;) {
      // Rows that follow each other in one chunk are copied in one go.
      const chunk = this.#chunk.at(row);
      const start = this.#start.at(row);
      let end = start;
      for (; row < to && this.#chunk.at(row) === chunk && this.#start.at(row) === end; row++) end += this.#bytes.at(row);
      bytes.set((this.#chunks[chunk] as Uint8Array).subarray(start, end), at);
      at += end - start;
    }
    return { lengths, bytes };
  }

  /** Appends rows that `pack` wrote. */
  unpack(lengths: Uint32Array, bytes: Uint8Array): void {
    const rows = lengths.length;
    const starts = this.#start.extend(rows);
    const chunks = this.#chunk.extend(rows);
    this.#bytes.append(lengths);
    let at = 0;
    for (let row = 0; row < rows;) {
      // As many rows as the chunk still holds are copied in one go.
      const chunk = this.#room(lengths[row] as number);
      const first = this.#used;
      const firstRow = row;
      let used = first;
      for (; row < rows; row++) {
        const end = used + (lengths[row] as number);
        if (end > chunk.length) break;
        starts[row] = used;
        used = end;
      }
      chunks.fill(this.#chunks.length - 1, firstRow, row);
      chunk.set(bytes.subarray(at, at + used - first), first);
      at += used - first;
      this.#used = used;
    }
  }

  /** The chunk in which `bytes` fit from `#used` on. */
  #room(bytes: number): Uint8Array {
    const last = this.#chunks[this.#chunks.length - 1] as Uint8Array;
    if (this.#used + bytes <= last.length) return last;
    const next = new Uint8Array(Math.max(bytes, Math.min(CHUNK_BYTES, last.length * 2)));
    this.#chunks.push(next);
    this.#used = 0;
    return next;
  }

  #seal(written: number): void {
    this.#chunk.push(this.#chunks.length - 1);
    this.#start.push(this.#used);
    this.#bytes.push(written);
    this.#used += written;
  }
}

/** Distinct strings, each with a dense number in the order of first sight. */
export class Dictionary {
  readonly #numbers = new Map<string, number>();
  readonly #values: string[] = [];

  get length(): number {
    return this.#values.length;
  }

  number(value: string): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const next = this.#values.length;
    this.#numbers.set(value, next);
    this.#values.push(value);
    return next;
  }

  /** The number of a value that may be absent. */
  find(value: string): number | undefined {
    return this.#numbers.get(value);
  }

  at(number: number): string {
    return this.#values[number] as string;
  }

  values(): readonly string[] {
    return this.#values;
  }
}
