/**
 * The group in which identifiers are blinded: ristretto255 (RFC 9496), of prime order, where every 32-byte encoding that
 * is accepted is one element and no other, so that there is no small subgroup and no second spelling of a point.
 * Identifiers become elements by hashing (RFC 9380, ristretto255_XMD:SHA-512_R255MAP_RO_), never by a known multiple of a
 * generator, which would let anyone try guesses. The arithmetic is @noble/curves'; scalars run in its constant-time way.
 */
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import { Pace, type PaceOptions } from '../pace.ts';

export const POINT_BYTES = 32;
export const SESSION_BYTES = 16;
export type Bytes = Uint8Array<ArrayBuffer>;

const { Point } = ristretto255;
const DOMAIN = 'Skein-crosscase-v1-ristretto255_XMD:SHA-512_R255MAP_RO_';
const encoder = new TextEncoder();

/** A multiplier for one exchange, uniform and not 0. Little end first, as RFC 9496 writes scalars. */
export function newSecret(): Bytes {
  for (;;) {
    const wide = crypto.getRandomValues(new Uint8Array(64));
    // 512 bits make the remainder even to within 2^-259.
    const scalar = littleEndian(wide) % Point.Fn.ORDER;
    if (scalar !== 0n) return Uint8Array.from(Point.Fn.toBytes(scalar));
  }
}

/**
 * H(session, key) times the secret for each key, 32 bytes each. An empty key gives a random element: padding, which
 * nobody can tell from the others and which meets nothing.
 * @throws the signal's reason when aborted
 */
export async function blindKeys(
  session: Bytes,
  keys: readonly string[],
  secret: Bytes,
  options: PaceOptions = {}
): Promise<Bytes> {
  const scalar = Point.Fn.fromBytes(secret);
  const pace = new Pace(options);
  const points = new Uint8Array(keys.length * POINT_BYTES);
  for (const [i, key] of keys.entries()) {
    points.set(
      ristretto255_hasher.hashToCurve(messageOf(session, key), { DST: DOMAIN }).multiply(scalar).toBytes(),
      i * POINT_BYTES
    );
    if (pace.due()) await pace.breathe((i + 1) / keys.length);
  }
  return points;
}

/** A point that is no element of the group, or its neutral one. */
export class MalformedPoint extends Error {
  override readonly name = 'MalformedPoint';
}

/**
 * Each point times the secret, in the same order.
 * @throws MalformedPoint for bytes that are no canonical element or the neutral one; the signal's reason when aborted
 */
export async function raisePoints(points: Bytes, secret: Bytes, options: PaceOptions = {}): Promise<Bytes> {
  const scalar = Point.Fn.fromBytes(secret);
  const pace = new Pace(options);
  const raised = new Uint8Array(points.length);
  for (let at = 0; at < points.length; at += POINT_BYTES) {
    raised.set(pointAt(points, at).multiply(scalar).toBytes(), at);
    if (pace.due()) await pace.breathe((at + POINT_BYTES) / points.length);
  }
  return raised;
}

function pointAt(points: Bytes, at: number): InstanceType<typeof Point> {
  let point;
  try {
    point = Point.fromBytes(points.subarray(at, at + POINT_BYTES));
  } catch {
    throw new MalformedPoint(`Value ${at / POINT_BYTES + 1} is no element of the group.`);
  }
  if (point.is0()) throw new MalformedPoint(`Value ${at / POINT_BYTES + 1} is the neutral element.`);
  return point;
}

/** Padding gets 32 random bytes behind a mark that no key begins with. */
function messageOf(session: Bytes, key: string): Bytes {
  const body = key === '' ? crypto.getRandomValues(new Uint8Array(32)) : encoder.encode(key);
  const message = new Uint8Array(SESSION_BYTES + 1 + body.length);
  message.set(session);
  message[SESSION_BYTES] = key === '' ? 0 : 1;
  message.set(body, SESSION_BYTES + 1);
  return message;
}

function littleEndian(bytes: Bytes): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
  return value;
}
