/** Rows of a segment where words stand in a given order. */
import type { PhraseElement } from './query.ts';
import { findTerm, ordinalsOf, positionsOf, prefixRange, type Segment } from './segment.ts';

/** Ordinals, ascending, of the rows where every element stands at its offset from the first. */
export function phraseRows(segment: Segment, elements: readonly PhraseElement[]): Uint32Array {
  const wanted = elements.map((element) => ({ element, terms: termsOf(segment, element) }));
  if (wanted.some(({ terms }) => terms.length === 0)) return new Uint32Array();
  const cost = (terms: readonly number[]): number => terms.reduce((sum, term) => sum + segment.frequency[term]!, 0);
  wanted.sort((a, b) => cost(a.terms) - cost(b.terms));
  // Words alone first: positions are read only for rows that hold them all.
  let rows: Uint32Array | null = null;
  for (const { terms } of wanted) {
    const found = unionOf(terms.map((term) => ordinalsOf(segment, term)));
    rows = rows === null ? found : intersection(rows, found);
    if (rows.length === 0) return rows;
  }
  let places: Float64Array | null = null;
  for (const { element, terms } of wanted) {
    const found = placesOf(segment, terms, element.offset, rows as Uint32Array);
    places = places === null ? found : intersection(places, found);
    if (places.length === 0) break;
  }
  const ordinals: number[] = [];
  for (const place of places ?? []) {
    const ordinal = Math.floor(place / PLACES);
    if (ordinals[ordinals.length - 1] !== ordinal) ordinals.push(ordinal);
  }
  return Uint32Array.from(ordinals);
}

/** A place is ordinal * PLACES + position of the phrase's first word + OFFSET: exact in a double up to 2^53. */
const PLACES = 2 ** 22;
const OFFSET = 1024;

function termsOf(segment: Segment, element: PhraseElement): number[] {
  if (!element.isPrefix) {
    const term = findTerm(segment, element.text);
    return term < 0 ? [] : [term];
  }
  const [from, to] = prefixRange(segment, element.text);
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/** Places of the phrase's beginning that some term at `offset` allows, ascending, in the given rows only. */
function placesOf(segment: Segment, terms: readonly number[], offset: number, rows: Uint32Array): Float64Array {
  const lists: Float64Array[] = [];
  for (const term of terms) {
    const ordinals = ordinalsOf(segment, term);
    const { ends, values } = positionsOf(segment, term);
    const places = new Float64Array(values.length);
    let n = 0;
    let r = 0;
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i]!;
      while (r < rows.length && rows[r]! < ordinal) r++;
      if (r === rows.length) break;
      if (rows[r] !== ordinal) continue;
      for (let k = i === 0 ? 0 : ends[i - 1]!; k < ends[i]!; k++) {
        if (values[k]! >= offset) places[n++] = ordinal * PLACES + Math.min(values[k]! - offset + OFFSET, PLACES - 1);
      }
    }
    lists.push(places.subarray(0, n));
  }
  return unionOf(lists);
}

function unionOf<A extends Uint32Array | Float64Array>(lists: readonly A[]): A {
  if (lists.length === 1) return lists[0] as A;
  let length = 0;
  for (const list of lists) length += list.length;
  const all = (lists[0] instanceof Float64Array ? new Float64Array(length) : new Uint32Array(length)) as A;
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  all.sort();
  let n = 0;
  for (let i = 0; i < length; i++) if (i === 0 || all[i] !== all[i - 1]) all[n++] = all[i]!;
  return all.subarray(0, n) as A;
}

function intersection<A extends Uint32Array | Float64Array>(a: A, b: A): A {
  const shared = (
    a instanceof Float64Array ? new Float64Array(Math.min(a.length, b.length)) : new Uint32Array(Math.min(a.length, b.length))
  ) as A;
  let n = 0;
  let j = 0;
  for (let i = 0; i < a.length && j < b.length; i++) {
    while (j < b.length && b[j]! < a[i]!) j++;
    if (j < b.length && b[j] === a[i] && (n === 0 || shared[n - 1] !== a[i])) shared[n++] = a[i]!;
  }
  return shared.subarray(0, n) as A;
}
