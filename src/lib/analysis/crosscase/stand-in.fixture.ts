/**
 * A blinder for tests of the steps: hashes to numbers below 2^255 - 19 and multiplies there, which commutes and keeps
 * what differs apart as the real group does, in a thousandth of the time. It hides nothing.
 */
import { POINT_BYTES, type Bytes } from './group.ts';
import type { Blinder } from './protocol.ts';

const PRIME = 2n ** 255n - 19n;

export const standIn: Blinder = {
  async blind(session, keys, secret) {
    const points = new Uint8Array(keys.length * POINT_BYTES);
    for (const [i, key] of keys.entries()) {
      const body = key === '' ? crypto.getRandomValues(new Uint8Array(32)) : new TextEncoder().encode(key);
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array([...session, ...body])));
      points.set(bytesOf((numberOf(hash) * numberOf(secret)) % PRIME), i * POINT_BYTES);
    }
    return points;
  },
  async raise(points, secret) {
    const raised = new Uint8Array(points.length);
    for (let at = 0; at < points.length; at += POINT_BYTES)
      raised.set(bytesOf((numberOf(points.slice(at, at + POINT_BYTES)) * numberOf(secret)) % PRIME), at);
    return raised;
  }
};

const numberOf = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`);

function bytesOf(value: bigint): Bytes {
  const text = value.toString(16).padStart(64, '0');
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
