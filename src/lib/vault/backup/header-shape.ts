/** The header of a case file as it is read: a file from outside says nothing that is believed before it was looked at. */
import * as v from 'valibot';
import { fromHex } from '../audit/merkle.ts';
import type { FileHeader } from './layout.ts';

const bytes = (least: number, most: number) =>
  v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2})+$/), v.minLength(least * 2), v.maxLength(most * 2), v.transform(fromHex));
const name = v.pipe(v.string(), v.maxLength(200));
const id = v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,64}$/));

/** Bounds on what a file may let this device do: deriving must not take a gigabyte or an hour. */
const derivation = v.variant('name', [
  v.object({
    name: v.literal('argon2id'),
    memoryKiB: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(262_144)),
    passes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(32)),
    lanes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4))
  }),
  v.object({
    name: v.literal('pbkdf2-sha256'),
    rounds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000))
  }),
  v.object({ name: v.literal('hkdf-sha256') })
]);

const slot = v.object({
  version: v.picklist([1, 2]),
  id,
  kind: v.picklist(['passphrase', 'supervisor', 'recovery', 'passkey']),
  name,
  derivation,
  salt: bytes(16, 64),
  nonce: bytes(12, 12),
  wrapped: bytes(48, 48),
  credential: v.exactOptional(bytes(1, 1_023))
});

const header = v.object({
  fileId: id,
  kind: v.picklist(['case', 'subset']),
  caseId: id,
  madeAt: v.pipe(v.string(), v.maxLength(40)),
  build: v.pipe(v.string(), v.maxLength(64)),
  caseSlots: v.pipe(v.array(slot), v.maxLength(64)),
  byCase: v.nullable(v.object({ nonce: bytes(12, 12), wrapped: bytes(48, 48) })),
  fileSlots: v.pipe(v.array(slot), v.maxLength(64))
});

/** Null for anything that is no header. */
export function readHeader(text: string): FileHeader | null {
  try {
    const read = v.safeParse(header, JSON.parse(text));
    return read.success ? read.output : null;
  } catch {
    // No JSON.
    return null;
  }
}
