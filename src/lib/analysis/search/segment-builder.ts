/** Collects the tokens of texts and makes a segment of them. See [Note: Segments]. */
import { Column } from '../../evidence/columns.ts';
import type { Segment } from './segment.ts';
import { TermTable } from './term-table.ts';
import type { TokenScanner } from './token-scanner.ts';

const LONGEST_ROW = 0xffff;

const varintBytes = (value: number): number =>
  value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5;

export class SegmentBuilder {
  readonly #terms = new TermTable();
  readonly #term = new Column(Uint32Array, 1 << 14);
  readonly #position = new Column(Uint32Array, 1 << 14);
  readonly #key = new Column(Uint32Array);
  readonly #end = new Column(Uint32Array);
  readonly #length = new Column(Uint32Array);

  get rows(): number {
    return this.#key.length;
  }

  get tokens(): number {
    return this.#term.length;
  }

  /** Takes the tokens of the scanner's last text as the row `key`. Of two rows with one key the later counts. */
  add(key: number, scanner: TokenScanner): void {
    for (let i = 0; i < scanner.count; i++) {
      this.#term.push(this.#terms.number(scanner.units, scanner.start[i]!, scanner.length[i]!, scanner.hash[i]!));
      this.#position.push(scanner.position[i]!);
    }
    this.#key.push(key);
    this.#end.push(this.#term.length);
    this.#length.push(Math.min(LONGEST_ROW, scanner.positions));
  }

  build(): Segment {
    const order = this.#rowOrder();
    const terms = this.#terms;
    const V = terms.count;
    const sorted = terms.sorted();
    const { frequency, rowsBytes, positionsBytes } = this.#measure(order, V);
    const termStart = new Uint32Array(V + 1);
    const rowsStart = new Uint32Array(V + 1);
    const positionsStart = new Uint32Array(V + 1);
    const frequencySorted = new Uint32Array(V);
    for (let rank = 0; rank < V; rank++) {
      const term = sorted[rank]!;
      termStart[rank + 1] = termStart[rank]! + terms.start[term + 1]! - terms.start[term]!;
      rowsStart[rank + 1] = rowsStart[rank]! + rowsBytes[term]!;
      positionsStart[rank + 1] = positionsStart[rank]! + positionsBytes[term]!;
      frequencySorted[rank] = frequency[term]!;
      // From here on the sizes are the places to write to.
      rowsBytes[term] = rowsStart[rank]!;
      positionsBytes[term] = positionsStart[rank]!;
    }
    const termUnits = new Uint16Array(termStart[V]!);
    for (let rank = 0; rank < V; rank++) {
      const term = sorted[rank]!;
      termUnits.set(terms.units.subarray(terms.start[term]!, terms.start[term + 1]!), termStart[rank]!);
    }
    const rows = new Uint8Array(rowsStart[V]!);
    const positions = new Uint8Array(positionsStart[V]!);
    this.#write(order, V, rows, rowsBytes, positions, positionsBytes);
    return {
      termUnits,
      termStart,
      frequency: frequencySorted,
      rowsStart,
      rows,
      positionsStart,
      positions,
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

  #measure(order: Uint32Array, V: number): { frequency: Uint32Array; rowsBytes: Uint32Array; positionsBytes: Uint32Array } {
    const [term, position, end] = [this.#term.view(), this.#position.view(), this.#end.view()];
    const frequency = new Uint32Array(V);
    const rowsBytes = new Uint32Array(V);
    const positionsBytes = new Uint32Array(V);
    const lastRow = new Int32Array(V).fill(-1);
    const lastPosition = new Uint32Array(V);
    for (let ordinal = 0; ordinal < order.length; ordinal++) {
      const row = order[ordinal]!;
      for (let i = row === 0 ? 0 : end[row - 1]!; i < end[row]!; i++) {
        const t = term[i]!;
        const p = position[i]!;
        if (lastRow[t] === ordinal) positionsBytes[t]! += varintBytes((p - lastPosition[t]!) * 2);
        else {
          rowsBytes[t]! += varintBytes(ordinal - lastRow[t]! - 1);
          positionsBytes[t]! += varintBytes(p * 2 + 1);
          frequency[t]!++;
          lastRow[t] = ordinal;
        }
        lastPosition[t] = p;
      }
    }
    return { frequency, rowsBytes, positionsBytes };
  }

  #write(
    order: Uint32Array,
    V: number,
    rows: Uint8Array,
    rowsAt: Uint32Array,
    positions: Uint8Array,
    positionsAt: Uint32Array
  ): void {
    const [term, position, end] = [this.#term.view(), this.#position.view(), this.#end.view()];
    const lastRow = new Int32Array(V).fill(-1);
    const lastPosition = new Uint32Array(V);
    for (let ordinal = 0; ordinal < order.length; ordinal++) {
      const row = order[ordinal]!;
      for (let i = row === 0 ? 0 : end[row - 1]!; i < end[row]!; i++) {
        const t = term[i]!;
        const p = position[i]!;
        let coded = p * 2 + 1;
        if (lastRow[t] === ordinal) coded = (p - lastPosition[t]!) * 2;
        else {
          rowsAt[t] = putVarint(rows, rowsAt[t]!, ordinal - lastRow[t]! - 1);
          lastRow[t] = ordinal;
        }
        positionsAt[t] = putVarint(positions, positionsAt[t]!, coded);
        lastPosition[t] = p;
      }
    }
  }
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
