/**
 * [Note: Parity]
 * Sixteen blocks in a row are a group; their exclusive or, each padded with zeros to the longest, stands in one file.
 * Any one of them is then the others and the parity put together. The sixteen lie in sixteen segments, so that a segment
 * that is cut short or gone costs one block a group, which comes back. A block that was put together counts only where it
 * has the hash that its commit says. Parity has a check of its own all the same: bytes of it that went bad would be found
 * only when they are needed, so each opening that writes holds them against it and makes a bad group anew.
 * A stop between a group's bytes and its header leaves bytes of more blocks than the header says. So the header's count is
 * only where a search begins: each count is tried, and the hash decides.
 * Of several damaged blocks of a group one may still come back: damage beyond a shorter block's length does not touch it.
 * Then the others are tried again with it, so that one opening mends all that any number of openings would.
 */
import { toHex } from '../audit/merkle.ts';
import type { SegmentCommit } from './commit.ts';
import type { SegmentFile } from './ports.ts';

export const GROUP = 16;
/** Before each group's bytes: a mark, how many blocks went in, and three bytes of the bytes' SHA-256. */
const HEADER_BYTES = 8;
const MAGIC = 0x31504b53;

type Commits = readonly (SegmentCommit | undefined)[];
type ReadBlock = (commit: SegmentCommit) => Promise<Uint8Array<ArrayBuffer>>;

export const groupOf = (seq: number): number => Math.floor((seq - 1) / GROUP);
export const segmentOf = (seq: number): number => (seq - 1) % GROUP;

/** Commits of a group; undefined where one of them, or its length, is not known. */
function membersOf(commits: Commits, group: number): SegmentCommit[] | undefined {
  const members = commits.slice(group * GROUP, (group + 1) * GROUP);
  // A length that was changed in its place is as good as none: all that lies behind it would be sought elsewhere.
  const isKnown = (commit: SegmentCommit | undefined): commit is SegmentCommit =>
    commit !== undefined && Number.isSafeInteger(commit.length) && commit.length >= 0;
  return members.every(isKnown) ? members : undefined;
}

const longest = (members: readonly SegmentCommit[]): number => members.reduce((most, { length }) => Math.max(most, length), 0);

/** Where a group's header stands; undefined where a length before it is not known. */
export function parityStart(commits: Commits, group: number): number | undefined {
  let at = 0;
  for (let before = 0; before < group; before++) {
    const members = membersOf(commits, before);
    if (members === undefined) return undefined;
    at += HEADER_BYTES + longest(members);
  }
  return at;
}

export function xorInto(sum: Uint8Array, bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i++) sum[i] = (sum[i] as number) ^ (bytes[i] as number);
}

interface Header {
  /** Blocks that the group's parity was made of; 0 where there is none or it cannot be read. */
  readonly covers: number;
  readonly check: number;
}

async function headerAt(file: SegmentFile, start: number): Promise<Header> {
  const bytes = await file.read(start, HEADER_BYTES);
  if (bytes.length < HEADER_BYTES) return { covers: 0, check: 0 };
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const rest = view.getUint32(4, true);
  return view.getUint32(0, true) === MAGIC ? { covers: rest & 0xff, check: rest >>> 8 } : { covers: 0, check: 0 };
}

/** Enough against what goes bad by itself: one in sixteen million is not seen. */
async function checkOf(sum: Uint8Array<ArrayBuffer>): Promise<number> {
  const digest = new DataView(await crypto.subtle.digest('SHA-256', sum));
  return digest.getUint32(0, true) >>> 8;
}

async function writeHeader(file: SegmentFile, start: number, covers: number, sum: Uint8Array<ArrayBuffer>): Promise<void> {
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  header.setUint32(0, MAGIC, true);
  header.setUint32(4, covers + (await checkOf(sum)) * 0x100, true);
  await file.write(new Uint8Array(header.buffer), start);
}

/** Adds the newest block to its group. The header comes last: until then the group counts one block less, and is made anew. */
export async function addToParity(file: SegmentFile, commits: Commits, seq: number, bytes: Uint8Array): Promise<void> {
  const group = groupOf(seq);
  const start = parityStart(commits, group);
  const members = membersOf(commits, group);
  if (start === undefined || members === undefined) return;
  const place = segmentOf(seq);
  if (place === 0) await file.truncate(start);
  else if ((await headerAt(file, start)).covers !== place) throw new Error('The parity of this group lags.');
  const before = longest(members.slice(0, place));
  const sum = new Uint8Array(Math.max(before, bytes.length));
  // Not further than the blocks before it: what a longer one left there that was never committed is no parity.
  sum.set(await file.read(start + HEADER_BYTES, before));
  xorInto(sum, bytes);
  await file.write(sum.subarray(0, bytes.length), start + HEADER_BYTES);
  await writeHeader(file, start, place + 1, sum);
}

/** Groups whose parity is missing, older than their blocks, or not what was written. */
export async function staleGroups(file: SegmentFile, commits: Commits): Promise<number[]> {
  const stale: number[] = [];
  let start = 0;
  for (let group = 0; group * GROUP < commits.length; group++) {
    const members = membersOf(commits, group);
    if (members === undefined) break;
    const length = longest(members);
    const { covers, check } = await headerAt(file, start);
    const sum = covers === members.length ? await file.read(start + HEADER_BYTES, length) : null;
    if (sum === null || sum.length < length || (await checkOf(sum)) !== check) stale.push(group);
    start += HEADER_BYTES + length;
  }
  return stale;
}

/** Makes a group's parity anew from its blocks. */
export async function makeParity(file: SegmentFile, commits: Commits, group: number, read: ReadBlock): Promise<void> {
  const members = membersOf(commits, group);
  const start = parityStart(commits, group);
  if (members === undefined || start === undefined) return;
  const sum = new Uint8Array(longest(members));
  for (const commit of members) xorInto(sum, await read(commit));
  await file.write(sum, start + HEADER_BYTES);
  await writeHeader(file, start, members.length, sum);
}

/** Whether these are the bytes that the commit was made of. */
export async function isSound({ sha256Hex }: SegmentCommit, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) === sha256Hex;
}

/** The bytes that a block had, with whatever else of its group comes back; null where parity cannot say. */
export async function mended(
  file: SegmentFile,
  commits: Commits,
  seq: number,
  read: ReadBlock
): Promise<Uint8Array<ArrayBuffer> | null> {
  const members = membersOf(commits, groupOf(seq));
  const start = parityStart(commits, groupOf(seq));
  if (members === undefined || start === undefined) return null;
  const parity: Parity = { members, covers: (await headerAt(file, start)).covers, sum: new Uint8Array(longest(members)) };
  parity.sum.set(await file.read(start + HEADER_BYTES, parity.sum.length));
  const wanted = members[segmentOf(seq)] as SegmentCommit;
  const alone = await fromParity(parity, wanted, read);
  if (alone !== null) return alone;
  const held = new Map<number, Uint8Array<ArrayBuffer>>();
  const damaged = new Set<SegmentCommit>();
  for (const commit of members) {
    const bytes = await read(commit);
    held.set(commit.seq, bytes);
    if (!(await isSound(commit, bytes))) damaged.add(commit);
  }
  const readHeld: ReadBlock = async (commit) => held.get(commit.seq) ?? read(commit);
  for (let left = Number.POSITIVE_INFINITY; damaged.size < left;) {
    left = damaged.size;
    for (const commit of damaged) {
      const bytes = await fromParity(parity, commit, readHeld);
      if (bytes === null) continue;
      if (commit.seq === seq) return bytes;
      held.set(commit.seq, bytes);
      damaged.delete(commit);
    }
  }
  return null;
}

interface Parity {
  readonly members: readonly SegmentCommit[];
  /** What the header says went in. */
  readonly covers: number;
  readonly sum: Uint8Array<ArrayBuffer>;
}

/** The bytes that a block had, going by the others of its group; null where no count of them gives its hash. */
async function fromParity(
  { members, covers, sum: parity }: Parity,
  wanted: SegmentCommit,
  read: ReadBlock
): Promise<Uint8Array<ArrayBuffer> | null> {
  const sum = parity.slice();
  let went = 0;
  const counts = [covers, ...members.map((_, i) => i + 1)].filter((count) => count > segmentOf(wanted.seq));
  for (const count of counts.filter((one, i) => one <= members.length && counts.indexOf(one) === i)) {
    // From one count to the next only the blocks between them go in, or out again.
    for (const commit of members.slice(Math.min(went, count), Math.max(went, count)))
      if (commit.seq !== wanted.seq) xorInto(sum, await read(commit));
    went = count;
    const bytes = sum.slice(0, wanted.length);
    if (await isSound(wanted, bytes)) return bytes;
  }
  return null;
}
