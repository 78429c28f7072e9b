/** Collects the tokens of texts and makes a segment of them. See [Note: Segments]. */
import { Column } from '../../evidence/columns.ts';
import type { Segment } from './segment.ts';
import { TermTable } from './term-table.ts';
import type { TokenScanner } from './token-scanner.ts';

const LONGEST_ROW = 0xffff;
/** Most bytes of one varint. */
const VARINT_BYTES = 5;

export class SegmentBuilder {
  readonly #terms: TermTable;
  /** Term and position of each token, in the order of arrival. */
  #term = new Uint32Array(1 << 14);
  #position = new Uint32Array(1 << 14);
  #tokens = 0;
  readonly #key = new Column(Uint32Array);
  readonly #end = new Column(Uint32Array);
  readonly #length = new Column(Uint32Array);

  /** @param expectedTerms as many as the segment before had, where this one goes on with the same import. */
  constructor(expectedTerms = 0) {
    this.#terms = new TermTable(expectedTerms);
  }

  get rows(): number {
    return this.#key.length;
  }

  get tokens(): number {
    return this.#tokens;
  }

  /** Takes the tokens of the scanner's last text as the row `key`. Of two rows with one key the later counts. */
  add(key: number, scanner: TokenScanner): void {
    const { count, units, start, length, hash, position } = scanner;
    if (this.#tokens + count > this.#term.length) this.#grow(this.#tokens + count);
    const terms = this.#terms;
    const term = this.#term;
    const positions = this.#position;
    let at = this.#tokens;
    for (let i = 0; i < count; i++) {
      term[at] = terms.number(units, start[i]!, length[i]!, hash[i]!);
      positions[at++] = position[i]!;
    }
    this.#tokens = at;
    this.#key.push(key);
    this.#end.push(at);
    this.#length.push(Math.min(LONGEST_ROW, scanner.positions));
  }

  build(): Segment {
    const order = this.#rowOrder();
    const { ends, tokens } = this.#gather(order);
    return {
      ...this.#encode(ends, tokens),
      rowKey: order.map((row) => this.#key.at(row)),
      rowLength: Uint16Array.from(order, (row) => this.#length.at(row))
    };
  }

  /** Rows by key, the last of each key only. */
  #rowOrder(): Uint32Array {
    const key = this.#key.view();
    const order = new Uint32Array(key.length);
    let isAscending = true;
    for (let row = 0; row < key.length; row++) {
      order[row] = row;
      if (row > 0 && key[row]! <= key[row - 1]!) isAscending = false;
    }
    if (isAscending) return order;
    order.sort((a, b) => key[a]! - key[b]! || a - b);
    return order.filter((row, i) => i + 1 === order.length || key[order[i + 1]!] !== key[row]);
  }

  /**
   * Tokens gathered by term, in row order: term t has those from ends[t - 1] to ends[t], each an ordinal and a
   * position side by side. One scattered pass here is what lets the encoding run straight through memory.
   */
  #gather(order: Uint32Array): { ends: Uint32Array; tokens: Uint32Array } {
    const term = this.#term;
    const position = this.#position;
    const end = this.#end.view();
    const at = new Uint32Array(this.#terms.count + 1);
    for (let ordinal = 0; ordinal < order.length; ordinal++) {
      const row = order[ordinal]!;
      for (let i = row === 0 ? 0 : end[row - 1]!; i < end[row]!; i++) at[term[i]! + 1]!++;
    }
    for (let t = 0; t < at.length - 1; t++) at[t + 1]! += at[t]!;
    const tokens = new Uint32Array(at[at.length - 1]! * 2);
    for (let ordinal = 0; ordinal < order.length; ordinal++) {
      const row = order[ordinal]!;
      for (let i = row === 0 ? 0 : end[row - 1]!; i < end[row]!; i++) {
        const place = at[term[i]!]!++;
        tokens[place * 2] = ordinal;
        tokens[place * 2 + 1] = position[i]!;
      }
    }
    // Each start has moved to its end.
    return { ends: at, tokens };
  }

  #encode(ends: Uint32Array, tokens: Uint32Array): Omit<Segment, 'rowKey' | 'rowLength'> {
    const sorted = this.#sortedTerms(ends);
    const { units, start } = this.#terms;
    const V = sorted.length;
    const termStart = new Uint32Array(V + 1);
    const frequency = new Uint32Array(V);
    const rowsStart = new Uint32Array(V + 1);
    const positionsStart = new Uint32Array(V + 1);
    const termUnits = new Uint16Array(start[this.#terms.count] ?? 0);
    let rows = new Uint8Array(tokens.length + VARINT_BYTES);
    let places = new Uint8Array(tokens.length + VARINT_BYTES);
    let rowsAt = 0;
    let placesAt = 0;
    for (let rank = 0; rank < V; rank++) {
      const term = sorted[rank]!;
      const from = term === 0 ? 0 : ends[term - 1]!;
      const to = ends[term]!;
      rows = roomy(rows, rowsAt + (to - from) * VARINT_BYTES);
      places = roomy(places, placesAt + (to - from) * VARINT_BYTES);
      let last = -1;
      let lastPosition = 0;
      let count = 0;
      for (let i = from; i < to; i++) {
        const ordinal = tokens[i * 2]!;
        const position = tokens[i * 2 + 1]!;
        if (ordinal === last) placesAt = putVarint(places, placesAt, (position - lastPosition) * 2);
        else {
          rowsAt = putVarint(rows, rowsAt, ordinal - last - 1);
          placesAt = putVarint(places, placesAt, position * 2 + 1);
          last = ordinal;
          count++;
        }
        lastPosition = position;
      }
      // Unit by unit: terms are short, and a view for each of a hundred thousand costs more than all of their units.
      let unitAt = termStart[rank]!;
      for (let k = start[term]!; k < start[term + 1]!; k++) termUnits[unitAt++] = units[k]!;
      termStart[rank + 1] = unitAt;
      frequency[rank] = count;
      rowsStart[rank + 1] = rowsAt;
      positionsStart[rank + 1] = placesAt;
    }
    return {
      termUnits: termUnits.slice(0, termStart[V]!),
      termStart,
      frequency,
      rowsStart,
      rows: rows.slice(0, rowsAt),
      positionsStart,
      positions: places.slice(0, placesAt)
    };
  }

  /** Terms in order, without those that only replaced rows held. */
  #sortedTerms(ends: Uint32Array): Uint32Array {
    return this.#terms.sorted().filter((term) => ends[term]! > (term === 0 ? 0 : ends[term - 1]!));
  }

  #grow(needed: number): void {
    const size = Math.max(needed, this.#term.length * 2);
    const term = new Uint32Array(size);
    term.set(this.#term);
    this.#term = term;
    const position = new Uint32Array(size);
    position.set(this.#position);
    this.#position = position;
  }
}

function roomy(bytes: Uint8Array<ArrayBuffer>, needed: number): Uint8Array<ArrayBuffer> {
  if (needed <= bytes.length) return bytes;
  const next = new Uint8Array(needed * 2);
  next.set(bytes);
  return next;
}

/** Writes a varint and gives the place after it. */
export function putVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  while (rest > 127) {
    bytes[at++] = (rest & 127) | 128;
    rest = rest >>> 7;
  }
  bytes[at++] = rest;
  return at;
}
