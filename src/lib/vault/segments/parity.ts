/**
 * [Note: Parity]
 * Sixteen blocks in a row are a group; their exclusive or, each padded with zeros to the longest, stands in one file.
 * Any one of them is then the others and the parity put together. The sixteen lie in sixteen segments, so that a segment
 * that is cut short or gone costs one block a group, which comes back. Parity needs no check of its own: a block that
 * was put together counts only where it has the hash that its commit says.
 * Of several damaged blocks of a group one may still come back: damage beyond a shorter block's length does not touch it.
 * Then the others are tried again with it, so that one opening mends all that any number of openings would.
 */
import { toHex } from '../audit/merkle.ts';
import type { SegmentCommit } from './commit.ts';
import type { SegmentFile } from './ports.ts';

export const GROUP = 16;
/** Before each group's bytes: a mark and how many blocks went in. */
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

/** Blocks that the group's parity was made of; 0 where there is none or it cannot be read. */
async function covered(file: SegmentFile, start: number): Promise<number> {
  const bytes = await file.read(start, HEADER_BYTES);
  if (bytes.length < HEADER_BYTES) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return view.getUint32(0, true) === MAGIC ? view.getUint32(4, true) : 0;
}

async function writeHeader(file: SegmentFile, start: number, covers: number): Promise<void> {
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  header.setUint32(0, MAGIC, true);
  header.setUint32(4, covers, true);
  await file.write(new Uint8Array(header.buffer), start);
}

/** Adds the newest block to its group. The header comes last: until then the group counts one block less, and is made anew. */
export async function addToParity(file: SegmentFile, commits: Commits, seq: number, bytes: Uint8Array): Promise<void> {
  const group = groupOf(seq);
  const start = parityStart(commits, group);
  if (start === undefined) return;
  const place = segmentOf(seq);
  if (place === 0) await file.truncate(start);
  else if ((await covered(file, start)) !== place) throw new Error('The parity of this group lags.');
  const sum = new Uint8Array(bytes.length);
  if (place > 0) sum.set(await file.read(start + HEADER_BYTES, bytes.length));
  xorInto(sum, bytes);
  await file.write(sum, start + HEADER_BYTES);
  await writeHeader(file, start, place + 1);
}

/** Groups whose parity is missing or older than their blocks. */
export async function staleGroups(file: SegmentFile, commits: Commits): Promise<number[]> {
  const stale: number[] = [];
  const size = await file.size();
  let start = 0;
  for (let group = 0; group * GROUP < commits.length; group++) {
    const members = membersOf(commits, group);
    if (members === undefined) break;
    const end = start + HEADER_BYTES + longest(members);
    if (size < end || (await covered(file, start)) !== members.length) stale.push(group);
    start = end;
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
  await writeHeader(file, start, members.length);
}

/** Whether these are the bytes that the commit was made of. */
export async function isSound({ sha256Hex }: SegmentCommit, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) === sha256Hex;
}

/** The bytes that a block must have had, with whatever else of its group comes back; null where parity cannot say. */
export async function mended(
  file: SegmentFile,
  commits: Commits,
  seq: number,
  read: ReadBlock
): Promise<Uint8Array<ArrayBuffer> | null> {
  const wanted = commits[seq - 1];
  const alone = await fromParity(file, commits, seq, read);
  if (alone === null || wanted === undefined || (await isSound(wanted, alone))) return alone;
  const held = new Map<number, Uint8Array<ArrayBuffer>>();
  const damaged = new Set<SegmentCommit>();
  for (const commit of membersOf(commits, groupOf(seq)) ?? []) {
    const bytes = await read(commit);
    held.set(commit.seq, bytes);
    if (!(await isSound(commit, bytes))) damaged.add(commit);
  }
  const readHeld: ReadBlock = async (commit) => held.get(commit.seq) ?? read(commit);
  for (let left = Number.POSITIVE_INFINITY; damaged.size < left;) {
    left = damaged.size;
    for (const commit of damaged) {
      const bytes = await fromParity(file, commits, commit.seq, readHeld);
      if (bytes === null || !(await isSound(commit, bytes))) continue;
      if (commit.seq === seq) return bytes;
      held.set(commit.seq, bytes);
      damaged.delete(commit);
    }
  }
  return null;
}

/** The bytes that a block must have had, going by the others of its group; null where parity cannot say. */
async function fromParity(
  file: SegmentFile,
  commits: Commits,
  seq: number,
  read: ReadBlock
): Promise<Uint8Array<ArrayBuffer> | null> {
  const group = groupOf(seq);
  const members = membersOf(commits, group);
  const start = parityStart(commits, group);
  const wanted = commits[seq - 1];
  if (members === undefined || start === undefined || wanted === undefined) return null;
  const covers = await covered(file, start);
  if (covers <= segmentOf(seq)) return null;
  const sum = new Uint8Array(longest(members));
  sum.set(await file.read(start + HEADER_BYTES, sum.length));
  for (const commit of members.slice(0, covers)) if (commit.seq !== seq) xorInto(sum, await read(commit));
  return sum.slice(0, wanted.length);
}
