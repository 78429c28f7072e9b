/** The steps from one layout of blocks to the next. A later layout is one more entry; see [Note: Generations]. */
import { toHex } from '../audit/merkle.ts';
import type { BlockPort } from '../block-port.ts';
import { DamagedBlock } from '../blocks.ts';
import type { BlockRecord, CommitRecord } from '../schema.ts';
import type { SegmentCommit } from '../segments/commit.ts';
import { SegmentBlocks } from '../segments/segment-blocks.ts';
import type { Layout } from './generation.ts';
import { LateFolder } from './late-folder.ts';
import { NO_HEADS, segmentParts } from './places.ts';
import type { CasePlaces } from './ports.ts';

export interface Step {
  readonly from: Layout;
  readonly to: Layout;
  /**
   * Writes all blocks of the old generation into a new one of that number, where nothing stands yet; all of it is on disk
   * when this resolves. Whoever calls reads it back.
   * @param told after each block, with how many there are so far
   * @throws DamagedBlock for a block of the old one that does not come back
   */
  write(old: BlockPort, places: CasePlaces, number: number, told: (done: number) => void): Promise<void>;
}

export const STEPS: readonly Step[] = [{ from: 'database', to: 'segments', write: copyToSegments }];

/** Blocks go over as they are sealed: number, kind, nonce and bytes are the same, and so is the chain of hashes. */
export async function copyToSegments(
  old: BlockPort,
  places: CasePlaces,
  number: number,
  told: (done: number) => void
): Promise<void> {
  const parts = segmentParts(places, number);
  const folder = new LateFolder(parts.folder);
  const commits: SegmentCommit[] = [];
  const shelf = {
    all: () => Promise.resolve(commits),
    add: async (more: readonly SegmentCommit[]) => void commits.push(...more)
  };
  const fresh = await SegmentBlocks.open({ ...parts, folder, shelf, heads: NO_HEADS, isReadOnly: false, isCopy: true });
  try {
    const last = (await old.last())?.seq ?? 0;
    let previous = '';
    for (let seq = 1; seq <= last; seq++) {
      const { block, commit } = await soundBlock(old, seq);
      if (commit.previous !== previous) throw new DamagedBlock(seq, commit.kind, 'does not follow the one before it');
      await fresh.append(block, { ...commit, caseId: places.caseId });
      previous = commit.sha256Hex;
      told(seq);
    }
    await folder.settle();
    // Files first, as with every block: a record says that its block is on disk.
    await parts.shelf.add(commits);
  } finally {
    fresh.close();
  }
}

/** A block as it was sealed, or as it was put together again. */
async function soundBlock(port: BlockPort, seq: number): Promise<{ block: BlockRecord; commit: CommitRecord }> {
  const { block, commit } = await port.read(seq);
  if (block === undefined || commit === undefined)
    throw new DamagedBlock(seq, commit?.kind ?? block?.kind ?? 'unknown', 'is missing');
  if ((await sha256Hex(block.cipher)) === commit.sha256Hex) return { block, commit };
  const cipher = await port.rebuilt(seq);
  if (cipher === null || (await sha256Hex(cipher)) !== commit.sha256Hex)
    throw new DamagedBlock(seq, commit.kind, 'is not what was written');
  return { block: { ...block, cipher }, commit };
}

const sha256Hex = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
