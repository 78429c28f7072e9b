/**
 * The steps of the exchange, without files, storage or workers; what they promise and what they leak stands in README.md.
 * Lists of points are 32 bytes each. A list that was blinded once is in the order of its bytes, which says nothing of
 * the identifiers; a list that the other side raised comes back in the order in which it went out.
 */
import { POINT_BYTES, type Bytes } from './group.ts';

/** Sizes that leave a device: a set is filled up to the next of them, so that its own size stays here. */
const SMALLEST_BUCKET = 256;
/** The largest set on either side. A dishonest partner has so many guesses in one exchange and no more. */
export const MOST_IDENTIFIERS = 16_384;

/** Where points are made: in workers, or in this thread. Progress is the share done, 0..1. */
export interface Blinder {
  blind(session: Bytes, keys: readonly string[], secret: Bytes, onProgress: (share: number) => void): Promise<Bytes>;
  /** @throws an error named MalformedPoint */
  raise(points: Bytes, secret: Bytes, onProgress: (share: number) => void): Promise<Bytes>;
}

/** A set as it goes out: points in the order of their bytes, and the key behind each, '' for padding. */
export interface BlindedSet {
  readonly points: Bytes;
  readonly keys: readonly string[];
}

export function bucketOf(count: number): number {
  let bucket = SMALLEST_BUCKET;
  while (bucket < count) bucket *= 2;
  return bucket;
}

export function isBucket(count: number): boolean {
  return count >= SMALLEST_BUCKET && count <= MOST_IDENTIFIERS && bucketOf(count) === count;
}

/** Hashes, blinds, fills up and orders a set. @throws RangeError where it is larger than MOST_IDENTIFIERS */
export async function blindedSet(
  blinder: Blinder,
  session: Bytes,
  keys: readonly string[],
  secret: Bytes,
  onProgress: (share: number) => void
): Promise<BlindedSet> {
  const distinct = [...new Set(keys)];
  if (distinct.length > MOST_IDENTIFIERS) throw new RangeError(`A set may have ${MOST_IDENTIFIERS} identifiers.`);
  const padded = [...distinct, ...Array.from({ length: bucketOf(distinct.length) - distinct.length }, () => '')];
  const points = await blinder.blind(session, padded, secret, onProgress);
  const order = padded.map((_, i) => i).sort((x, y) => comparePoints(points, x, y));
  const sorted = new Uint8Array(points.length);
  for (const [to, from] of order.entries()) sorted.set(pointOf(points, from), to * POINT_BYTES);
  return { points: sorted, keys: order.map((i) => padded[i]!) };
}

/** Keys of a set whose twice raised points are among those of the other set. In the order of the keys. */
export function commonKeys(keys: readonly string[], raised: Bytes, others: Bytes): string[] {
  const held = new Set<string>();
  for (let i = 0; i * POINT_BYTES < others.length; i++) held.add(nameOf(others, i));
  return keys.filter((key, i) => key !== '' && held.has(nameOf(raised, i))).sort();
}

/** A list as it must come from the other side when it was blinded once. */
export function isStrictlyOrdered(points: Bytes): boolean {
  for (let i = 1; i * POINT_BYTES < points.length; i++) if (comparePoints(points, i - 1, i) >= 0) return false;
  return true;
}

/** No point twice: raising keeps what differs apart. */
export function areDistinct(points: Bytes): boolean {
  const seen = new Set<string>();
  for (let i = 0; i * POINT_BYTES < points.length; i++) seen.add(nameOf(points, i));
  return seen.size * POINT_BYTES === points.length;
}

function pointOf(points: Bytes, i: number): Bytes {
  return points.subarray(i * POINT_BYTES, (i + 1) * POINT_BYTES);
}

/** One character a byte: a name that equals another exactly where the points do. */
function nameOf(points: Bytes, i: number): string {
  return String.fromCharCode(...pointOf(points, i));
}

function comparePoints(points: Bytes, x: number, y: number): number {
  for (let i = 0; i < POINT_BYTES; i++) {
    const by = points[x * POINT_BYTES + i]! - points[y * POINT_BYTES + i]!;
    if (by !== 0) return by;
  }
  return 0;
}
