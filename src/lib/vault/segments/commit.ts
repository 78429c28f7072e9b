/**
 * A commit of a block that lies in a segment, and the journal of them: one line a commit, its check sum before it, so
 * that a line that a crash or the disk cut is seen and the others still count.
 */
import { isHex, toHex } from '../audit/merkle.ts';
import type { CommitRecord } from '../schema.ts';

/** Where a block lies and how it was sealed, beside what every commit says. */
export interface SegmentCommit extends CommitRecord {
  readonly segment: number;
  /** First byte in the segment, and bytes of ciphertext. */
  readonly offset: number;
  readonly length: number;
  readonly nonceHex: string;
  readonly isDeflated: boolean;
  /** SHA-256 over the root before, the number and `sha256Hex`: one value for all commits so far. */
  readonly root: string;
}

export const isSegmentCommit = (commit: CommitRecord): commit is SegmentCommit => 'segment' in commit;

export async function rootAfter(before: string, seq: number, blockHex: string): Promise<string> {
  const text = new TextEncoder().encode(`skein root|${before}|${seq}|${blockHex}`);
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', text)));
}

const HASH_BYTES = 32;
const NONCE_BYTES = 12;

/**
 * False for a record that was changed in its place: one that does not say where its block lies, or whose hashes or nonce
 * are no hex. No block can be opened by it: where no other head has a sound one, its block is named as missing.
 */
export function isSoundCommit(commit: SegmentCommit): boolean {
  const { seq, segment, offset, length, sha256Hex, previous, nonceHex, root } = commit;
  const isPlaced = [segment, offset, length].every((one) => Number.isSafeInteger(one) && one >= 0);
  const isHashed = isHex(sha256Hex, HASH_BYTES) && isHex(root, HASH_BYTES) && isHex(nonceHex, NONCE_BYTES);
  return Number.isSafeInteger(seq) && seq > 0 && isPlaced && isHashed && (previous === '' || isHex(previous, HASH_BYTES));
}

/** One line with its check sum: `crc32 text`, without a line break inside. */
export function checkedLine(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text);
  return new TextEncoder().encode(`${crc32(bytes).toString(16).padStart(8, '0')} ${text}\n`);
}

/** Texts of the lines that are as they were written; others are passed over. */
export function checkedTexts(bytes: Uint8Array): string[] {
  const texts: string[] = [];
  for (let from = 0, to = bytes.indexOf(0x0a); to >= 0; from = to + 1, to = bytes.indexOf(0x0a, from)) {
    const line = bytes.subarray(from, to);
    const sum = Number.parseInt(String.fromCharCode(...line.subarray(0, 8)), 16);
    const body = line.subarray(9);
    if (line.length > 9 && line[8] === 0x20 && sum === crc32(body)) texts.push(new TextDecoder().decode(body));
  }
  return texts;
}

export const journalLine = (commit: SegmentCommit): Uint8Array<ArrayBuffer> => checkedLine(JSON.stringify(commit));

/**
 * @returns isClean false where anything stands between the lines or after them: the next line would grow onto it; and
 * where a line has its check sum and is no commit all the same
 */
export function journalCommits(bytes: Uint8Array): { readonly commits: SegmentCommit[]; readonly isClean: boolean } {
  const texts = checkedTexts(bytes);
  const commits = texts.flatMap(commitOf);
  const breaks = bytes.reduce((count, byte) => (byte === 0x0a ? count + 1 : count), 0);
  const isClean = breaks === commits.length && (bytes.length === 0 || bytes.at(-1) === 0x0a);
  return { commits, isClean };
}

function commitOf(text: string): SegmentCommit[] {
  try {
    const commit = JSON.parse(text) as SegmentCommit;
    return isSoundCommit(commit) ? [commit] : [];
  } catch (error) {
    // Somebody else's line, with a check sum of its own; `null` has no fields either.
    if (error instanceof SyntaxError || error instanceof TypeError) return [];
    throw error;
  }
}

/** As in zip, gzip and PNG (ISO 3309). */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (CRC_TABLE[(sum ^ byte) & 0xff] as number) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
